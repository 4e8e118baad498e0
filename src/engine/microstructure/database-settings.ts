import type { Interval } from '#engine/core/interval';
import type { Family } from './family';

/** Whether shapes may be drawn over each other. */
export type Overlap = 'allowed' | 'avoided';

/** Ellipses drawn one after another. Lengths are shares of the image's edge, angles radians. */
export interface ParticleSettings {
  /** Radius of the circle of equal area. */
  readonly radius: Interval;
  /** Long over short axis, ≥ 1. */
  readonly aspect: Interval;
  readonly orientation: Interval;
  readonly overlap: Overlap;
}

/** Straight fibers with round ends. Lengths are shares of the image's edge, angles radians. */
export interface FiberSettings {
  readonly length: Interval;
  readonly width: Interval;
  readonly orientation: Interval;
  readonly overlap: Overlap;
}

/** Periodic Voronoi tessellation: walls white (`network`), cells white (`porous`), or each by chance. */
export interface CellSettings {
  readonly kind: 'network' | 'porous' | 'mixed';
  /** Number of Voronoi cells in the image. */
  readonly count: Interval;
}

/** Shape of the spectral density ρ(k) of a Gaussian field. */
export type SpectralDensityKind = 'ring' | 'disc' | 'band' | 'anisotropic';

/** A Gaussian random field cut at the quantile that gives the fraction. */
export interface SpinodalSettings {
  /** `mixed` draws one of the four for each image. */
  readonly density: SpectralDensityKind | 'mixed';
  /** Mean wavenumber in periods per edge. */
  readonly wavenumber: Interval;
  /** Relative width of the density around the mean wavenumber. */
  readonly bandwidth: Interval;
  /** Filtered noise by FFT, or Berk's sum of waves. */
  readonly synthesis: 'noise' | 'waves';
  /** Number of waves of `waves`. */
  readonly waves: number;
}

/** Everything that fixes a database of random microstructures. */
export interface DatabaseSettings {
  /** Number of images. */
  readonly size: number;
  /** Pixels along an edge, a power of two ≥ 32. */
  readonly resolution: number;
  /** Window of the white volume fraction; each image draws its own target from it. */
  readonly fraction: Interval;
  readonly seed: number;
  /** Shares of the families, summing to 1. */
  readonly shares: Readonly<Record<Family, number>>;
  readonly particles: ParticleSettings;
  readonly fibers: FiberSettings;
  readonly cells: CellSettings;
  readonly spinodal: SpinodalSettings;
}
