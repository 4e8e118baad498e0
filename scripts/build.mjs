/*
 * Builds everything: WebAssembly kernels, then the bundles in dist/. `npm ci` runs it automatically
 * (prepare). Steps are a table; each is a file of its own under scripts/build/.
 */
import { buildBundles } from './build/bundles.mjs';
import { buildKernels } from './build/kernels.mjs';
import { buildMedia } from './build/media.mjs';

for (const [name, step] of [['kernels', buildKernels], ['bundles', buildBundles], ['media', buildMedia]]) {
  const start = performance.now();
  await step();
  console.log(`built ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
