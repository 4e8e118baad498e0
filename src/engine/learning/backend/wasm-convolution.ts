/*
 * Convolution and its two gradients by the kernels of kernels/assembly/network.ts. The gradient of the input is again a
 * convolution, of the padded output gradient with the reversed weights. With a stride it is one small convolution for
 * each residue of the input's row and column (mod stride), which multiplies no inserted zeros.
 */
import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, kernelsOf, withScratch, type WasmBackend } from './wasm-memory';
import { filterGradientGoesByWinograd, goesByWinograd, winogradConvolve, winogradFilterGradient, winogradInputGradient } from './wasm-winograd';

type Geometry = backend_util.Conv2DInfo;

/** The images of one block of the forward pass should fit into the second-level cache of a core. */
const BLOCK_FLOATS = 1 << 16;
/** The rows that the filter gradient reads repeatedly should fit into the first-level cache. */
const ROWS_FLOATS = 9 << 10;
/** With fewer positions per block, adding to the sums of all weights would dominate. */
const FEWEST_POSITIONS = 64;

/** x [n, h, w, i] with filter [kh, kw, i, o] → [n, oh, ow, o]. */
export function convolve(backend: WasmBackend, g: Geometry, x: TensorInfo, filter: TensorInfo): TensorInfo {
  const kernels = kernelsOf(backend);
  const output = backend.makeOutput([g.batchSize, g.outHeight, g.outWidth, g.outChannels], 'float32');
  if (goesByWinograd(g)) {
    winogradConvolve(backend, g, x, filter, output);
    return output;
  }
  const taps = g.filterHeight * g.filterWidth * g.inChannels;
  return withScratch(backend, taps * panelWidth(g.outChannels), (packed) => {
    kernels.pack(addressOf(backend, filter), taps, g.outChannels, packed);
    return withPaddedInput(backend, g, x, (source, height, width) => {
      const row = width * g.inChannels;
      kernels.convolve(
        source, height * row, g.strideHeight * row, g.strideWidth * g.inChannels,
        g.filterHeight, row, g.filterWidth * g.inChannels,
        g.batchSize, g.outHeight, g.outWidth, imagesPerBlock(height * row),
        packed, g.outChannels,
        addressOf(backend, output), g.outHeight * g.outWidth * g.outChannels, g.outWidth * g.outChannels, g.outChannels,
      );
      return output;
    });
  });
}

/** Gradient of the filter [kh, kw, i, o] from the output's gradient dy [n, oh, ow, o]. */
export function filterGradient(backend: WasmBackend, g: Geometry, x: TensorInfo, dy: TensorInfo): TensorInfo {
  const output = backend.makeOutput([g.filterHeight, g.filterWidth, g.inChannels, g.outChannels], 'float32');
  if (filterGradientGoesByWinograd(g)) {
    winogradFilterGradient(backend, g, x, dy, output);
    return output;
  }
  return withPaddedInput(backend, g, x, (source, height, width) => {
    const row = width * g.inChannels;
    const floatsPerRow = g.strideHeight * row + g.outWidth * g.outChannels;
    const rowsPerBlock = Math.min(g.outHeight, Math.max(Math.floor(ROWS_FLOATS / floatsPerRow), Math.ceil(FEWEST_POSITIONS / g.outWidth)));
    kernelsOf(backend).filterGradient(
      source, height * row, g.strideHeight * row, g.strideWidth * g.inChannels,
      g.filterHeight, row, g.filterWidth * g.inChannels,
      g.batchSize, g.outHeight, g.outWidth, Math.ceil(FEWEST_POSITIONS / (rowsPerBlock * g.outWidth)), rowsPerBlock,
      addressOf(backend, dy), g.outChannels, addressOf(backend, output),
    );
    return output;
  });
}

