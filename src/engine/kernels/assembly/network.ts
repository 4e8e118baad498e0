/*
 * Dense kernels of network training on 128-bit SIMD, all float32, images in the order
 * [image][row][column][channel]. They work in the memory of TensorFlow.js's own WebAssembly module,
 * so tensors are read and written in place. Every sum has one fixed order, which does not depend
 * on how many images a call holds; no relaxed instructions, so every machine gives the same bytes.
 *
 * There is no static data and no allocation here: the memory belongs to another module.
 */
export { pack, packReversed, pad } from './network/arrange';
export { convolve } from './network/convolve';
export { filterGradient } from './network/filter-gradient';
export { maxPoolGradient } from './network/max-pool-gradient';
export { normalize, normalizeGradient } from './network/normalize';
export { winogradConvolve, winogradFilterGradient, winogradFilters } from './network/winograd';
