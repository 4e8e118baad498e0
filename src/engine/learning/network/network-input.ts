/* What a network reads: bit-packed images as numbers, through any symmetry of the square. */
import { planOf, type NetworkKind, type NetworkPlan } from '#domain/networks';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { layoutOf, type ParameterLayout } from './parameter-layout';
import { sourcePixels, type Symmetry } from './symmetry';

/** A network's plan with its layout and encoder for images of one resolution. */
export interface NetworkSetup {
  readonly plan: NetworkPlan;
  readonly layout: ParameterLayout;
  readonly encoder: InputEncoder;
}

/** Sets a network up for images of `resolution` × `resolution` pixels, with one output per property. */
export function setUpNetwork(kind: NetworkKind, resolution: number, outputs = 1): NetworkSetup {
  const plan = planOf(kind);
  return { plan, layout: layoutOf(plan, outputs), encoder: createInputEncoder(plan, resolution) };
}

/** The input numbers of white and black pixels. */
const WHITE = 0.5;
const BLACK = -0.5;

/** How far the pixels of a periodic image are shifted, at least 0: row r of the shifted image is row r + `rows` of the original, and so on past its edges. */
export interface PixelShift {
  readonly rows: number;
  readonly columns: number;
}

/** Converts images of one resolution to the input of a network. */
export interface InputEncoder {
  /** [height, width, channels] of one image. */
  readonly shape: readonly [number, number, number];
  /** Count of numbers per image. */
  readonly size: number;
  /** Writes image `index`, shifted and then transformed by the symmetry, at `target[offset…]`. */
  encode(images: MicrostructureBatch, index: number, symmetry: Symmetry, target: Float32Array, offset: number, shift?: PixelShift): void;
}

/**
 * The encoder of a plan: a square of `spaceToDepth` × `spaceToDepth` pixels becomes the channels of one position, row by
 * row, so no information is lost.
 */
export function createInputEncoder(plan: NetworkPlan, resolution: number): InputEncoder {
  const block = plan.spaceToDepth;
  const edge = resolution / block;
  const maps = new Map<Symmetry, Int32Array>();
  return {
    shape: [edge, edge, block * block],
    size: resolution * resolution,
    encode(images, index, symmetry, target, offset, shift) {
      let map = maps.get(symmetry);
      if (map === undefined) {
        map = encodedOrder(sourcePixels(symmetry, resolution), resolution, block);
        maps.set(symmetry, map);
      }
      const first = (index * resolution * resolution) / 8;
      const pixels = shift === undefined ? map : shiftedPixels(map, resolution, shift);
      for (let p = 0; p < pixels.length; p++) {
        const pixel = pixels[p]!;
        target[offset + p] = (images.packed[first + (pixel >> 3)]! >> (7 - (pixel & 7))) & 1 ? WHITE : BLACK;
      }
    },
  };
}

function encodedOrder(pixels: Int32Array, n: number, block: number): Int32Array {
  const ordered = new Int32Array(pixels.length);
  let p = 0;
  for (let row = 0; row < n; row += block) {
    for (let column = 0; column < n; column += block) {
      for (let r = 0; r < block; r++) {
        for (let c = 0; c < block; c++) ordered[p++] = pixels[(row + r) * n + column + c]!;
      }
    }
  }
  return ordered;
}

/** The pixels of the original that come to where those of the list are. */
function shiftedPixels(pixels: Int32Array, n: number, { rows, columns }: PixelShift): Int32Array {
  return pixels.map((pixel) => {
    const column = pixel % n;
    return ((pixel - column + rows * n) % (n * n)) + ((column + columns) % n);
  });
}
