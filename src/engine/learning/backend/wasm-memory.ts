/* The instance of our WebAssembly kernels in the memory of TensorFlow.js's wasm backend. */
import { engine, getBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { BugError, ensure } from '#engine/core/bug-error';

/** The part of tfjs-backend-wasm's `BackendWasm` that is used here. */
export interface WasmBackend {
  readonly wasm: {
    _malloc(byteCount: number): number;
    _free(address: number): void;
    /** Emscripten's exports of the module, its memory among them. */
    readonly asm: { readonly memory: unknown };
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  /** Counts one more tensor with these numbers. */
  incRef(dataId: object): void;
  /** The numbers in place; valid until the memory grows. */
  typedArrayFromHeap(tensor: TensorInfo): Float32Array;
}

/** Exports of kernels/assembly/network.ts: addresses in bytes, sizes and strides in floats. */
export interface NetworkKernels {
  pad(
    source: number, images: number, height: number, width: number, channels: number,
    top: number, left: number, paddedHeight: number, paddedWidth: number, target: number,
  ): void;
  convolve(
    source: number, imageStride: number, rowStride: number, pixelStride: number,
    runs: number, runStride: number, runLength: number,
    images: number, rows: number, columns: number, imagesPerBlock: number,
    packed: number, channels: number,
    target: number, targetImageStride: number, targetRowStride: number, targetPixelStride: number,
  ): void;
  filterGradient(
    source: number, imageStride: number, rowStride: number, pixelStride: number,
    runs: number, runStride: number, runLength: number,
    images: number, rows: number, columns: number, imagesPerBlock: number, rowsPerBlock: number,
    gradient: number, channels: number, target: number,
  ): void;
  pack(weights: number, rows: number, channels: number, target: number): void;
  packReversed(
    weights: number, kernelColumns: number, inputs: number, outputs: number,
    firstRow: number, rows: number, firstColumn: number, columns: number, step: number, target: number,
  ): void;
  winogradFilters(packed: number, inputs: number, channels: number, work: number, target: number): void;
  winogradConvolve(
    source: number, imageStride: number, rowStride: number, inputs: number,
    images: number, rows: number, columns: number, tilesPerBlock: number,
    filters: number, channels: number, work: number, target: number,
  ): void;
  winogradFilterGradient(
    source: number, imageStride: number, rowStride: number, inputs: number,
    images: number, rows: number, columns: number, tilesPerBlock: number,
    change: number, channels: number, work: number, target: number,
  ): void;
  maxPoolGradient(
    input: number, images: number, height: number, width: number, channels: number,
    output: number, change: number, outHeight: number, outWidth: number, edge: number, stride: number, pad: number, target: number,
  ): void;
  normalize(
    source: number, rows: number, channels: number, scale: number, shift: number, residual: number, rectify: number,
    epsilon: number, totals: number, mean: number, variance: number, target: number,
  ): void;
  normalizeGradient(
    change: number, result: number, source: number, rows: number, channels: number, scale: number, rectify: number,
    epsilon: number, mean: number, variance: number, totals: number,
    sourceGradient: number, scaleGradient: number, shiftGradient: number, residualGradient: number,
  ): void;
}

/** TypeScript declares this global in its DOM library, which the engine does not use. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: { readonly env: { readonly memory: unknown } }) => { readonly exports: unknown };
};

let instance: { readonly kernels: NetworkKernels; readonly backend: WasmBackend } | undefined;

/** Instantiates the kernels in the backend's memory, once per thread, as there is one backend per thread. */
export function instantiateKernels(backend: WasmBackend, bytes: Uint8Array): void {
  const { memory } = backend.wasm.asm;
  ensure(memory !== undefined, 'the wasm backend exposes its memory');
  const module = new WebAssembly.Module(bytes);
  instance = { kernels: new WebAssembly.Instance(module, { env: { memory } }).exports as NetworkKernels, backend };
}

/** The kernels that work in this backend's memory. */
export function kernelsOf(backend: WasmBackend): NetworkKernels {
  if (instance?.backend !== backend) throw new BugError('the kernels are used before the wasm backend is open');
  return instance.kernels;
}

/** The address of a tensor's numbers. */
export function addressOf(backend: WasmBackend, tensor: TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/** The open backend, which must be the wasm one. */
export function openWasmBackend(): WasmBackend {
  return engine().backend as unknown as WasmBackend;
}

/** Whether this thread's tensors are in the memory of the wasm backend. */
export function isOnWasm(): boolean {
  return getBackend() === 'wasm';
}

/** A tensor's numbers without a copy, valid until the next tensor is created. */
export function numbersInPlace(tensor: TensorInfo): Float32Array {
  return openWasmBackend().typedArrayFromHeap(tensor);
}

/** Runs `use` with scratch memory for `floats` float32 numbers, and frees it. */
export function withScratch<T>(backend: WasmBackend, floats: number, use: (address: number) => T): T {
  const address = backend.wasm._malloc(4 * floats) >>> 0;
  ensure(address !== 0, `no WebAssembly memory for ${4 * floats} bytes`);
  try {
    return use(address);
  } finally {
    backend.wasm._free(address);
  }
}
