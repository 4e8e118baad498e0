import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { failure, success } from '#domain/finding';
import { Cancelled } from '#engine/core/run-context';
import { openBackend, probeBackends, whileBackendLasts, type BackendHost } from '#engine/learning/backend/backend';
import { tensorflowWasmPath } from '#test/support/learning-context';

/** A machine with these packages and nothing else. */
function hostWith(packages: Readonly<Record<string, () => void>>): BackendHost & { readonly calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    async prepareFor(name) {
      calls.push(`prepare ${name}`);
    },
    async importPackage(name) {
      calls.push(`import ${name}`);
      const load = packages[name];
      if (load === undefined) throw new Error(`Cannot find package '${name}'\nRequire stack: …`);
      load();
    },
  };
}

/** What tfjs-node registers, as far as choosing a backend goes. */
function registerNative(isUsingGpuDevice: boolean): void {
  class Native extends tf.KernelBackend {
    readonly isUsingGpuDevice = isUsingGpuDevice;
    override floatPrecision(): 32 {
      return 32;
    }
    override dispose(): void {}
  }
  tf.registerBackend('tensorflow', () => new Native());
}

afterEach(() => {
  if (tf.engine().backendNames().includes('tensorflow')) tf.removeBackend('tensorflow');
  Reflect.deleteProperty(globalThis, 'navigator');
});

describe('openBackend', () => {
  test('auto takes wasm where nothing better is installed, and says why', async () => {
    const host = hostWith({});
    const opened = await openBackend({ backend: 'auto', wasmPath: tensorflowWasmPath, host });
    expect(opened).toEqual({
      ok: true,
      value: {
        name: 'wasm',
        version: '4.22.0',
        refused: [
          { name: 'node-gpu', reason: "Cannot find package '@tensorflow/tfjs-node-gpu'" },
          { name: 'node', reason: "Cannot find package '@tensorflow/tfjs-node'" },
          { name: 'webgpu', reason: 'no WebGPU adapter' },
        ],
      },
    });
    expect(tf.getBackend()).toBe('wasm');
    expect(host.calls.slice(0, 2)).toEqual(['prepare @tensorflow/tfjs-node-gpu', 'import @tensorflow/tfjs-node-gpu']);
  });

  test('auto prefers tfjs-node, and tfjs-node-gpu only with a device', async () => {
    const host = hostWith({
      '@tensorflow/tfjs-node-gpu': () => registerNative(false),
      '@tensorflow/tfjs-node': () => {},
    });
    const opened = await openBackend({ backend: 'auto', wasmPath: tensorflowWasmPath, host });
    expect(opened.ok && opened.value).toMatchObject({
      name: 'node',
      refused: [{ name: 'node-gpu', reason: 'TensorFlow found no CUDA device' }],
    });
  });

  test('a CUDA device is taken', async () => {
    const host = hostWith({ '@tensorflow/tfjs-node-gpu': () => registerNative(true) });
    const opened = await openBackend({ backend: 'auto', wasmPath: tensorflowWasmPath, host });
    expect(opened.ok && opened.value).toMatchObject({ name: 'node-gpu', refused: [] });
  });

  test('software adapters of WebGPU are refused', async () => {
    const adapter = { info: { vendor: 'google', architecture: 'swiftshader' } };
    Object.defineProperty(globalThis, 'navigator', { value: { gpu: { requestAdapter: async () => adapter } }, configurable: true });
    const opened = await openBackend({ backend: 'webgpu', wasmPath: tensorflowWasmPath, host: hostWith({}) });
    expect(opened).toMatchObject({ ok: false, findings: [{ code: 'backend-unavailable', message: expect.stringContaining('software (google swiftshader)') }] });
  });

  test('a wanted backend that cannot run is a finding, not another backend', async () => {
    const opened = await openBackend({ backend: 'node', wasmPath: tensorflowWasmPath });
    expect(opened).toMatchObject({ ok: false, findings: [{ code: 'backend-unavailable' }] });
  });
});

test('probeBackends tells what runs, best first', async () => {
  expect(await probeBackends({ wasmPath: tensorflowWasmPath })).toEqual([
    { name: 'node-gpu', available: false, reason: 'optional packages cannot be loaded in this host' },
    { name: 'node', available: false, reason: 'optional packages cannot be loaded in this host' },
    { name: 'webgpu', available: false, reason: 'optional packages cannot be loaded in this host' },
    { name: 'wasm', available: true },
  ]);
});

describe('a backend that is lost', () => {
  /** A machine with a GPU, which `lose` unplugs. */
  function machineWithCard(): { readonly host: BackendHost; lose(message: string): void } {
    let lose: (loss: { reason: string; message: string }) => void = () => {};
    const device = { lost: new Promise<{ reason: string; message: string }>((resolve) => (lose = resolve)) };
    class Card extends tf.KernelBackend {
      readonly device = device;
      override floatPrecision(): 32 {
        return 32;
      }
      override dispose(): void {}
    }
    const adapter = { info: { vendor: 'acme', architecture: 'anvil' } };
    Object.defineProperty(globalThis, 'navigator', { value: { gpu: { requestAdapter: async () => adapter } }, configurable: true });
    return {
      host: hostWith({ '@tensorflow/tfjs-backend-webgpu': () => tf.registerBackend('webgpu', () => new Card()) }),
      lose: (message) => lose({ reason: 'unknown', message }),
    };
  }

  test('is a finding where work fails by it, and is not opened again', async () => {
    const { host, lose } = machineWithCard();
    const opened = await openBackend({ backend: 'auto', wasmPath: tensorflowWasmPath, host });
    if (!opened.ok) throw new Error(opened.findings[0]!.message);
    expect(opened.value.name).toBe('webgpu');
    const broken = new Error('cannot map the buffer');
    const fails = (): Promise<never> => Promise.reject(broken);
    const diverges = async () => failure('training-diverged', 'NaN');

    expect(await whileBackendLasts(opened.value, async () => success(1))).toEqual({ ok: true, value: 1 });
    await expect(whileBackendLasts(opened.value, fails)).rejects.toBe(broken);
    expect(await whileBackendLasts(opened.value, diverges)).toMatchObject({ findings: [{ code: 'training-diverged' }] });

    lose('the card was unplugged.');
    for (const work of [fails, diverges]) {
      expect(await whileBackendLasts(opened.value, work)).toMatchObject({
        ok: false,
        findings: [{ code: 'backend-lost', message: 'TensorFlow.js backend webgpu was lost during the computation: the card was unplugged.' }],
      });
    }
    expect(await whileBackendLasts(opened.value, async () => success(1))).toEqual({ ok: true, value: 1 });
    await expect(whileBackendLasts(opened.value, () => Promise.reject(new Cancelled('stop')))).rejects.toThrow(Cancelled);

    const wanted = await openBackend({ backend: 'webgpu', wasmPath: tensorflowWasmPath, host });
    expect(wanted).toMatchObject({ findings: [{ code: 'backend-unavailable', message: expect.stringContaining('the device was lost: the card was unplugged') }] });
    const next = await openBackend({ backend: 'auto', wasmPath: tensorflowWasmPath, host });
    expect(next.ok && next.value.name).toBe('wasm');
    tf.removeBackend('webgpu');
  });
});
