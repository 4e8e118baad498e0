/*
 * The few WebAssembly names that the engine needs, typed here because the engine's compiler settings
 * know neither Node nor the DOM.
 */

interface KernelMemory {
  readonly buffer: ArrayBuffer;
}

interface WebAssemblyHost {
  readonly Memory: new (descriptor: { readonly initial: number }) => KernelMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const { WebAssembly: host } = globalThis as unknown as { readonly WebAssembly: WebAssemblyHost };
const bytesPerPage = 65536;

/** A compiled kernel that was given its own memory. `Functions` are its exports. */
export interface Kernel<Functions> {
  readonly functions: Functions;
  /** The whole memory; its size never changes. */
  readonly buffer: ArrayBuffer;
}

/** Compiles the kernel's bytes once; the result makes instances with a memory of at least `bytes` bytes. */
export function compileKernel<Functions>(kernel: Uint8Array): (bytes: number) => Kernel<Functions> {
  let module: object | undefined;
  return (bytes) => {
    module ??= new host.Module(kernel);
    const memory = new host.Memory({ initial: Math.ceil(bytes / bytesPerPage) });
    const instance = new host.Instance(module, { env: { memory, abort: refuse } });
    return { functions: instance.exports as Functions, buffer: memory.buffer };
  };
}

function refuse(): never {
  throw new Error('a kernel called abort');
}
