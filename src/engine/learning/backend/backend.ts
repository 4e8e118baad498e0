/*
 * Selection of the TensorFlow.js backend: tfjs-node-gpu and tfjs-node are optional packages that may be absent, WebGPU
 * needs an adapter from the host, wasm is always available. Each thread opens its own backend; threads share nothing of
 * TensorFlow.js.
 *
 * WebGPU: software adapters are rejected, and a device may be lost (the driver was reset, the GPU was removed).
 */
import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { autoBackends } from '#domain/learning';
import { ensure } from '#engine/core/bug-error';
import { failure, success, type Result } from '#domain/finding';
import { Cancelled, type RunContext } from '#engine/core/run-context';
import { registerGradients } from './gradients';
import { registerWasmKernels } from './wasm-kernels';

/** The plain `cpu` backend is for tests; `auto` never chooses it. */
export type BackendName = (typeof autoBackends)[number] | 'cpu';

/** What the engine needs from the machine to load optional packages. */
export interface BackendHost {
  /** Imports an npm package; rejects when it is not installed. */
  importPackage(name: string): Promise<unknown>;
  /**
   * Called before a package is imported. Before `@tensorflow/tfjs-node` and `…-node-gpu` it restores
   * `util.isNullOrUndefined`, which they call and Node ≥ 23 lacks; before `@tensorflow/tfjs-backend-webgpu` it provides
   * `navigator.gpu`.
   */
  prepareFor(name: string): Promise<void>;
  /** Only tests accept WebGPU adapters that compute on the CPU. */
  readonly softwareAdapters?: 'accepted';
}

export interface BackendOptions {
  readonly backend: 'auto' | BackendName;
  /** Folder or URL prefix of the TensorFlow.js WebAssembly files, ending in a slash. */
  readonly wasmPath: string;
  /** Without it only `wasm` and `cpu` can be opened. */
  readonly host?: BackendHost;
}

/** The reason why a backend is not available. */
export interface BackendRefusal {
  readonly name: BackendName;
  readonly reason: string;
}

/** Evidence that a backend is open in this thread. */
export interface OpenBackend {
  readonly name: BackendName;
  /** Version of tfjs-core. */
  readonly version: string;
  /** The preferred backends that are not available. */
  readonly refused: readonly BackendRefusal[];
}

/** The first argument of every computation with networks. */
export interface LearningContext extends RunContext {
  readonly backend: OpenBackend;
}

/** One backend in the output of `doctor`. */
export interface BackendProbe {
  readonly name: BackendName;
  readonly available: boolean;
  /** The reason, when it is not available. */
  readonly reason?: string;
}

/** Opens the requested backend, or with `auto` the best available one. Finding: `backend-unavailable`. */
export async function openBackend(options: BackendOptions): Promise<Result<OpenBackend>> {
  const refused: BackendRefusal[] = [];
  for (const name of options.backend === 'auto' ? autoBackends : [options.backend]) {
    const reason = await reasonAgainst(name, options);
    if (reason === undefined) return success({ name, version: tf.version_core, refused });
    refused.push({ name, reason });
  }
  return failure(
    'backend-unavailable',
    `TensorFlow.js backend ${options.backend} is not available: ${refused.map((r) => `${r.name}: ${r.reason}`).join('; ')}.`,
    'Choose backend wasm, which needs no other package, or install the missing package.',
  );
}

/**
 * Does work on an open backend. A failure because the backend was lost in the meantime becomes the finding
 * `backend-lost`; all other errors are rethrown.
 */
export async function whileBackendLasts<T>({ name }: OpenBackend, work: () => Promise<Result<T>>): Promise<Result<T>> {
  const lost = (): Result<never> | undefined => {
    const reason = name === 'webgpu' ? loss : undefined;
    return reason === undefined
      ? undefined
      : failure(
          'backend-lost',
          `TensorFlow.js backend ${name} was lost during the computation: ${reason.replace(/\.$/, '')}.`,
          'Run again; completed work is kept. If the backend is lost again, choose backend wasm.',
        );
  };
  try {
    const outcome = await work();
    // The numbers of a lost device may look like a divergence.
    return outcome.ok ? outcome : (lost() ?? outcome);
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    const finding = lost();
    if (finding === undefined) throw error;
    return finding;
  }
}

