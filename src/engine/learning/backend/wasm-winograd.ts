/*
 * The convolutions that use Winograd's minimal filtering, and their calls of kernels/assembly/network/winograd.ts: 3 × 3
 * with stride 1 on images of whole 4 × 4 tiles. The choice depends on shapes alone, not on the number of images, so an
 * image gives the same bytes alone and in a batch.
 */
import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, kernelsOf, withScratch, type WasmBackend } from './wasm-memory';

type Geometry = backend_util.Conv2DInfo;

/** Numbers of a transformed tile. */
const TILE_NUMBERS = 36;
/** The scratch memory of the kernels for one tile between its transforms. */
const WORK_FLOATS = 4 * TILE_NUMBERS;
/** Floats of a plane, with the gap that the kernels leave after each. */
const plane = (floats: number): number => floats + 16;
/** The transformed tiles and products of a block should fit into the second-level cache where possible. */
const BLOCK_FLOATS = 1 << 18;
const SMALLEST_BLOCK = 16;

/** With fewer tiles the transforms of the filters cost more than they save. */
const FEWEST_TILES_OF_IMAGE = 4;
const FEWEST_TILES = 16;

/** Whether results of single images are computed in this way. */
export function goesByWinograd(g: Geometry): boolean {
  return suitsWinograd(g) && tilesOfImage(g) >= FEWEST_TILES_OF_IMAGE;
}

/** Whether the gradient of the weights, a sum over all images, is computed in this way. */
export function filterGradientGoesByWinograd(g: Geometry): boolean {
  return suitsWinograd(g) && g.batchSize * tilesOfImage(g) >= FEWEST_TILES;
}

function suitsWinograd({ filterHeight, filterWidth, strideHeight, strideWidth, padInfo, inHeight, inWidth, inChannels, outChannels }: Geometry): boolean {
  const { top, bottom, left, right } = padInfo;
  return (
    [filterHeight, filterWidth].every((edge) => edge === 3) &&
    [strideHeight, strideWidth, top, bottom, left, right].every((pixels) => pixels === 1) &&
    inHeight % 4 === 0 && inWidth % 4 === 0 && inChannels % 8 === 0 && outChannels % 8 === 0
  );
}

function tilesOfImage({ inHeight, inWidth }: Extent): number {
  return (inHeight * inWidth) / 16;
}

/** x [n, h, w, i] with weights [3, 3, i, o] → output [n, h, w, o]. */
export function winogradConvolve(backend: WasmBackend, { inChannels, outChannels, ...g }: Geometry, x: TensorInfo, filter: TensorInfo, output: TensorInfo): void {
  const kernels = kernelsOf(backend);
  convolvePadded(backend, g, inChannels, outChannels, x, output, (packed) => {
    kernels.pack(addressOf(backend, filter), 9 * inChannels, outChannels, packed);
  });
}

/** Output gradient dy [n, h, w, o] with weights [3, 3, i, o] → input gradient [n, h, w, i]. */
export function winogradInputGradient(backend: WasmBackend, { inChannels, outChannels, ...g }: Geometry, dy: TensorInfo, filter: TensorInfo, output: TensorInfo): void {
  const kernels = kernelsOf(backend);
  convolvePadded(backend, g, outChannels, inChannels, dy, output, (packed) => {
    kernels.packReversed(addressOf(backend, filter), 3, inChannels, outChannels, 0, 3, 0, 3, 1, packed);
  });
}

/** x [n, h, w, i] and output gradient dy [n, h, w, o] → gradient of the weights [3, 3, i, o]. */
export function winogradFilterGradient(backend: WasmBackend, g: Geometry, x: TensorInfo, dy: TensorInfo, output: TensorInfo): void {
  const { inChannels, outChannels } = g;
  const kernels = kernelsOf(backend);
  const tiles = tilesPerBlock(g, inChannels + outChannels);
  withPadded(backend, g, x, inChannels, WORK_FLOATS + TILE_NUMBERS * (plane(tiles * inChannels) + plane(tiles * outChannels) + plane(inChannels * outChannels)), (padded, row, work) => {
    kernels.winogradFilterGradient(
      padded, (g.inHeight + 2) * row, row, inChannels, g.batchSize, g.inHeight, g.inWidth, tiles,
      addressOf(backend, dy), outChannels, work, addressOf(backend, output),
    );
  });
}

type Extent = Pick<Geometry, 'batchSize' | 'inHeight' | 'inWidth'>;

function convolvePadded(backend: WasmBackend, g: Extent, inputs: number, channels: number, x: TensorInfo, output: TensorInfo, pack: (target: number) => void): void {
  const kernels = kernelsOf(backend);
  const tiles = tilesPerBlock(g, inputs + channels);
  const perBlock = Math.max(TILE_NUMBERS * (plane(tiles * inputs) + plane(tiles * channels)), 9 * inputs * channels);
  withPadded(backend, g, x, inputs, WORK_FLOATS + perBlock + (channels / 8) * TILE_NUMBERS * plane(8 * inputs), (padded, row, work) => {
    const filters = work + 4 * (WORK_FLOATS + perBlock);
    // The packed weights are no longer needed when the tiles overwrite them.
    const packed = work + 4 * WORK_FLOATS;
    pack(packed);
    kernels.winogradFilters(packed, inputs, channels, work, filters);
    kernels.winogradConvolve(
      padded, (g.inHeight + 2) * row, row, inputs, g.batchSize, g.inHeight, g.inWidth, tiles,
      filters, channels, work, addressOf(backend, output),
    );
  });
}

/** Runs `use` with x in a frame of zeros one pixel wide, followed by scratch memory. */
function withPadded(backend: WasmBackend, g: Extent, x: TensorInfo, channels: number, scratch: number, use: (padded: number, row: number, scratch: number) => void): void {
  const [height, width] = [g.inHeight + 2, g.inWidth + 2];
  const row = width * channels;
  withScratch(backend, g.batchSize * height * row + scratch, (padded) => {
    kernelsOf(backend).pad(addressOf(backend, x), g.batchSize, g.inHeight, g.inWidth, channels, 1, 1, height, width, padded);
    use(padded, row, padded + 4 * g.batchSize * height * row);
  });
}

/** The number of tiles per block, a multiple of 4. */
function tilesPerBlock(g: Extent, channels: number): number {
  const all = 4 * Math.ceil((g.batchSize * tilesOfImage(g)) / 4);
  return Math.min(all, Math.max(SMALLEST_BLOCK, 4 * Math.floor(BLOCK_FLOATS / (4 * TILE_NUMBERS * channels))));
}
