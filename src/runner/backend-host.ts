/* What the optional TensorFlow.js backends need of Node before they can be loaded. */
import { existsSync } from 'node:fs';
import util from 'node:util';
import { type BackendHost, type BackendProbe, probeBackends as probe } from '#engine/api';

/** Loads optional packages for the engine. */
export const backendHost: BackendHost = {
  importPackage: importOptional,
  async prepareFor(name) {
    if (name.startsWith('@tensorflow/tfjs-node')) {
      // tfjs-node 4.22 calls this function, which Node 23 removed.
      (util as { isNullOrUndefined?: (value: unknown) => boolean }).isNullOrUndefined ??= (value) => value === null || value === undefined;
    } else if (name === '@tensorflow/tfjs-backend-webgpu') {
      await prepareWebGpu();
    }
  },
};

/**
 * Imports a package that may be absent: the name in a variable keeps the bundler from resolving it. Node's own
 * message names this machine's paths, which belong into no report.
 */
async function importOptional(name: string): Promise<unknown> {
  try {
    return await import(name);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND' && (error as Error).message.includes(`'${name}'`);
    throw missing ? new Error(`the package ${name} is not installed`, { cause: error }) : error;
  }
}

/** Where Linux has graphics cards: open drivers, NVIDIA's, and those of a Windows host. */
const graphicsDevices = ['/dev/dri', '/dev/nvidia0', '/dev/dxg'];

/** Puts Dawn's bindings (package `webgpu`) where a browser has them. */
async function prepareWebGpu(): Promise<void> {
  // Dawn is large, and complains on the error stream where it finds no driver.
  if (process.platform === 'linux' && !graphicsDevices.some((path) => existsSync(path))) throw new Error('this machine has no graphics device');
  const { create, globals } = (await importOptional('webgpu')) as { create(flags: string[]): unknown; globals: object };
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
}

/** Which TensorFlow.js backends work in this process, best first, and why others do not. */
export function probeBackends(tensorflowWasmPath: string): Promise<readonly BackendProbe[]> {
  return probe({ wasmPath: tensorflowWasmPath, host: backendHost });
}