/** Tries every backend, for `doctor`; the last available one stays open. */
export async function probeBackends(options: Omit<BackendOptions, 'backend'>): Promise<readonly BackendProbe[]> {
  const probes: BackendProbe[] = [];
  for (const name of autoBackends) {
    const reason = await reasonAgainst(name, { ...options, backend: name });
    probes.push(reason === undefined ? { name, available: true } : { name, available: false, reason });
  }
  return probes;
}

/** Opens a backend; returns why it cannot be opened, or undefined when it is open. */
async function reasonAgainst(name: BackendName, options: BackendOptions): Promise<string | undefined> {
  // A bundler drops a package that is imported for its side effect alone, so its version is used.
  ensure(version_cpu === tf.version_core, 'the packages of TensorFlow.js have the same version');
  // Otherwise the plain JavaScript backend advertises tfjs-node on the console.
  tf.env().set('PROD', true);
  registerGradients();
  try {
    switch (name) {
      case 'node-gpu':
        return await openNative('@tensorflow/tfjs-node-gpu', true, options.host);
      case 'node':
        return await openNative('@tensorflow/tfjs-node', false, options.host);
      case 'webgpu':
        return options.host === undefined ? noPackages : await openWebGpu(options.host);
      case 'wasm':
        return await openWasm(options.wasmPath);
      case 'cpu':
        return await activate('cpu');
    }
  } catch (error) {
    return firstLine(error);
  }
}

const noPackages = 'optional packages cannot be loaded in this host';

async function openNative(packageName: string, needsGpu: boolean, host: BackendHost | undefined): Promise<string | undefined> {
  if (host === undefined) return noPackages;
  await host.prepareFor(packageName);
  await host.importPackage(packageName);
  const reason = await activate('tensorflow');
  if (reason !== undefined) return reason;
  const native = tf.backend() as { readonly isUsingGpuDevice?: boolean };
  return needsGpu && native.isUsingGpuDevice !== true ? 'TensorFlow found no CUDA device' : undefined;
}

async function openWasm(wasmPath: string): Promise<string | undefined> {
  if (tf.engine().backendNames().includes('wasm') && tf.findBackend('wasm') === null) setWasmPaths(wasmPath);
  const reason = await activate('wasm');
  if (reason !== undefined) return `${reason} (WebAssembly files expected in ${wasmPath})`;
  registerWasmKernels();
  return undefined;
}

async function activate(name: string): Promise<string | undefined> {
  if (tf.getBackend() === name) return undefined;
  return (await tf.setBackend(name)) ? undefined : 'TensorFlow.js could not initialize it';
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : typeof error === 'object' ? JSON.stringify(error) : String(error);
  return text.split('\n')[0]!;
}

const webGpuPackage = '@tensorflow/tfjs-backend-webgpu';

/** Names of adapters that compute on the CPU: their results are right, but they are a thousand times too slow. */
const softwareAdapter = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

interface GpuAdapter {
  readonly info?: { readonly vendor?: string; readonly architecture?: string; readonly device?: string; readonly description?: string; readonly isFallbackAdapter?: boolean };
}

interface Gpu {
  requestAdapter(options: { readonly powerPreference: 'high-performance' }): Promise<GpuAdapter | null>;
}

/** The reason why this thread's device was lost, if it was. A thread has one device. */
let loss: string | undefined;

/** Opens the backend; returns why it cannot be opened, or undefined when it is open. */
async function openWebGpu(host: BackendHost): Promise<string | undefined> {
  if (loss !== undefined) return `the device was lost: ${loss}`;
  if (tf.getBackend() === 'webgpu') return undefined;
  await host.prepareFor(webGpuPackage);
  const { navigator } = globalThis as { readonly navigator?: { readonly gpu?: Gpu } };
  // The library requests the same adapter.
  const adapter = await navigator?.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === undefined || adapter === null) return 'no WebGPU adapter';
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info ?? {};
  const name = [vendor, architecture, device, description].filter((part) => part).join(' ');
  const isSoftware = isFallbackAdapter === true || softwareAdapter.test(name);
  if (isSoftware && host.softwareAdapters !== 'accepted') return `the only WebGPU adapter is software (${name})`;
  await host.importPackage(webGpuPackage);
  const reason = await activate('webgpu');
  if (reason === undefined) watchForLoss();
  return reason;
}

function watchForLoss(): void {
  const { device } = tf.backend() as unknown as { readonly device: { readonly lost: Promise<{ readonly reason: string; readonly message: string }> } };
  void device.lost.then(({ reason, message }) => {
    loss = message === '' ? reason : message;
  });
}
