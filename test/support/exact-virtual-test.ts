/**
 * The virtual tests of tiny images in numbers of 120 decimal digits: fixed-point integers, full matrices,
 * Gauss elimination. An oracle for every contrast of the phases, including 1e30, where doubles are of no use.
 */
import type { IsotropicMaterial, PhasePair, PlaneAssumption } from '#domain/materials';
import type { WhiteShares } from './dense-virtual-test';

const bits = 400n;
const one = 1n << bits;
const times = (a: bigint, b: bigint): bigint => (a * b) >> bits;
const over = (a: bigint, b: bigint): bigint => (a << bits) / b;

/** The double's own value. */
function exact(value: number): bigint {
  if (value === 0) return 0n;
  const exponent = Math.floor(Math.log2(Math.abs(value))) - 52;
  const mantissa = BigInt(Math.round(value / 2 ** exponent));
  const shift = bits + BigInt(exponent);
  return shift >= 0n ? mantissa << shift : mantissa >> -shift;
}

function double(value: bigint): number {
  const length = BigInt((value < 0n ? -value : value).toString(2).length);
  const shift = length > 60n ? length - 60n : 0n;
  return Number(value >> shift) * 2 ** Number(shift - bits);
}

/** E, ν and (with expansions) α between rollers, as in `denseRollerCell`. The larger modulus should be near 1. */
export function exactRollerCell(image: WhiteShares, phases: PhasePair, plane: PlaneAssumption) {
  const n = image.width;
  const number = (x: number, y: number, component: number): number => 2 * (y * (n + 1) + x) + component;
  const { K, heat } = assemble(image, phases, plane, number, 2 * (n + 1) ** 2);
  const edge = Array.from({ length: n + 1 }, (_, k) => k);
  const held = [...edge.map((k) => number(0, k, 0)), ...edge.map((k) => number(k, 0, 1))];
  const [right, top] = [edge.map((k) => number(n, k, 0)), edge.map((k) => number(k, n, 1))];
  const mean = (u: readonly bigint[], unknowns: readonly number[]): bigint =>
    unknowns.reduce((sum, unknown, k) => sum + (k === 0 || k === n ? u[unknown]! / 2n : u[unknown]!), 0n) / BigInt(n);
  const fixed = (moved: readonly number[]): Map<number, bigint> => new Map([...held.map((i) => [i, 0n] as const), ...moved.map((i) => [i, -one] as const)]);
  const along = (moved: readonly number[], free: readonly number[]) => {
    const u = solve(K, heat.map(() => 0n), fixed(moved));
    return { E: double(energy(K, u, u)), nu: double(mean(u, free)) };
  };
  const [x, y] = [along(right, top), along(top, right)];
  const hot = solve(K, heat, fixed([]));
  return { Ex: x.E, Ey: y.E, nuxy: x.nu, nuyx: y.nu, alphax: double(mean(hot, right)) / n, alphay: double(mean(hot, top)) / n };
}

/** Effective stiffness of the periodic cell, row-major, and its E, ν, G and α. The larger modulus should be near 1. */
export function exactPeriodic(image: WhiteShares, phases: PhasePair, plane: PlaneAssumption) {
  const n = image.width;
  const number = (x: number, y: number, component: number): number => 2 * ((y % n) * n + (x % n)) + component;
  const { K, heat, loads, voigt, held } = assemble(image, phases, plane, number, 2 * n * n);
  const pinned = new Map([[0, 0n], [1, 0n]]);
  const u = [0, 1, 2].map((strain) => solve(K, loads.map((load) => -load[strain]!), pinned));
  const hot = solve(K, heat, pinned);
  const dot = (strain: number, field: readonly bigint[]): bigint => loads.reduce((sum, load, r) => sum + times(load[strain]!, field[r]!), 0n);
  const C = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (voigt[i]![j]! + dot(i, u[j]!)) / BigInt(n ** 2)));
  const stress = [0, 1, 2].map((i) => (held[i]! - dot(i, hot)) / BigInt(n ** 2));
  const S = [0, 1, 2].map((j) => solve(C, [0, 1, 2].map((i) => (i === j ? one : 0n)), new Map()));
  const alpha = solve(C, stress, new Map());
  return {
    stiffness: C.flat().map(double),
    Ex: double(over(one, S[0]![0]!)),
    Ey: double(over(one, S[1]![1]!)),
    nuxy: double(-over(S[0]![1]!, S[0]![0]!)),
    nuyx: double(-over(S[1]![0]!, S[1]![1]!)),
    Gxy: double(over(one, S[2]![2]!)),
    alphax: double(alpha[0]!),
    alphay: double(alpha[1]!),
  };
}

function energy(K: readonly (readonly bigint[])[], u: readonly bigint[], v: readonly bigint[]): bigint {
  return u.reduce((sum, value, r) => sum + times(value, v.reduce((row, other, c) => (K[r]![c] === 0n ? row : row + times(K[r]![c]!, other)), 0n)), 0n);
}

