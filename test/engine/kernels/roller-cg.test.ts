/* The kernel's waves against their definition, and the preconditioner against the stiffness that it inverts. */
import { expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { layOutRollerCg } from '#engine/fem/iterative/kernel-layout';
import { phaseFactorTable, twiddleTable, wavePairs } from '#engine/fem/iterative/fourier-tables';
import { eliminateRollerCell } from '#engine/fem/iterative/roller-medium';
import { createRollerCgKernel, recordBytes } from '#engine/kernels/conjugate-gradients';

const lanes = 4;
const stiffness = { own: 0.4, cross: 0.1, shear: 0.15, hourglass: 0.2, thermal: 0 };

function setUp(n: number) {
  const layout = layOutRollerCg(n);
  const { functions, buffer } = createRollerCgKernel(layout.bytes);
  const singles = new Float32Array(buffer);
  singles.set(twiddleTable(n), layout.twiddles / 4);
  singles.set(phaseFactorTable(n), layout.phaseFactors / 4);
  new Uint32Array(buffer).set(wavePairs(n), layout.pairs / 4);
  const { couplings, pivots } = eliminateRollerCell(n, stiffness, 4 * n);
  singles.set(couplings, layout.couplings / 4);
  singles.set(pivots, layout.pivots / 4);
  const numbers = [stiffness.own, stiffness.cross, stiffness.shear, stiffness.hourglass];
  singles.set(numbers.flatMap((value) => Array<number>(lanes).fill(value)), layout.singleStiffnesses / 4);
  return { layout, functions, singles, buffer };
}

test.each([4, 8, 32, 64, 128, 256, 512])('a row of %i elements as sines and cosines, and back', (n) => {
  const { layout, functions, singles } = setUp(n);
  const rng = createRng(n);
  const lane = 1;
  const at = (node: number) => layout.z / 4 + (recordBytes / 4) * node + lane;
  const draw = () => Float64Array.from({ length: n + 1 }, () => Math.fround(rng.between(-1, 1)));
  const [x, y] = [draw(), draw()];
  for (let node = 0; node <= n; node++) {
    singles[at(node)] = x[node]!;
    singles[at(node) + lanes] = y[node]!;
  }
  functions.forwardWaves(layout.z, n, layout.twiddles, layout.phaseFactors);
  const pairs = wavePairs(n);
  for (let k = 0; k <= n; k += n > 64 ? 17 : 1) {
    let [sines, cosines] = [0, 2 * (y[0]! + y[n]! * (k % 2 === 0 ? 1 : -1))];
    for (let node = 1; node < n; node++) {
      sines += 2 * x[node]! * Math.sin((Math.PI * k * node) / n);
      cosines += 2 * y[node]! * Math.cos((Math.PI * k * node) / n);
    }
    const [one, other] = [0, 1].map((i) => singles[(layout.z + pairs[2 * k + i]!) / 4 + lane]!);
    const near = 2e-6 * Math.sqrt(n);
    if (k === 0 || k === n) {
      expect(Math.abs(one! - cosines)).toBeLessThan(near);
      expect(other).toBe(0);
    } else {
      expect(Math.abs(one! - cosines - sines)).toBeLessThan(near);
      expect(Math.abs(other! - cosines + sines)).toBeLessThan(near);
    }
  }
  functions.inverseWaves(layout.z, n, layout.twiddles, layout.phaseFactors);
  for (let node = 0; node <= n; node++) {
    const end = node === 0 || node === n;
    expect(Math.abs(singles[at(node)]! / (4 * n) - (end ? 0 : x[node]!))).toBeLessThan(1e-6);
    expect(Math.abs(singles[at(node) + lanes]! / (4 * n) - (end ? 2 : 1) * y[node]!)).toBeLessThan(2e-6);
  }
});

test.each([
  [4, 1e-6],
  [32, 4e-5],
  [128, 1e-4],
  [512, 1e-3],
])('the stiffness of the homogeneous cell undoes the preconditioner, %i elements', (n, near) => {
  const { layout, functions, singles, buffer } = setUp(n);
  const rng = createRng(n);
  const node = (vector: number, row: number, column: number) => (vector + row * layout.rowBytes + column * recordBytes) / 4;
  // Rough forces in lane 0; a pull on the top edge, so the longest waves, in lane 3.
  for (let row = 0; row <= n; row++) {
    for (let column = 0; column <= n; column++) {
      const at = node(layout.r, row, column);
      if (column > 0 && column < n) singles[at] = rng.between(-1, 1);
      if (row > 0) singles[at + lanes] = rng.between(-1, 1);
      if (row === n) singles[at + lanes + 3] = column === 0 || column === n ? 0.5 : 1;
    }
  }
  const { r, z, u, p, rowBytes, factors, twiddles, phaseFactors, pairs, couplings, pivots, products } = layout;
  functions.forwardSweep(r, z, n, rowBytes, factors, twiddles, phaseFactors, pairs, couplings, pivots, products);
  const doubles = Array.from(new Float64Array(buffer, products, 2 * lanes));
  functions.backwardSweep(u, p, z, n, rowBytes, factors, twiddles, phaseFactors, pairs, couplings, pivots, layout.both, layout.singleStiffnesses, layout.scratch, products);
  const curvature = Array.from(new Float64Array(buffer, products, lanes));
  let [straight, crossed, difference, size] = [0, 0, 0, 0];
  for (let row = 0; row <= n; row++) {
    for (let column = 0; column <= n; column++) {
      for (const component of [0, lanes]) {
        const fixed = component === 0 ? column === 0 || column === n : row === 0;
        const [force, back] = [singles[node(r, row, column) + component]!, singles[node(z, row, column) + component]!];
        const moved = singles[node(p, row, column) + component]!;
        straight += force * moved;
        crossed += singles[node(r, row, column) + component + 3]! * singles[node(p, row, column) + component + 3]!;
        if (fixed) expect(moved).toBe(0);
        else difference = Math.max(difference, Math.abs(back - force));
        size = Math.max(size, Math.abs(force));
      }
    }
  }
  expect(difference / size).toBeLessThan(near);
  // Between the transforms the kernel sums up r · M⁻¹ r, which is also p · K p here.
  expect(Math.abs(doubles[0]! / straight - 1)).toBeLessThan(1e-5);
  expect(Math.abs(doubles[3]! / crossed - 1)).toBeLessThan(1e-5);
  expect(Math.abs(curvature[0]! / straight - 1)).toBeLessThan(1e-5);
  // Lanes without forces have none.
  expect([doubles[1], doubles[2], curvature[1], curvature[2]]).toEqual([0, 0, 0, 0]);
  // Lane 3 with its neighbor, lane 2.
  expect(doubles.slice(lanes)).toEqual([0, 0, 0, 0]);
  // A pull on a homogeneous cell between two rollers: uniform strain.
  const pulled = 1 / (4 * stiffness.own);
  expect(singles[node(p, n, n / 2) + lanes + 3]! / (pulled * n)).toBeCloseTo(1, 4);
});
