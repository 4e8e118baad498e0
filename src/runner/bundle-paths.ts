import { fileURLToPath } from 'node:url';

/** Files that the build puts beside this program's bundle. */
export const bundlePaths = {
  workerFile: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
  tensorflowWasmPath: fileURLToPath(new URL('./tensorflow/', import.meta.url)),
} as const;
