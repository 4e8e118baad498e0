/*
 * Gray pixels: each is isotropic with constants of its own. An element's stiffness is linear in its bulk and its shear
 * modulus of the plane, and its thermal force in the stress that holds it at 1 K; these three are its stiffness.
 *
 * A pixel of modulus 0 is a void, exactly: the equations see it filled, and results are taken from the solid alone
 * (element/void-phase.ts).
 */
import type { PlaneAssumption } from '#domain/materials';
import { BugError, ensure } from '#engine/core/bug-error';
import { filling } from '../element/void-phase';
import { powerOfTwo } from '../iterative/reference-medium';
import type { ModalStiffness } from '../element/modal-stiffness';

/** One value per pixel, row-major, row 0 at the top. */
export interface GrayPixels {
  /** Pa; 0 is a void, whose Poisson's ratio and expansion are 0 too. */
  readonly youngsModulus: Float64Array;
  /** In (−1, 0.5). */
  readonly poissonRatio: Float64Array;
  /** 1/K; without it, no expansion is computed. */
  readonly thermalExpansion?: Float64Array;
}

/** A constant that a pixel has, and that derivatives are taken to. */
export type GrayConstant = keyof GrayPixels;

/** A quarter of the bulk modulus, a quarter of the shear modulus, thermal force per kelvin in ξ and η. */
export type PixelStiffness = readonly [bulk: number, shear: number, thermal: number];

/** All pixels' stiffnesses in the numbers of the kernels. */
export interface PixelStiffnesses {
  /** Pa; a power of two. */
  readonly unit: number;
  /** Factor of temperatures; a power of two. */
  readonly kelvins: number;
  /** Three numbers per element from the bottom row on: `PixelStiffness` in `unit`, thermal forces for 1 / `kelvins`. */
  readonly numbers: Float64Array;
  /** Elements that are voids, whose `numbers` are those of their filling; empty without a void. */
  readonly voids: Int32Array;
  readonly medium: ModalStiffness;
  /** The image's stiffness is at least this times the medium's. */
  readonly lambdaMin: number;
  /** The largest ratio of the bulk or shear moduli of two pixels, voids filled. */
  readonly contrast: number;
  /** Smallest 11 entry and smallest Young's modulus of the plane of all pixels, in `unit`. */
  readonly leastEntry: number;
  readonly leastModulus: number;
  /** Largest thermal strain for 1 / `kelvins`, and stress in `unit` that holds a pixel then. */
  readonly mostExpansion: number;
  readonly mostThermalStress: number;
}

/** The stiffness of a pixel, Pa. */
export function pixelStiffness(E: number, nu: number, alpha: number, plane: PlaneAssumption): PixelStiffness {
  const stress = plane === 'plane-stress';
  const bulk = quarterBulk(E, nu, stress);
  return [bulk, E / (8 * (1 + nu)), -4 * bulk * (stress ? alpha : (1 + nu) * alpha)];
}

function quarterBulk(E: number, nu: number, stress: boolean): number {
  return (stress ? E / (2 * (1 - nu)) : E / (2 * (1 + nu) * (1 - 2 * nu))) / 4;
}

/** Derivative of a pixel's stiffness to one of its constants; of a void to its modulus as of a material without lateral contraction. */
export function pixelStiffnessDerivative(E: number, nu: number, alpha: number, plane: PlaneAssumption, to: GrayConstant): PixelStiffness {
  const [bulk, shear, thermal] = pixelStiffness(E, nu, alpha, plane);
  if (to === 'youngsModulus') return E === 0 ? pixelStiffness(1, nu, alpha, plane) : [bulk / E, shear / E, thermal / E];
  const stress = plane === 'plane-stress';
  const stretch = stress ? 1 : 1 + nu;
  if (to === 'thermalExpansion') return [0, 0, -4 * bulk * stretch];
  const growth = stress ? 1 / (1 - nu) : 2 / (1 - 2 * nu) - 1 / (1 + nu);
  return [bulk * growth, -shear / (1 + nu), thermal * growth - (stress ? 0 : 4 * bulk * alpha)];
}

