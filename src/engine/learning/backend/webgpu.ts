/*
 * The WebGPU backend of TensorFlow.js: which adapters are taken, and what becomes of a device that is lost (a
 * driver that was reset, a card that was unplugged). A thread has one device.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { BackendHost } from './backend-host';

const packageName = '@tensorflow/tfjs-backend-webgpu';

/** Adapters that compute on the processor: right, but a thousand times too slow for real work. */
const softwareAdapter = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

interface GpuAdapter {
  readonly info?: { readonly vendor?: string; readonly architecture?: string; readonly device?: string; readonly description?: string; readonly isFallbackAdapter?: boolean };
}

interface Gpu {
  requestAdapter(options: { readonly powerPreference: 'high-performance' }): Promise<GpuAdapter | null>;
}

/** Why this thread's device is lost, if it is. */
let loss: string | undefined;

export function webGpuLoss(): string | undefined {
  return loss;
}

/** Opens the backend; returns why it cannot be opened, or undefined when it is open. */
export async function openWebGpu(host: BackendHost, activate: (name: string) => Promise<string | undefined>): Promise<string | undefined> {
  if (loss !== undefined) return `the device was lost: ${loss}`;
  if (tf.getBackend() === 'webgpu') return undefined;
  await host.prepareFor(packageName);
  const { navigator } = globalThis as { readonly navigator?: { readonly gpu?: Gpu } };
  // The library asks for the same one.
  const adapter = await navigator?.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === undefined || adapter === null) return 'no WebGPU adapter';
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info ?? {};
  const name = [vendor, architecture, device, description].filter((part) => part).join(' ');
  const isSoftware = isFallbackAdapter === true || softwareAdapter.test(name);
  if (isSoftware && host.softwareAdapters !== 'accepted') return `the only WebGPU adapter is software (${name})`;
  await host.importPackage(packageName);
  const reason = await activate('webgpu');
  if (reason === undefined) watch();
  return reason;
}

function watch(): void {
  const { device } = tf.backend() as unknown as { readonly device: { readonly lost: Promise<{ readonly reason: string; readonly message: string }> } };
  void device.lost.then(({ reason, message }) => {
    loss = message === '' ? reason : message;
  });
}
