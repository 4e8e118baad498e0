/*
 * The derivative of a weighted sum of results to a number that changes the stiffness of pixels, at chosen pixels alone.
 * Every result is a quadratic form in the displacements of its load cases and needs no further solve (Bendsøe & Sigmund
 * 2003, Topology Optimization, section 1.2). It errs as the fields do, by about the square root of the error of the results.
 */
import type { Directional } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';
import { lanes } from '../iterative/conjugate-gradients';
import { elementModes, laneScales, modeCount, uniformModes, type GraySystemName } from './gray-modes';
import type { GraySolution } from './gray-solver';

/** Factors of the results in the sum. */
export interface ResultWeights {
  readonly youngsModulus?: Directional;
  readonly poissonRatio?: Directional;
  readonly thermalExpansion?: Directional;
  /** Of the entries of the compliance tensor, nine, row-major, 1/Pa each; `periodic` only. */
  readonly compliance?: Float64Array;
}

/** A term of a sum: `factor` · a · (∂K b + ∂f of b's temperature), lanes a and b. */
export interface LaneForm {
  readonly a: number;
  readonly b: number;
  readonly factor: number;
}

/**
 * One number for each of the pixels (row-major, row 0 at the top), which of a mirrored cell are those of its quarter: a pixel
 * changes together with its three images. `slopes` has three numbers for each
 * of them: how its `PixelStiffness` changes, in Pa and Pa/K.
 */
export function grayGradient(solution: GraySolution, weights: ResultWeights, slopes: Float64Array, pixels: Int32Array): Float64Array {
  const gradient = new Float64Array(pixels.length);
  for (const name of ['compression', 'heating', 'periodic', 'mirrored'] as const) {
    if (solution.fields.displacements[name] !== undefined) addForms(gradient, name, solution, formsOf(name, solution, weights), slopes, pixels);
  }
  return gradient;
}

function formsOf(name: GraySystemName, solution: GraySolution, weights: ResultWeights): readonly LaneForm[] {
  const { youngsModulus: E, poissonRatio: nu, thermalExpansion: alpha } = weights;
  if (name === 'periodic' || name === 'mirrored') return periodicForms(solution, weights);
  if (name === 'heating') {
    return [
      { a: 1, b: 0, factor: -(alpha?.x ?? 0) },
      { a: 2, b: 0, factor: -(alpha?.y ?? 0) },
    ];
  }
  return [
    { a: 0, b: 0, factor: E?.x ?? 0 },
    { a: 2, b: 2, factor: E?.y ?? 0 },
    { a: 1, b: 0, factor: -(nu?.x ?? 0) },
    { a: 3, b: 2, factor: -(nu?.y ?? 0) },
  ];
}

/** By ∂S = −S ∂C S, and ∂α = S (∂β − ∂C α) of α = S β. */
function periodicForms({ thermalStress, compliance: S }: GraySolution, { youngsModulus, poissonRatio, thermalExpansion, compliance }: ResultWeights): LaneForm[] {
  ensure(S !== undefined, 'a periodic cell without its compliance');
  const toCompliance = compliance === undefined ? new Float64Array(9) : compliance.slice();
  const toStress = [0, 0, 0];
  const toStiffness = new Float64Array(9);
  const expansions = thermalStress && [0, 1, 2].map((row) => [0, 1, 2].reduce((sum, k) => sum + S[3 * row + k]! * thermalStress[k]!, 0));
  for (const [main, side, direction] of [[0, 1, 'x'], [1, 0, 'y']] as const) {
    const own = S[4 * main]!;
    const [E, nu, alpha] = [youngsModulus?.[direction] ?? 0, poissonRatio?.[direction] ?? 0, thermalExpansion?.[direction] ?? 0];
    toCompliance[4 * main]! += (nu * S[3 * side + main]! - E) / own ** 2;
    toCompliance[3 * side + main]! -= nu / own;
    if (alpha === 0) continue;
    for (let i = 0; i < 3; i++) {
      toStress[i]! += alpha * S[3 * main + i]!;
      for (let j = 0; j < 3; j++) toStiffness[3 * i + j]! -= alpha * S[3 * main + i]! * expansions![j]!;
    }
  }
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) toStiffness[3 * i + j]! -= toCompliance[3 * r + c]! * S[3 * r + i]! * S[3 * j + c]!;
    }
  }
  const forms: LaneForm[] = toStress.map((factor, i) => ({ a: i, b: 3, factor: -factor }));
  for (let i = 0; i < 3; i++) for (let j = i; j < 3; j++) forms.push({ a: i, b: j, factor: i === j ? toStiffness[4 * i]! : toStiffness[3 * i + j]! + toStiffness[3 * j + i]! });
  return forms;
}

/** Adds the forms of one system over the image's area to the pixels' numbers. */
export function addForms(gradient: Float64Array, name: GraySystemName, solution: GraySolution, forms: readonly LaneForm[], slopes: Float64Array, pixels: Int32Array): void {
  const n = Math.sqrt(solution.pixels.youngsModulus.length);
  const found = solution.fields.displacements[name]!;
  const scale = laneScales(name, solution.fields);
  const uniform = uniformModes(name);
  const terms = forms.filter(({ factor }) => factor !== 0).map(({ a, b, factor }) => ({ a, b, factor: (factor * scale[a]!) / (n * n) }));
  // The compression along y is that of the image's transpose along x, in lanes 2 and 3.
  const groups = name === 'compression' ? [terms.filter(({ a }) => a < 2), terms.filter(({ a }) => a >= 2)] : [terms];
  const modes = new Float64Array(lanes * modeCount);
  groups.forEach((group, transposed) => {
    const used = [...new Set(group.flatMap(({ a, b }) => [a, b]))];
    // Flat numbers for the loop over pixels.
    const [first, second] = [Int32Array.from(group, ({ a }) => modeCount * a), Int32Array.from(group, ({ b }) => modeCount * b)];
    const elastic = Float64Array.from(group, ({ b, factor }) => factor * scale[b]!);
    const thermal = Float64Array.from(group, ({ b, factor }) => factor * uniform[b]![3]);
    if (used.length === 0) return;
    for (let at = 0; at < pixels.length; at++) {
      const p = pixels[at]!;
      const column = p % n;
      const row = n - 1 - (p - column) / n;
      for (let k = 0; k < used.length; k++) elementModes(modes, found, name, n, transposed ? column : row, transposed ? row : column, used[k]!, uniform[used[k]!]!);
      const bulkSlope = slopes[3 * at]!;
      const shearSlope = slopes[3 * at + 1]!;
      const thermalSlope = slopes[3 * at + 2]!;
      let sum = 0;
      for (let k = 0; k < first.length; k++) {
        const u = first[k]!;
        const v = second[k]!;
        const zigzag = (modes[u + 3]! * modes[v + 3]! + modes[u + 4]! * modes[v + 4]!) / 3;
        const dilation = modes[u]! + modes[u + 1]!;
        const bulk = dilation * (modes[v]! + modes[v + 1]!) + zigzag;
        const shear = (modes[u]! - modes[u + 1]!) * (modes[v]! - modes[v + 1]!) + modes[u + 2]! * modes[v + 2]! + 2 * zigzag;
        sum += elastic[k]! * (bulkSlope * bulk + shearSlope * shear) + thermal[k]! * thermalSlope * dilation;
      }
      gradient[at]! += sum;
    }
  });
}
