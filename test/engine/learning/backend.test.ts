import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { openBackend, probeBackends, type BackendHost } from '#engine/learning/backend';
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
