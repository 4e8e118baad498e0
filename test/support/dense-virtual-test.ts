/**
 * The three virtual tests once more, in the plainest way: full matrices, Gauss elimination, quadrature.
 * For tiny images only; an oracle for grids of any size and shape of dissection.
 */
import type { IsotropicMaterial, PhasePair, PlaneAssumption } from '#domain/materials';

/** Square, row 0 at the top; the white share of each pixel mixes the stiffnesses, so 0 and 1 are pure. */
export interface WhiteShares {
  readonly width: number;
  readonly data: ArrayLike<number>;
}
type Matrix = number[][];

/** E, ν, and (with expansions) α of compression and heating. */
export function denseRollerCell(image: WhiteShares, phases: PhasePair, plane: PlaneAssumption) {
  const n = image.width;
  const number = (x: number, y: number, component: number): number => 2 * (y * (n + 1) + x) + component;
  const { K, heat } = assemble(image, phases, plane, number, 2 * (n + 1) ** 2);
  const edge = Array.from({ length: n + 1 }, (_, k) => k);
  const [left, bottom] = [edge.map((k) => number(0, k, 0)), edge.map((k) => number(k, 0, 1))];
  const [right, top] = [edge.map((k) => number(n, k, 0)), edge.map((k) => number(k, n, 1))];
  const mean = (u: number[], unknowns: number[]): number =>
    unknowns.reduce((sum, unknown, k) => sum + u[unknown]! * (k === 0 || k === n ? 0.5 : 1), 0) / n;
  const held = new Map([...left, ...bottom].map((unknown) => [unknown, 0]));
  const along = (moved: number[], free: number[]) => {
    const u = solve(K, heat.map(() => 0), new Map([...held, ...moved.map((unknown) => [unknown, -1] as const)]));
    return { E: u.reduce((sum, value, r) => sum + value * u.reduce((row, other, c) => row + K[r]![c]! * other, 0), 0), nu: mean(u, free) };
  };
  const [x, y] = [along(right, top), along(top, right)];
  const hot = solve(K, heat, held);
  return { Ex: x.E, Ey: y.E, nuxy: x.nu, nuyx: y.nu, alphax: mean(hot, right) / n, alphay: mean(hot, top) / n };
}

/** Effective stiffness, row-major, and expansion of the periodic cell. */
export function densePeriodic(image: WhiteShares, phases: PhasePair, plane: PlaneAssumption) {
  const n = image.width;
  const number = (x: number, y: number, component: number): number => 2 * ((y % n) * n + (x % n)) + component;
  const { K, heat, loads, voigt, held } = assemble(image, phases, plane, number, 2 * n * n);
  const pinned = new Map([[0, 0], [1, 0]]);
  const u = [0, 1, 2].map((strain) => solve(K, loads.map((load) => -load[strain]!), pinned));
  const hot = solve(K, heat, pinned);
  const dot = (strain: number, field: number[]): number => loads.reduce((sum, load, r) => sum + load[strain]! * field[r]!, 0);
  const stiffness = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (voigt[i]![j]! + dot(i, u[j]!)) / n ** 2));
  const stress = [0, 1, 2].map((i) => (held[i]! - dot(i, hot)) / n ** 2);
  return { stiffness: stiffness.flat(), expansion: solve(stiffness, stress, new Map()) };
}

function assemble(
  image: WhiteShares,
  phases: PhasePair,
  plane: PlaneAssumption,
  number: (x: number, y: number, component: number) => number,
  size: number,
) {
  const n = image.width;
  const K: Matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const loads: Matrix = Array.from({ length: size }, () => [0, 0, 0]);
  const heat = new Array<number>(size).fill(0);
  const voigt: Matrix = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  const held = [0, 0, 0];
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const share = image.data[(n - 1 - y) * n + x]!;
      const [white, black] = [constants(phases.white, plane), constants(phases.black, plane)];
      const D = white.D.map((row, r) => row.map((value, c) => share * value + (1 - share) * black.D[r]![c]!));
      const hot = white.hot.map((value, r) => share * value + (1 - share) * black.hot[r]!);
      const nodes = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]] as const;
      const own = nodes.flatMap(([i, j]) => [number(i, j, 0), number(i, j, 1)]);
      for (const gx of [-1, 1]) {
        for (const gy of [-1, 1]) {
          const B = strains(0.5 + (gx * 0.5) / Math.sqrt(3), 0.5 + (gy * 0.5) / Math.sqrt(3));
          for (let p = 0; p < 3; p++) {
            held[p]! += hot[p]! / 4;
            for (let q = 0; q < 3; q++) voigt[p]![q]! += D[p]![q]! / 4;
            for (let r = 0; r < 8; r++) {
              heat[own[r]!]! += (B[p]![r]! * hot[p]!) / 4;
              for (let q = 0; q < 3; q++) {
                loads[own[r]!]![q]! += (B[p]![r]! * D[p]![q]!) / 4;
                for (let c = 0; c < 8; c++) K[own[r]!]![own[c]!]! += (B[p]![r]! * D[p]![q]! * B[q]![c]!) / 4;
              }
            }
          }
        }
      }
    }
  }
  return { K, heat, loads, voigt, held };
}

/** From the three-dimensional stiffness; in plane stress the strain across is eliminated. */
function constants({ youngsModulus: E, poissonRatio: nu, thermalExpansion = 0 }: IsotropicMaterial, plane: PlaneAssumption) {
  const mu = E / (2 * (1 + nu));
  const lame = (E * nu) / ((1 + nu) * (1 - 2 * nu));
  const share = plane === 'plane-stress' ? (2 * mu) / (lame + 2 * mu) : 1;
  const side = lame * share;
  const hot = (3 * lame + 2 * mu) * thermalExpansion * share;
  return { D: [[side + 2 * mu, side, 0], [side, side + 2 * mu, 0], [0, 0, mu]], hot: [hot, hot, 0] };
}

function strains(x: number, y: number): Matrix {
  const dx = [-(1 - y), 1 - y, y, -y];
  const dy = [-(1 - x), -x, x, 1 - x];
  return [dx.flatMap((d) => [d, 0]), dy.flatMap((d) => [0, d]), dx.flatMap((d, k) => [dy[k]!, d])];
}

/** Solves K u = f with some values given, by Gauss elimination with row exchanges. */
function solve(K: Matrix, f: number[], given: ReadonlyMap<number, number>): number[] {
  const free = f.map((_, i) => i).filter((i) => !given.has(i));
  const rows = free.map((r) => {
    let right = f[r]!;
    for (const [c, value] of given) right -= K[r]![c]! * value;
    return [...free.map((c) => K[r]![c]!), right];
  });
  for (let k = 0; k < rows.length; k++) {
    let pivot = k;
    for (let r = k + 1; r < rows.length; r++) if (Math.abs(rows[r]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = r;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let r = 0; r < rows.length; r++) {
      const factor = r === k ? 0 : rows[r]![k]! / rows[k]![k]!;
      if (factor !== 0) for (let c = k; c <= rows.length; c++) rows[r]![c]! -= factor * rows[k]![c]!;
    }
  }
  const u = f.map((_, i) => given.get(i) ?? 0);
  free.forEach((unknown, k) => (u[unknown] = rows[k]![rows.length]! / rows[k]![k]!));
  return u;
}
