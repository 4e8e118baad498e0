/* Strain modes of one element in the displacements of a system, with the uniform strains that load it. */
import type { VirtualTestKind } from '#domain/virtual-tests';
import { lanes } from '../iterative/conjugate-gradients';

/** Systems of equations, which gray-equations.ts explains. */
export type GraySystemName = 'periodic' | 'mirrored' | 'compression' | 'heating';

/** What gray images are tested for: the virtual tests, and the periodic one of a mirrored cell from its quarter. */
export type GrayTestKind = VirtualTestKind | 'mirrored';

/** Modes of an element: ξ, η, shear, and the hourglasses of x and y. */
export const modeCount = 5;

/** Uniform ξ, η and shear of a lane, and its temperature. */
export type UniformModes = readonly [xi: number, eta: number, shear: number, temperature: number];

/** Those of each lane. */
export function uniformModes(name: GraySystemName): readonly UniformModes[] {
  return Array.from({ length: lanes }, (_, lane): UniformModes => {
    if (name === 'compression') return [(lane & 1) === 0 ? -2 : 0, 0, 0, 0];
    if (name === 'heating') return [0, 0, 0, lane === 0 ? 1 : 0];
    return [lane === 0 ? 2 : 0, lane === 1 ? 2 : 0, name === 'periodic' && lane === 2 ? 2 : 0, lane === 3 ? 1 : 0];
  });
}

/** Factors that turn each lane's displacements into those of a unit load. */
export function laneScales(name: GraySystemName, { unit, kelvins }: { readonly unit: number; readonly kelvins: number }): readonly number[] {
  const pulls = (lane: number): boolean => (name === 'compression' ? (lane & 1) === 1 : name === 'heating' && (lane === 1 || lane === 2));
  return uniformModes(name).map(([, , , temperature], lane) => (pulls(lane) ? 1 / unit : temperature === 1 ? 1 / kelvins : 1));
}

/** Writes the modes of an element, rows from the bottom, into the lane's part of `modes`. */
export function elementModes(
  modes: Float64Array,
  found: Float64Array,
  name: GraySystemName,
  n: number,
  row: number,
  column: number,
  lane: number,
  uniform: UniformModes,
): void {
  const nodes = name === 'periodic' ? n : n + 1;
  const below = 2 * lanes * nodes * row + lane;
  const above = 2 * lanes * nodes * (row + 1 < nodes ? row + 1 : 0) + lane;
  const left = 2 * lanes * column;
  const right = 2 * lanes * (column + 1 < nodes ? column + 1 : 0);
  const xBottom = found[below + right]! - found[below + left]!;
  const xTop = found[above + right]! - found[above + left]!;
  const yBottom = found[below + right + lanes]! - found[below + left + lanes]!;
  const yTop = found[above + right + lanes]! - found[above + left + lanes]!;
  const xSides = found[above + left]! - found[below + left]! + (found[above + right]! - found[below + right]!);
  const ySides = found[above + left + lanes]! - found[below + left + lanes]! + (found[above + right + lanes]! - found[below + right + lanes]!);
  const at = modeCount * lane;
  modes[at] = xTop + xBottom + uniform[0];
  modes[at + 1] = ySides + uniform[1];
  modes[at + 2] = xSides + (yTop + yBottom) + uniform[2];
  modes[at + 3] = xTop - xBottom;
  modes[at + 4] = yTop - yBottom;
}
