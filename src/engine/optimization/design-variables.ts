/*
 * From design variables to densities of pixels. Variables stand for orbits of pixels under the symmetry, so a symmetric start
 * stays symmetric. They are filtered (cone-filter.ts), and projected with a hyperbolic tangent (Wang, Lazarov & Sigmund
 * 2011, doi 10.1007/s00158-010-0602-y). Only one pixel of each orbit is computed.
 */
import type { OptimizationSymmetry } from '#domain/optimization';
import { ensure } from '#engine/core/bug-error';

/** Orbits of the pixels of an n × n image under a symmetry, numbered by their first pixel in row-major order. */
export interface Orbits {
  readonly resolution: number;
  /** Number of each pixel's orbit. */
  readonly orbitOf: Int32Array;
  /** First pixel of each orbit. */
  readonly first: Int32Array;
  /** Number of pixels of each orbit. */
  readonly sizes: Int32Array;
}

type Map2D = (row: number, column: number) => readonly [row: number, column: number];

/** Generators of each symmetry, as maps of an image of edge `last` + 1. */
function generators(symmetry: OptimizationSymmetry, last: number): readonly Map2D[] {
  const rows: Map2D = (row, column) => [last - row, column];
  const columns: Map2D = (row, column) => [row, last - column];
  // Rows count from the top: this exchanges x and y, and with them the rollers of every test.
  const transpose: Map2D = (row, column) => [last - column, last - row];
  switch (symmetry) {
    case 'square':
      return [rows, columns, transpose];
    case 'mirror':
      return [rows, columns];
    case 'transpose':
      return [transpose];
    case 'none':
      return [];
  }
}

export function orbitsOf(resolution: number, symmetry: OptimizationSymmetry): Orbits {
  const maps = generators(symmetry, resolution - 1);
  const orbitOf = new Int32Array(resolution * resolution).fill(-1);
  const first: number[] = [];
  const sizes: number[] = [];
  for (let start = 0; start < orbitOf.length; start++) {
    if (orbitOf[start] !== -1) continue;
    const orbit = first.push(start) - 1;
    const members = [start];
    orbitOf[start] = orbit;
    for (const pixel of members) {
      for (const map of maps) {
        const [row, column] = map(Math.floor(pixel / resolution), pixel % resolution);
        const image = row * resolution + column;
        if (orbitOf[image] !== -1) continue;
        orbitOf[image] = orbit;
        members.push(image);
      }
    }
    sizes.push(members.length);
  }
  return { resolution, orbitOf, first: Int32Array.from(first), sizes: Int32Array.from(sizes) };
}

/** The orbits of a cell with mirrors in its top left quarter, by the same numbers. */
export function quarterOrbits({ resolution, orbitOf, first, sizes }: Orbits): Orbits {
  const edge = resolution / 2;
  return {
    resolution: edge,
    orbitOf: Int32Array.from({ length: edge * edge }, (_, p) => orbitOf[Math.floor(p / edge) * resolution + (p % edge)]!),
    first: first.map((pixel) => Math.floor(pixel / resolution) * edge + (pixel % resolution)),
    sizes: sizes.map((size) => size / 4),
  };
}

/** Values of all pixels from those of the orbits. */
export function toPixels({ orbitOf }: Orbits, values: Float64Array): Float64Array {
  const pixels = new Float64Array(orbitOf.length);
  for (let p = 0; p < pixels.length; p++) pixels[p] = values[orbitOf[p]!]!;
  return pixels;
}

/** Means of the pixels of each orbit. */
export function meansOfOrbits({ orbitOf, sizes }: Orbits, pixels: ArrayLike<number>): Float64Array {
  const values = new Float64Array(sizes.length);
  for (let p = 0; p < orbitOf.length; p++) values[orbitOf[p]!]! += pixels[p]! / sizes[orbitOf[p]!]!;
  return values;
}

/** Densities and their derivatives to the filtered variables, with threshold 1/2; sharpness 0 leaves values as they are. */
export function project(values: Float64Array, sharpness: number): { readonly densities: Float64Array; readonly slopes: Float64Array } {
  if (sharpness === 0) return { densities: values, slopes: new Float64Array(values.length).fill(1) };
  const half = Math.tanh(sharpness / 2);
  const densities = new Float64Array(values.length);
  const slopes = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const t = Math.tanh(sharpness * (values[i]! - 0.5));
    densities[i] = Math.min(1, Math.max(0, (half + t) / (2 * half)));
    slopes[i] = (sharpness * (1 - t * t)) / (2 * half);
  }
  return { densities, slopes };
}

/** The mean over all pixels. */
export function meanOf({ sizes, orbitOf }: Orbits, values: Float64Array): number {
  let sum = 0;
  for (let orbit = 0; orbit < values.length; orbit++) sum += sizes[orbit]! * values[orbit]!;
  return sum / orbitOf.length;
}

/**
 * White pixels, exactly `count`, a multiple of the smallest orbit: whole orbits, those with the largest values; ties go to
 * the earlier orbit. Where the last one would be too large, the smallest value in a smaller one makes room.
 */
export function cut({ orbitOf, sizes }: Orbits, values: Float64Array, count: number): Uint8Array {
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
  const isWhite = new Uint8Array(values.length);
  let rest = count;
  for (const orbit of order) {
    if (sizes[orbit]! > rest) continue;
    isWhite[orbit] = 1;
    rest -= sizes[orbit]!;
    if (rest === 0) break;
  }
  if (rest > 0) {
    const next = order.find((orbit) => isWhite[orbit] === 0);
    ensure(next !== undefined, `${count} white pixels of ${orbitOf.length}`);
    const room = order.findLast((orbit) => isWhite[orbit] === 1 && sizes[orbit] === sizes[next]! - rest);
    ensure(room !== undefined, `no orbits of ${count} pixels`);
    isWhite[next] = 1;
    isWhite[room] = 0;
  }
  return Uint8Array.from(orbitOf, (orbit) => isWhite[orbit]!);
}