function assemble(
  image: WhiteShares,
  phases: PhasePair,
  plane: PlaneAssumption,
  number: (x: number, y: number, component: number) => number,
  size: number,
) {
  const n = image.width;
  const K = Array.from({ length: size }, () => new Array<bigint>(size).fill(0n));
  const loads = Array.from({ length: size }, () => [0n, 0n, 0n]);
  const heat = new Array<bigint>(size).fill(0n);
  const voigt = [0, 1, 2].map(() => [0n, 0n, 0n]);
  const held = [0n, 0n, 0n];
  const laws = [lawOf(phases.black, plane), lawOf(phases.white, plane)] as const;
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const { main, side, shear, thermal } = laws[image.data[(n - 1 - y) * n + x]! as 0 | 1];
      const D = [[main, side, 0n], [side, main, 0n], [0n, 0n, shear]] as const;
      const stress = [thermal, thermal, 0n];
      const corners = [[0, 0], [1, 0], [1, 1], [0, 1]] as const;
      const own = corners.flatMap(([i, j]) => [number(x + i, y + j, 0), number(x + i, y + j, 1)]);
      // Slopes of the corner functions: ± (1 + side · position) / 4 with the position in −1 … 1, means ± 1/2.
      corners.forEach(([ai, aj], a) => {
        const [ax, ay] = [2 * ai - 1, 2 * aj - 1];
        const mean = [[ax, 0, ay], [0, ay, ax]] as const;
        for (const component of [0, 1] as const) {
          const row = own[2 * a + component]!;
          for (let p = 0; p < 3; p++) {
            heat[row]! += (BigInt(mean[component][p]!) * stress[p]!) / 2n;
            for (let q = 0; q < 3; q++) loads[row]![q]! += (BigInt(mean[component][p]!) * D[p]![q]!) / 2n;
          }
        }
        corners.forEach(([bi, bj], b) => {
          const [bx, by] = [2 * bi - 1, 2 * bj - 1];
          const xx = BigInt(ax * bx * (3 + ay * by));
          const yy = BigInt(ay * by * (3 + ax * bx));
          const [xy, yx] = [BigInt(ax * by), BigInt(ay * bx)];
          const add = (r: 0 | 1, c: 0 | 1, value: bigint): void => {
            K[own[2 * a + r]!]![own[2 * b + c]!]! += value;
          };
          add(0, 0, (xx * main + yy * shear) / 12n);
          add(1, 1, (yy * main + xx * shear) / 12n);
          add(0, 1, (xy * side + yx * shear) / 4n);
          add(1, 0, (yx * side + xy * shear) / 4n);
        });
      });
      for (let p = 0; p < 3; p++) {
        held[p]! += stress[p]!;
        for (let q = 0; q < 3; q++) voigt[p]![q]! += D[p]![q]!;
      }
    }
  }
  return { K, heat, loads, voigt, held };
}

function lawOf({ youngsModulus, poissonRatio, thermalExpansion = 0 }: IsotropicMaterial, plane: PlaneAssumption) {
  const [E, nu] = [exact(youngsModulus), exact(poissonRatio)];
  const shear = over(E, 2n * (one + nu));
  const side = plane === 'plane-stress' ? over(times(nu, E), one - times(nu, nu)) : over(times(nu, E), times(one + nu, one - 2n * nu));
  const main = side + 2n * shear;
  const expansion = exact(thermalExpansion);
  return { main, side, shear, thermal: times(main + side, plane === 'plane-stress' ? expansion : times(one + nu, expansion)) };
}

/** Solves K u = f with some values given, by elimination of a symmetric positive definite matrix: no pivoting. */
function solve(K: readonly (readonly bigint[])[], f: readonly bigint[], given: ReadonlyMap<number, bigint>): bigint[] {
  const free = f.map((_, i) => i).filter((i) => !given.has(i));
  const A = free.map((i) => {
    const load = [...given].reduce((sum, [g, value]) => sum - times(K[i]![g]!, value), f[i]!);
    return [...free.map((j) => K[i]![j]!), load];
  });
  const size = free.length;
  for (let p = 0; p < size; p++) {
    for (let r = p + 1; r < size; r++) {
      if (A[r]![p] === 0n) continue;
      const factor = over(A[r]![p]!, A[p]![p]!);
      for (let c = p; c <= size; c++) if (A[p]![c] !== 0n) A[r]![c]! -= times(factor, A[p]![c]!);
    }
  }
  const u = f.map((_, i) => given.get(i) ?? 0n);
  for (let p = size - 1; p >= 0; p--) {
    let sum = A[p]![size]!;
    for (let c = p + 1; c < size; c++) sum -= times(A[p]![c]!, u[free[c]!]!);
    u[free[p]!] = over(sum, A[p]![p]!);
  }
  return u;
}