/** Gradient of the input [n, h, w, i] from the output's gradient dy [n, oh, ow, o]. */
export function inputGradient(backend: WasmBackend, g: Geometry, dy: TensorInfo, filter: TensorInfo): TensorInfo {
  const kernels = kernelsOf(backend);
  const output = backend.makeOutput([g.batchSize, g.inHeight, g.inWidth, g.inChannels], 'float32');
  if (goesByWinograd(g)) {
    winogradInputGradient(backend, g, dy, filter, output);
    return output;
  }
  const rows = residues(g.inHeight, g.filterHeight, g.strideHeight, g.padInfo.top);
  const columns = residues(g.inWidth, g.filterWidth, g.strideWidth, g.padInfo.left);
  const above = Math.max(...rows.map((r) => -r.first));
  const below = Math.max(...rows.map((r) => r.end - g.outHeight));
  const left = Math.max(...columns.map((c) => -c.first));
  const right = Math.max(...columns.map((c) => c.end - g.outWidth));
  const height = g.outHeight + Math.max(0, above) + Math.max(0, below);
  const width = g.outWidth + Math.max(0, left) + Math.max(0, right);
  const top = Math.max(0, above);
  const start = Math.max(0, left);
  const row = width * g.outChannels;
  const target = addressOf(backend, output);
  const weights = addressOf(backend, filter);
  const outputRow = g.inWidth * g.inChannels;
  return withScratch(backend, g.batchSize * height * row + g.filterHeight * g.filterWidth * g.outChannels * panelWidth(g.inChannels), (padded) => {
    const packed = padded + 4 * g.batchSize * height * row;
    kernels.pad(addressOf(backend, dy), g.batchSize, g.outHeight, g.outWidth, g.outChannels, top, start, height, width, padded);
    for (const r of rows) {
      for (const c of columns) {
        kernels.packReversed(
          weights, g.filterWidth, g.inChannels, g.outChannels,
          r.tap, r.taps, c.tap, c.taps, g.strideHeight, packed,
        );
        // A residue without a tap has zero runs, and the kernel writes zeros.
        kernels.convolve(
          padded + 4 * ((r.first + top) * row + (c.first + start) * g.outChannels), height * row, row, g.outChannels,
          r.taps, row, c.taps * g.outChannels,
          g.batchSize, r.count, c.count, imagesPerBlock(height * row),
          packed, g.inChannels,
          target + 4 * (r.residue * outputRow + c.residue * g.inChannels), g.inHeight * outputRow, g.strideHeight * outputRow, g.strideWidth * g.inChannels,
        );
      }
    }
    return output;
  });
}

/** The inputs (rows or columns) with index ≡ residue (mod stride), and the outputs that depend on them. */
interface Residue {
  readonly residue: number;
  /** The number of such inputs. */
  readonly count: number;
  /** The kernel's taps for them: tap, tap + stride, …, `taps` of them. */
  readonly tap: number;
  readonly taps: number;
  /** Outputs first … first + taps − 1 depend on the first input; may be negative. */
  readonly first: number;
  /** One past the last output that depends on the last input; may be beyond the outputs. */
  readonly end: number;
}

function residues(size: number, kernel: number, stride: number, padding: number): readonly Residue[] {
  return Array.from({ length: Math.min(stride, size) }, (_, residue) => {
    const count = Math.ceil((size - residue) / stride);
    const tap = (residue + padding) % stride;
    const taps = tap < kernel ? Math.ceil((kernel - tap) / stride) : 0;
    const first = taps === 0 ? 0 : (residue + padding - tap) / stride - (taps - 1);
    return { residue, count, tap, taps, first, end: taps === 0 ? 0 : first + count - 1 + taps };
  });
}

function withPaddedInput<T>(
  backend: WasmBackend,
  g: Geometry,
  x: TensorInfo,
  use: (address: number, height: number, width: number) => T,
): T {
  const height = g.inHeight + g.padInfo.top + g.padInfo.bottom;
  const width = g.inWidth + g.padInfo.left + g.padInfo.right;
  const address = addressOf(backend, x);
  if (height === g.inHeight && width === g.inWidth) return use(address, height, width);
  return withScratch(backend, g.batchSize * height * width * g.inChannels, (padded) => {
    kernelsOf(backend).pad(
      address, g.batchSize, g.inHeight, g.inWidth, g.inChannels,
      g.padInfo.top, g.padInfo.left, height, width, padded,
    );
    return use(padded, height, width);
  });
}

function imagesPerBlock(floatsPerImage: number): number {
  return Math.max(1, Math.floor(BLOCK_FLOATS / floatsPerImage));
}

/** Channels rounded up to whole panels of 8. */
function panelWidth(channels: number): number {
  return 8 * Math.ceil(channels / 8);
}
