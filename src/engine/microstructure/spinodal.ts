/*
 * Spinodal patterns: a periodic Gaussian random field, which is cut at the quantile of the volume fraction.
 *
 * `waves` is Berk's form Y(r) = sqrt(2/N) Σ cos(kᵢ·r + φᵢ) (Berk 1991, doi 10.1103/PhysRevA.44.5069;
 * Yu et al. 2017, J. Mech. Des. 139, 071401) with wave vectors drawn from ρ. Ours: they
 * are rounded to whole periods per edge, so that the field is periodic. One inverse FFT sums the waves on that lattice.
 * `noise` is the limit of infinitely many waves: independent complex normal amplitudes with variance ρ
 * (white noise filtered in Fourier space), by the same FFT.
 */
import { largestWavenumber, spectralDensities, type SpinodalSettings } from '#domain/microstructures';
import { failure, success, type Result } from '#domain/finding';
import type { Rng } from '#engine/core/rng';
import { imageOf } from '#engine/grid/image-2d';
import { createFftPlan, fft2d, type FftPlan } from '#engine/numerics/fft';
import type { FamilyField } from './cut-field';
import { drawWaveVector, latticeDensity, type SpectralDensity } from './spectral-density';

/** A Gaussian field of unit variance with a random spectral density. */
export function generateSpinodal(rng: Rng, settings: SpinodalSettings, resolution: number): Result<FamilyField> {
  const density: SpectralDensity = {
    kind: settings.density === 'mixed' ? spectralDensities[rng.integer(spectralDensities.length)]! : settings.density,
    wavenumber: rng.between(settings.wavenumber.lower, settings.wavenumber.upper),
    bandwidth: rng.between(settings.bandwidth.lower, settings.bandwidth.upper),
    orientation: rng.between(0, Math.PI),
  };
  const largest = largestWavenumber(density.kind, density.wavenumber, density.bandwidth);
  if (largest >= resolution / 2) {
    return failure(
      'wavenumber-too-high',
      `Waves of up to ${largest.toFixed(1)} periods per edge need more than ${resolution} pixels.`,
      'Lower the wavenumber or the bandwidth, or raise the resolution.',
    );
  }
  const spectrum = emptySpectrum(resolution);
  if (settings.synthesis === 'noise') addNoise(rng, density, spectrum);
  else addWaves(rng, density, settings.waves, spectrum);
  fft2d(spectrum.plan, 'inverse', spectrum.real, spectrum.imaginary);

  const { kind, wavenumber, bandwidth, orientation } = density;
  return success({
    field: imageOf('field', resolution, resolution, spectrum.real),
    drawn: { density: kind, wavenumber, bandwidth, ...(kind === 'anisotropic' ? { orientation } : {}) },
  });
}

/** Complex amplitudes a_k; the field is the real part of Σ a_k exp(i k·r). */
interface Spectrum {
  readonly plan: FftPlan;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

function emptySpectrum(n: number): Spectrum {
  return { plan: createFftPlan(n), real: new Float64Array(n * n), imaginary: new Float64Array(n * n) };
}

function addNoise(rng: Rng, density: SpectralDensity, spectrum: Spectrum): void {
  const n = spectrum.plan.length;
  const { reach, weights } = latticeDensity(density, n);
  const edge = 2 * reach + 1;
  // k and −k are the same real wave: amplitudes are drawn for half of the lattice, with the weight of both.
  for (let ky = 0; ky <= reach; ky++) {
    for (let kx = ky === 0 ? 1 : -reach; kx <= reach; kx++) {
      const weight = weights[(ky + reach) * edge + kx + reach]!;
      if (weight === 0) continue;
      const amplitude = Math.sqrt(2 * weight);
      addAmplitude(spectrum, kx, ky, amplitude * rng.normal(), amplitude * rng.normal());
    }
  }
}

function addWaves(rng: Rng, density: SpectralDensity, count: number, spectrum: Spectrum): void {
  const amplitude = Math.sqrt(2 / count);
  for (let i = 0; i < count; i++) {
    const { kx, ky } = drawWaveVector(rng, density);
    const phase = rng.between(0, 2 * Math.PI);
    const wholeX = Math.round(kx);
    const wholeY = Math.round(ky);
    // The constant wave only shifts the field, which does not change the cut.
    if (wholeX === 0 && wholeY === 0) continue;
    addAmplitude(spectrum, wholeX, wholeY, amplitude * Math.cos(phase), amplitude * Math.sin(phase));
  }
}

/** Rows count downwards and y upwards, so ky goes to row −ky. */
function addAmplitude(spectrum: Spectrum, kx: number, ky: number, real: number, imaginary: number): void {
  const n = spectrum.plan.length;
  const p = (-ky & (n - 1)) * n + (kx & (n - 1));
  spectrum.real[p]! += real;
  spectrum.imaginary[p]! += imaginary;
}
