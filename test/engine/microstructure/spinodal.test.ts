import { describe, expect, test } from 'vitest';
import type { SpinodalSettings } from '#domain/microstructures';
import { createRng } from '#engine/core/rng';
import { cutField } from '#engine/microstructure/cut-field';
import { latticeDensity, powerSpectrum, type SpectralDensity } from '#engine/microstructure/spectral-density';
import { generateSpinodal } from '#engine/microstructure/spinodal';
import { createFftPlan, fft2d } from '#engine/numerics/fft';

const n = 64;
const fraction = 0.4;
const white = Math.round(fraction * n * n);
const ring: SpectralDensity = { kind: 'ring', wavenumber: 7, bandwidth: 0.1, orientation: 0 };
const settings = (synthesis: 'noise' | 'waves'): SpinodalSettings => ({
  density: 'ring',
  wavenumber: { lower: 7, upper: 7 },
  bandwidth: { lower: 0.1, upper: 0.1 },
  synthesis,
  waves: 400,
});

function fieldOf(synthesis: 'noise' | 'waves', index: number) {
  const result = generateSpinodal(createRng(1).fork(`${synthesis}/${index}`), settings(synthesis), n);
  if (!result.ok) throw new Error(result.findings[0]!.message);
  return result.value.field;
}

/** Mean over shells k − ½ ≤ |k| < k + ½ of a spectrum over the raster of wave vectors. */
function shells(spectrum: Float64Array): Float64Array {
  const sums = new Float64Array(n / 2);
  for (let p = 0; p < n * n; p++) {
    const [kx, ky] = [(p % n) - (p % n < n / 2 ? 0 : n), Math.floor(p / n) - (p < (n * n) / 2 ? 0 : n)];
    const shell = Math.round(Math.hypot(kx, ky));
    if (shell < n / 2) sums[shell]! += spectrum[p]!;
  }
  return sums;
}

/** The target density on the raster of wave vectors. */
function target(): Float64Array {
  const { reach, weights } = latticeDensity(ring, n);
  const spectrum = new Float64Array(n * n);
  for (let ky = -reach; ky <= reach; ky++) {
    for (let kx = -reach; kx <= reach; kx++) {
      spectrum[(ky & (n - 1)) * n + (kx & (n - 1))] = weights[(ky + reach) * (2 * reach + 1) + kx + reach]!;
    }
  }
  return spectrum;
}

/**
 * Spectral density of a Gaussian field with the target density, cut at the fraction: the covariance of
 * the cut field is (1/2π) ∫₀^g exp(−t²/(1 + u)) / √(1 − u²) du with g the field's correlation and t the
 * quantile (Berk 1991), and the density is its transform.
 */
function targetOfCutField(): Float64Array {
  const quantile = 0.2533471031357997; // P(Y > t) = 0.4
  const steps = 20_000;
  const table = new Float64Array(2 * steps + 1);
  // u = sin v takes the root out of the integrand.
  const integrand = (v: number) => Math.exp((-quantile * quantile) / (1 + Math.sin(v))) / (2 * Math.PI);
  const step = Math.PI / 2 / steps;
  for (let j = 1; j <= steps; j++) {
    table[steps + j] = table[steps + j - 1]! + step * integrand((j - 0.5) * step);
    table[steps - j] = table[steps - j + 1]! - step * integrand(-(j - 0.5) * step);
  }
  const [real, imaginary] = [target(), new Float64Array(n * n)];
  const plan = createFftPlan(n);
  fft2d(plan, 'inverse', real, imaginary);
  for (let p = 0; p < n * n; p++) {
    const v = Math.asin(Math.min(1, Math.max(-1, real[p]!)));
    real[p] = table[steps + Math.round(v / step)]!;
    imaginary[p] = 0;
  }
  fft2d(plan, 'forward', real, imaginary);
  return real.map((value) => value / (n * n));
}

describe.each(['noise', 'waves'] as const)('%s', (synthesis) => {
  const images = 250;

  test('fields have the target density and unit variance', () => {
    const mean = new Float64Array(n * n);
    const plan = createFftPlan(n);
    for (let i = 0; i < images; i++) {
      const real = fieldOf(synthesis, i).data.slice();
      const imaginary = new Float64Array(n * n);
      fft2d(plan, 'forward', real, imaginary);
      for (let p = 0; p < n * n; p++) mean[p]! += (real[p]! ** 2 + imaginary[p]! ** 2) / n ** 4 / images;
    }
    const [measured, expected] = [shells(mean), shells(target())];
    expect(measured.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 1);
    for (let k = 0; k < n / 2; k++) expect(Math.abs(measured[k]! - expected[k]!)).toBeLessThan(0.02);
  });

  test('cut images have the density that theory gives for the target ring', () => {
    const mean = new Float64Array(n * n);
    for (let i = 0; i < images; i++) {
      const power = powerSpectrum(cutField(fieldOf(synthesis, i), white).image);
      for (let p = 0; p < n * n; p++) mean[p]! += power[p]! / images;
    }
    const [measured, expected] = [shells(mean), shells(targetOfCutField())];
    const variance = fraction * (1 - fraction);
    for (let k = 0; k < n / 2; k++) expect(Math.abs(measured[k]! - expected[k]!)).toBeLessThan(0.02 * variance);
    const peak = measured.indexOf(Math.max(...measured));
    expect(peak).toBe(7);
    // Most of the power lies in the ring itself.
    const inRing = (measured[6]! + measured[7]! + measured[8]!) / variance;
    expect(inRing).toBeGreaterThan(0.6);
  });
});

test('waves too fine for the pixels are a finding', () => {
  const fine = { ...settings('noise'), wavenumber: { lower: 30, upper: 30 } };
  expect(generateSpinodal(createRng(1), fine, 32)).toMatchObject({ ok: false, findings: [{ code: 'wavenumber-too-high' }] });
});
