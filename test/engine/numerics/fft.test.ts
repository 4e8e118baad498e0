import { describe, expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { createFftPlan, fft2d, fftLine, type FftDirection } from '#engine/numerics/fft';

const noise = (length: number, label: string): Float64Array => {
  const rng = createRng(1).fork(label);
  return Float64Array.from({ length }, () => rng.normal());
};

describe.each<FftDirection>(['forward', 'inverse'])('%s', (direction) => {
  const sign = direction === 'forward' ? -1 : 1;

  test.each([2, 4, 32])('a line of %d is the sum of its definition', (n) => {
    const [x, y] = [noise(n, 'x'), noise(n, 'y')];
    const [real, imaginary] = [x.slice(), y.slice()];
    fftLine(createFftPlan(n), direction, real, imaginary);
    for (let k = 0; k < n; k++) {
      let [re, im] = [0, 0];
      for (let j = 0; j < n; j++) {
        const angle = (sign * 2 * Math.PI * j * k) / n;
        re += x[j]! * Math.cos(angle) - y[j]! * Math.sin(angle);
        im += x[j]! * Math.sin(angle) + y[j]! * Math.cos(angle);
      }
      expect(real[k]).toBeCloseTo(re, 11);
      expect(imaginary[k]).toBeCloseTo(im, 11);
    }
  });

  test('a single wave of a raster is one cosine, rows down', () => {
    const n = 8;
    const [real, imaginary] = [new Float64Array(n * n), new Float64Array(n * n)];
    real[2 * n + 3] = 1;
    fft2d(createFftPlan(n), direction, real, imaginary);
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < n; column++) {
        const angle = (sign * 2 * Math.PI * (2 * row + 3 * column)) / n;
        expect(real[row * n + column]).toBeCloseTo(Math.cos(angle), 13);
        expect(imaginary[row * n + column]).toBeCloseTo(Math.sin(angle), 13);
      }
    }
  });
});

test('forward and inverse give the raster back, times its size', () => {
  const n = 64;
  const plan = createFftPlan(n);
  const [x, y] = [noise(n * n, 'x'), noise(n * n, 'y')];
  const [real, imaginary] = [x.slice(), y.slice()];
  fft2d(plan, 'forward', real, imaginary);
  fft2d(plan, 'inverse', real, imaginary);
  for (let p = 0; p < n * n; p++) {
    expect(Math.abs(real[p]! / (n * n) - x[p]!)).toBeLessThan(1e-13);
    expect(Math.abs(imaginary[p]! / (n * n) - y[p]!)).toBeLessThan(1e-13);
  }
});

test('a length that is no power of two is a bug', () => {
  expect(() => createFftPlan(12)).toThrow('not a power of two');
});
