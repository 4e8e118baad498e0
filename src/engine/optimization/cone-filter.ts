/* The periodic cone filter of orbits of pixels (Bourdin 2001, doi 10.1002/nme.116; Bruns & Tortorelli 2001). */
import { createAllocator } from '#engine/fem/iterative/kernel-layout';
import { createOptimizationKernel } from '#engine/kernels/optimization';
import type { Orbits } from './design-variables';

/** A linear map of values of orbits to new ones that is its own adjoint with respect to sums over pixels. It keeps buffers, so it is not for two threads at once. */
export type Filter = (values: Float64Array) => Float64Array;

/** Weights fall linearly to 0 at `radius` pixels. A radius of 1 or less leaves values as they are. */
export function coneFilter(orbits: Orbits, radius: number): Filter {
  const { resolution: n, first } = orbits;
  const reach = Math.min(Math.ceil(radius) - 1, Math.floor((n - 1) / 2));
  if (reach < 1) return (values) => values.slice();
  const neighbors: { readonly row: number; readonly column: number; weight: number }[] = [];
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const weight = radius - Math.hypot(row, column);
      if (weight > 0) neighbors.push({ row, column, weight });
    }
  }
  const total = neighbors.reduce((sum, { weight }) => sum + weight, 0);
  // The rows and columns of the orbits' first pixels with a margin around them, so that neighbors need no wrapping.
  const [rows, columns] = [Math.floor(first.at(-1)! / n) + 1, first.reduce((most, pixel) => Math.max(most, (pixel % n) + 1), 0)];
  const width = columns + 2 * reach;
  const count = (rows + 2 * reach) * width;
  const runs = runsOf(orbits);
  const { take, top } = createAllocator();
  const [valuesAt, targetAt, paddedAt] = [take(8 * first.length), take(8 * first.length), take(8 * count)];
  const [placesAt, runsAt] = [take(4 * count), take(8 * runs.length)];
  const [offsetsAt, weightsAt] = [take(4 * neighbors.length), take(8 * neighbors.length)];
  const { functions: kernel, buffer } = createOptimizationKernel(top());
  const [values, target] = [valuesAt, targetAt].map((address) => new Float64Array(buffer, address, first.length)) as [Float64Array, Float64Array];
  new Uint32Array(buffer, placesAt, count).forEach((_, at, places) => {
    const [row, column] = [Math.floor(at / width) - reach, (at % width) - reach].map((index) => (index + n) % n) as [number, number];
    places[at] = 8 * orbits.orbitOf[row * n + column]!;
  });
  const padded = (row: number, column: number): number => 8 * ((row + reach) * width + column + reach);
  new Uint32Array(buffer, runsAt, 2 * runs.length).set(runs.flatMap(({ pixel, length }) => [padded(Math.floor(pixel / n), pixel % n), length]));
  new Int32Array(buffer, offsetsAt, neighbors.length).set(neighbors.map(({ row, column }) => 8 * (row * width + column)));
  new Float64Array(buffer, weightsAt, neighbors.length).set(neighbors.map(({ weight }) => weight / total));
  return (given) => {
    values.set(given);
    kernel.gather(valuesAt, placesAt, count, paddedAt);
    kernel.filterRuns(paddedAt, runsAt, runs.length, offsetsAt, weightsAt, neighbors.length, targetAt);
    return target.slice();
  };
}

/** The orbits' first pixels as runs along rows. */
function runsOf({ resolution, first }: Orbits): readonly { readonly pixel: number; readonly length: number }[] {
  const runs: { readonly pixel: number; length: number }[] = [];
  for (const pixel of first) {
    const last = runs.at(-1);
    if (last !== undefined && pixel === last.pixel + last.length && pixel % resolution !== 0) last.length++;
    else runs.push({ pixel, length: 1 });
  }
  return runs;
}
