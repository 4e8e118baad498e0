/*
 * The derivative of a weighted sum of results to a number that changes the laws of pixels, of chosen pixels alone. What
 * `grayDerivative` gives one by one, in one pass: every result is a quadratic form in the lanes of its system.
 */
import type { Directional } from '#domain/objective';
import { inverse3 } from '#engine/numerics/matrix-3';
import { lanes } from '../conjugate-gradients';
import type { GraySystemName } from './gray-equations';
import { elementModes, laneScales, uniformModes } from './gray-modes';
import type { GraySolution } from './gray-solver';

/** Factors of the results in the sum. */
export interface ResultWeights {
  readonly youngsModulus?: Directional;
  readonly poissonRatio?: Directional;
  readonly thermalExpansion?: Directional;
}

/** A term of the sum: `factor` · a · (∂K b + ∂f of b's temperature), lanes a and b. */
interface Form {
  readonly a: number;
  readonly b: number;
  readonly factor: number;
}

/**
 * One number for each of the pixels (row-major, row 0 at the top). `slopes` has three numbers per pixel: how bulk and
 * shear modulus of the plane, Pa, and thermal stress, −2 k · expansion, Pa/K, change.
 */
export function grayGradient(solution: GraySolution, weights: ResultWeights, slopes: Float64Array, pixels: Int32Array): Float64Array {
  const gradient = new Float64Array(pixels.length);
  const { displacements } = solution.fields;
  for (const name of ['compression', 'heating', 'periodic'] as const) {
    const found = displacements[name];
    const forms = found === undefined ? [] : formsOf(name, solution, weights).filter(({ factor }) => factor !== 0);
    if (found !== undefined && forms.length > 0) addForms(gradient, name, found, solution, forms, slopes, pixels);
  }
  return gradient;
}

function formsOf(name: GraySystemName, solution: GraySolution, { youngsModulus: E, poissonRatio: nu, thermalExpansion: alpha }: ResultWeights): Form[] {
  const none = { x: 0, y: 0 };
  if (name === 'periodic') return periodicForms(solution, E ?? none, nu ?? none, alpha ?? none);
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
function periodicForms({ result }: GraySolution, E: Directional, nu: Directional, alpha: Directional): Form[] {
  const S = inverse3(result.stiffness!);
  const toStiffness = new Float64Array(9);
  const add = (r: number, c: number, factor: number): void => {
    // Of −∂S_rc.
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) toStiffness[3 * i + j]! += factor * S[3 * r + i]! * S[3 * j + c]!;
  };
  const toStress = [0, 0, 0];
  for (const [main, side, direction] of [[0, 1, 'x'], [1, 0, 'y']] as const) {
    const own = S[4 * main]!;
    add(main, main, E[direction] / own ** 2 - (nu[direction] * S[3 * side + main]!) / own ** 2);
    add(side, main, nu[direction] / own);
    if (alpha[direction] === 0) continue;
    const stress = result.thermalStress!;
    const expansion = [0, 1, 2].map((r) => [0, 1, 2].reduce((sum, i) => sum + S[3 * r + i]! * stress[i]!, 0));
    for (let i = 0; i < 3; i++) {
      toStress[i]! += alpha[direction] * S[3 * main + i]!;
      for (let j = 0; j < 3; j++) toStiffness[3 * i + j]! -= alpha[direction] * S[3 * main + i]! * expansion[j]!;
    }
  }
  const forms: Form[] = toStress.map((factor, i) => ({ a: i, b: 3, factor: -factor }));
  for (let i = 0; i < 3; i++) for (let j = i; j < 3; j++) forms.push({ a: i, b: j, factor: i === j ? toStiffness[4 * i]! : toStiffness[3 * i + j]! + toStiffness[3 * j + i]! });
  return forms;
}

function addForms(gradient: Float64Array, name: GraySystemName, found: Float64Array, { pixels: { youngsModulus }, fields }: GraySolution, forms: readonly Form[], slopes: Float64Array, pixels: Int32Array): void {
  const n = Math.sqrt(youngsModulus.length);
  const scale = laneScales(name, fields);
  const uniform = uniformModes(name);
  // In the numbers of a law: a quarter of the moduli, and half of the thermal stress.
  const terms = forms.map(({ a, b, factor }) => ({
    a,
    b,
    elastic: (factor * scale[a]! * scale[b]!) / (4 * n * n),
    thermal: (factor * scale[a]! * uniform[b]![3]) / (2 * n * n),
  }));
  const used = [...new Set(terms.flatMap(({ a, b }) => [a, b]))];
  const modes = Array.from({ length: lanes }, () => new Float64Array(5));
  // The image's transpose is compressed along y.
  const groups = name === 'compression' ? [terms.filter(({ a }) => a < 2), terms.filter(({ a }) => a >= 2)] : [terms];
  groups.forEach((group, transposed) => {
    if (group.length === 0) return;
    const needed = used.filter((lane) => group.some(({ a, b }) => a === lane || b === lane));
    for (let at = 0; at < pixels.length; at++) {
      const p = pixels[at]!;
      const [top, left] = [Math.floor(p / n), p % n];
      const [row, column] = transposed === 1 ? [n - 1 - left, top] : [n - 1 - top, left];
      for (const lane of needed) elementModes(modes[lane]!, found, name, n, row, column, lane, uniform[lane]!);
      const [bulkSlope, shearSlope, thermalSlope] = [slopes[3 * p]!, slopes[3 * p + 1]!, slopes[3 * p + 2]!];
      let sum = 0;
      for (const { a, b, elastic, thermal } of group) {
        const [u, v] = [modes[a]!, modes[b]!];
        const zigzag = (u[3]! * v[3]! + u[4]! * v[4]!) / 3;
        const dilation = u[0]! + u[1]!;
        const bulk = dilation * (v[0]! + v[1]!) + zigzag;
        const shear = (u[0]! - u[1]!) * (v[0]! - v[1]!) + u[2]! * v[2]! + 2 * zigzag;
        sum += elastic * (bulkSlope * bulk + shearSlope * shear) + thermal * thermalSlope * dilation;
      }
      gradient[at]! += sum;
    }
  });
}