/** The pixel of element (row, column), rows from the bottom, in an image of n × n. */
export function pixelOf(n: number, row: number, column: number): number {
  return (n - 1 - row) * n + column;
}

export function pixelStiffnesses(n: number, { youngsModulus, poissonRatio, thermalExpansion }: GrayPixels, plane: PlaneAssumption): PixelStiffnesses {
  for (const values of [youngsModulus, poissonRatio, ...(thermalExpansion ? [thermalExpansion] : [])]) {
    ensure(values.length === n * n, `${values.length} values of ${n} × ${n} pixels`);
  }
  const numbers = new Float64Array(3 * n * n);
  const voids: number[] = [];
  // Local numbers and no arrays within the loops: an optimization comes here in every iteration.
  let largest = 0;
  for (let p = 0; p < youngsModulus.length; p++) if (youngsModulus[p]! > largest) largest = youngsModulus[p]!;
  const filled = filling * largest;
  let [leastBulk, mostBulk, leastShear, mostShear] = [Infinity, 0, Infinity, 0];
  let [softest, stiffest, modulus, expansion, thermalStress] = [Infinity, 0, Infinity, 0, 0];
  const stress = plane === 'plane-stress';
  for (let row = 0, at = 0; row < n; row++) {
    for (let column = 0; column < n; column++, at += 3) {
      const p = pixelOf(n, row, column);
      const empty = youngsModulus[p] === 0;
      const nu = poissonRatio[p]!;
      const alpha = thermalExpansion === undefined ? 0 : thermalExpansion[p]!;
      if (empty && (nu !== 0 || alpha !== 0)) throw new BugError(`pixel ${p} is a void with properties`);
      const E = empty ? filled : youngsModulus[p]!;
      if (empty) voids.push(at / 3);
      const bulk = quarterBulk(E, nu, stress);
      const shear = E / (8 * (1 + nu));
      const thermal = -4 * bulk * (stress ? alpha : (1 + nu) * alpha);
      if (!(bulk > 0 && shear > 0 && Number.isFinite(bulk + shear + thermal))) throw new BugError(`pixel ${p} has E = ${E} and ν = ${nu}`);
      numbers[at] = bulk;
      numbers[at + 1] = shear;
      numbers[at + 2] = thermal;
      const sum = bulk + shear;
      const uniaxial = (16 * bulk * shear) / sum;
      if (bulk < leastBulk) leastBulk = bulk;
      if (bulk > mostBulk) mostBulk = bulk;
      if (shear < leastShear) leastShear = shear;
      if (shear > mostShear) mostShear = shear;
      if (sum < softest) softest = sum;
      if (sum > stiffest) stiffest = sum;
      if (uniaxial < modulus) modulus = uniaxial;
      if (thermal === 0) continue;
      expansion = Math.max(expansion, Math.abs(thermal) / (4 * bulk));
      thermalStress = Math.max(thermalStress, 2 * Math.abs(thermal));
    }
  }
  const unit = powerOfTwo(stiffest);
  const kelvins = expansion === 0 ? 1 : 1 / powerOfTwo(expansion);
  for (let at = 0; at < numbers.length; at += 3) {
    numbers[at]! *= 1 / unit;
    numbers[at + 1]! *= 1 / unit;
    numbers[at + 2]! *= kelvins / unit;
  }
  // The medium's tables depend on this ratio, so it moves in steps: images that change slowly keep their tables.
  const ratio = Math.sqrt((leastBulk * mostBulk) / (leastShear * mostShear));
  const bulk = 2 ** (Math.round(4 * Math.log2(ratio)) / 4);
  return {
    unit,
    kelvins,
    numbers,
    voids: Int32Array.from(voids),
    medium: { own: (bulk + 1) / 4, cross: (bulk - 1) / 4, shear: 1 / 4, hourglass: (bulk + 2) / 12, thermal: 0 },
    lambdaMin: (4 * Math.min(leastBulk / bulk, leastShear)) / unit,
    contrast: Math.max(mostBulk / leastBulk, mostShear / leastShear),
    leastEntry: (4 * softest) / unit,
    leastModulus: modulus / unit,
    mostExpansion: expansion * kelvins,
    mostThermalStress: (thermalStress * kelvins) / unit,
  };
}
