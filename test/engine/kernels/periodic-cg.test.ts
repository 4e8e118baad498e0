/* The kernel's line transforms against the transform of numerics/fft.ts, and the preconditioner against its definition. */
import { expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { frequencies, oppositePositions, twiddleTable } from '#engine/fem/iterative/fourier-tables';
import { layOutPeriodicCg } from '#engine/fem/iterative/kernel-layout';
import { inverseSymbol, symbolTable } from '#engine/fem/iterative/reference-medium';
import { createPeriodicCgKernel, recordBytes } from '#engine/kernels/conjugate-gradients';
import { createFftPlan, fft2d, fftLine } from '#engine/numerics/fft';

const lanes = 4;

function setUp(n: number) {
  const layout = layOutPeriodicCg(n);
  const { functions, buffer } = createPeriodicCgKernel(layout.bytes);
  const singles = new Float32Array(buffer);
  singles.set(twiddleTable(n), layout.twiddles / 4);
  new Int32Array(buffer).set(oppositePositions(n), layout.opposites / 4);
  return { layout, functions, singles, buffer };
}

/** Numbers in [−1, 1) that single precision holds. */
function noise(count: number, seed: number): Float64Array {
  const rng = createRng(seed);
  return Float64Array.from({ length: count }, () => Math.fround(rng.between(-1, 1)));
}

test.each([4, 8, 16, 32, 64, 128, 256, 512])('a line of %i transforms as by numerics/fft, and back', (n) => {
  const { layout, functions, singles } = setUp(n);
  const plan = createFftPlan(n);
  const line = layout.scratch / 4;
  const [real, imaginary] = [noise(lanes * n, 1), noise(lanes * n, 2)];
  const at = (j: number, lane: number) => line + (recordBytes / 4) * j + lane;
  for (let j = 0; j < n; j++) {
    for (let lane = 0; lane < lanes; lane++) {
      singles[at(j, lane)] = real[lane * n + j]!;
      singles[at(j, lane) + lanes] = imaginary[lane * n + j]!;
    }
  }
  functions.forwardLine(layout.scratch, n, layout.twiddles);
  const frequencyAt = frequencies(n);
  for (let lane = 0; lane < lanes; lane++) {
    const [re, im] = [real.slice(lane * n, lane * n + n), imaginary.slice(lane * n, lane * n + n)];
    fftLine(plan, 'forward', re, im);
    for (let j = 0; j < n; j++) {
      expect(Math.abs(singles[at(j, lane)]! - re[frequencyAt[j]!]!)).toBeLessThan(1e-6 * Math.sqrt(n));
      expect(Math.abs(singles[at(j, lane) + lanes]! - im[frequencyAt[j]!]!)).toBeLessThan(1e-6 * Math.sqrt(n));
    }
  }
  functions.inverseLine(layout.scratch, n, layout.twiddles);
  for (let j = 0; j < n; j++) {
    for (let lane = 0; lane < lanes; lane++) {
      expect(Math.abs(singles[at(j, lane)]! / n - real[lane * n + j]!)).toBeLessThan(1e-6);
      expect(Math.abs(singles[at(j, lane) + lanes]! / n - imaginary[lane * n + j]!)).toBeLessThan(1e-6);
    }
  }
});

test.each([8, 16, 32])('the preconditioner divides by the symbol at each of %i² frequencies', (n) => {
  const { layout, functions, singles, buffer } = setUp(n);
  const stiffness = { own: 0.4, cross: 0.1, shear: 0.15, hourglass: 0.2, thermal: 0 };
  singles.set(symbolTable(n, stiffness), layout.symbols / 4);
  const plan = createFftPlan(n);
  const [x, y] = [noise(n * n, 3), noise(n * n, 4)];
  const at = (vector: number, p: number) => (vector + Math.floor(p / n) * layout.rowBytes + (p % n) * recordBytes) / 4;
  const lane = 2;
  for (let p = 0; p < n * n; p++) {
    singles[at(layout.r, p) + lane] = x[p]!;
    singles[at(layout.r, p) + lane + lanes] = y[p]!;
  }
  const { rowBytes, twiddles, opposites, symbols, scratch, products } = layout;
  functions.transformRows(layout.r, layout.z, n, rowBytes, twiddles);
  functions.preconditionColumns(layout.z, n, rowBytes, twiddles, opposites, symbols, scratch, products);
  functions.transformRowsBack(layout.z, n, rowBytes, twiddles);

  const [xr, xi, yr, yi] = [x.slice(), new Float64Array(n * n), y.slice(), new Float64Array(n * n)];
  fft2d(plan, 'forward', xr, xi);
  fft2d(plan, 'forward', yr, yi);
  for (let p = 0; p < n * n; p++) {
    const [g11, g12, g22] = p === 0 ? [0, 0, 0] : inverseSymbol(stiffness, p % n, Math.floor(p / n), n);
    [xr[p], yr[p]] = [(g11 * xr[p]! + g12 * yr[p]!) / n ** 2, (g12 * xr[p]! + g22 * yr[p]!) / n ** 2];
    [xi[p], yi[p]] = [(g11 * xi[p]! + g12 * yi[p]!) / n ** 2, (g12 * xi[p]! + g22 * yi[p]!) / n ** 2];
  }
  fft2d(plan, 'inverse', xr, xi);
  fft2d(plan, 'inverse', yr, yi);
  let product = 0;
  const largest = Math.max(...xr.map(Math.abs), ...yr.map(Math.abs));
  for (let p = 0; p < n * n; p++) {
    product += x[p]! * xr[p]! + y[p]! * yr[p]!;
    expect(Math.abs(singles[at(layout.z, p) + lane]! - xr[p]!)).toBeLessThan(2e-6 * largest);
    expect(Math.abs(singles[at(layout.z, p) + lane + lanes]! - yr[p]!)).toBeLessThan(2e-6 * largest);
  }
  // Between the transforms the kernel sums up r · M⁻¹ r; lanes without forces have none.
  expect(Array.from(new Float64Array(buffer, products, lanes), (value) => value / product)).toEqual([0, 0, expect.closeTo(1, 5), 0]);
});
