/* The families of random microstructures, what fixes a database of them, and which waves fit into an image. */
import type { FileDatabase } from './image-files';
import type { Interval } from './intervals';

/** The four families, in the order of their codes 0 … 3. */
export const families = ['particles', 'fibers', 'cells', 'spinodal'] as const;
export type Family = (typeof families)[number];

/** What an image of a database may be: of a family, or, with the code 4, from a file. */
export const imageKinds = [...families, 'files'] as const;
export type ImageKind = (typeof imageKinds)[number];

/** Whether shapes may overlap. */
export const overlaps = ['allowed', 'avoided'] as const;
export type Overlap = (typeof overlaps)[number];

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

export const cellKinds = ['network', 'porous', 'mixed'] as const;

/** Periodic Voronoi tessellation: walls white (`network`), cells white (`porous`), or either at random. */
export interface CellSettings {
  readonly kind: (typeof cellKinds)[number];
  /** Number of Voronoi cells in the image. */
  readonly count: Interval;
}

/** Shape of the spectral density ρ(k) of a Gaussian field. */
export const spectralDensities = ['ring', 'disc', 'band', 'anisotropic'] as const;
export type SpectralDensityKind = (typeof spectralDensities)[number];

export const syntheses = ['noise', 'waves'] as const;

/** A Gaussian random field cut at the quantile that gives the fraction. */
export interface SpinodalSettings {
  /** `mixed` draws one of the four for each image. */
  readonly density: SpectralDensityKind | 'mixed';
  /** Mean wavenumber in periods per edge. */
  readonly wavenumber: Interval;
  /** Relative width of the density around the mean wavenumber. */
  readonly bandwidth: Interval;
  /** Filtered noise by FFT, or Berk's sum of waves. */
  readonly synthesis: (typeof syntheses)[number];
  /** Number of waves of `waves`. */
  readonly waves: number;
}

/** Everything that fixes the images of a case. `NamedFile` as in `DesignCase`. */
export type DatabaseSettings<NamedFile = unknown> = RandomDatabase | FileDatabase<NamedFile>;

/** Everything that fixes a database of random microstructures. */
export interface RandomDatabase {
  /** Only a database of files has a kind, so that random databases keep the keys of their stages. */
  readonly kind?: never;
  /** Number of images. */
  readonly size: number;
  /** Pixels along an edge, a power of two ≥ 32. */
  readonly resolution: number;
  /** Range of the white volume fraction; the target of each image is drawn from it. */
  readonly fraction: Interval;
  readonly seed: number;
  /** Shares of the families, summing to 1. */
  readonly shares: Readonly<Record<Family, number>>;
  readonly particles: ParticleSettings;
  readonly fibers: FiberSettings;
  readonly cells: CellSettings;
  readonly spinodal: SpinodalSettings;
}

/** Half-width of a density in periods per edge; the lattice of an image cannot resolve widths below a quarter of a period. */
export function densityWidth(wavenumber: number, bandwidth: number): number {
  return Math.max(bandwidth * wavenumber, 0.25);
}

/** The largest wavenumber of a density with a share worth generating, in periods per edge. */
export function largestWavenumber(kind: SpectralDensityKind, wavenumber: number, bandwidth: number): number {
  const width = densityWidth(wavenumber, bandwidth);
  switch (kind) {
    case 'ring':
      return wavenumber + width;
    case 'disc':
      return 1.5 * wavenumber + width;
    default:
      return wavenumber + 3.5 * width;
  }
}

/** The largest wavenumber of all images of a family; a period takes two pixels at least. */
export function largestWavenumberOf({ density, wavenumber, bandwidth }: Pick<SpinodalSettings, 'density' | 'wavenumber' | 'bandwidth'>): number {
  const kinds = density === 'mixed' ? spectralDensities : [density];
  return Math.max(...kinds.map((kind) => largestWavenumber(kind, wavenumber.upper, bandwidth.upper)));
}
