/* What the optional TensorFlow.js backends need of Node before they can be loaded. */
import util from 'node:util';
import type { BackendHost } from '#engine/api';

/** Loads optional packages for the engine. */
export const backendHost: BackendHost = {
  // A name in a variable keeps the bundler from resolving packages that may be absent.
  importPackage: (name) => import(name),
  async prepareFor(name) {
    if (name.startsWith('@tensorflow/tfjs-node')) {
      // tfjs-node 4.22 calls this function, which Node 23 removed.
      (util as { isNullOrUndefined?: (value: unknown) => boolean }).isNullOrUndefined ??= (value) => value === null || value === undefined;
    } else if (name === '@tensorflow/tfjs-backend-webgpu') {
      await prepareWebGpu();
    }
  },
};

/** Puts Dawn's bindings (package `webgpu`) where a browser has them. */
async function prepareWebGpu(): Promise<void> {
  const packageName = 'webgpu';
  const { create, globals } = (await import(packageName)) as { create(flags: string[]): unknown; globals: object };
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
}
