/* Databases whose images come from files: what a specification says of them, and what is known once they have been read. */
import type { Interval } from './intervals';
import type { Property } from './objective';
import type { VirtualTestKind } from './virtual-tests';

/**
 * Which pixels are white: those above or below a value or Otsu's threshold, those with one value, or the darker of two.
 * Values are in the units of the file.
 */
export type WhiteRule =
  | { readonly kind: 'above' | 'below'; readonly value: number | 'otsu' }
  | { readonly kind: 'is'; readonly value: number | 'darker' };

/** What becomes of a picture that is not as large as the images: its middle is cut out, it is cut into tiles, or it is resampled. */
export const fits = ['crop', 'tile', 'resample'] as const;
export type Fit = (typeof fits)[number];

/** Properties that come with the pictures, measured or computed elsewhere. */
export interface ImageLabels<NamedFile> {
  readonly table: NamedFile;
  /** The test that they come from. */
  readonly test: VirtualTestKind;
  /** The column with the names of the pictures; absent where row i belongs to picture i. */
  readonly names?: string;
  /** The columns along x and along y; `scale` turns their numbers into SI. */
  readonly columns: readonly { readonly property: Property; readonly x: string; readonly y: string; readonly scale: number }[];
}

/** What there is in the files of a database. */
export interface ImagesRead {
  /** Of all packed pixels, with the resolution, the sources, and whether the images repeat. */
  readonly sha256: string;
  /** Number of images. */
  readonly count: number;
  /** The least and the largest share of white. */
  readonly fraction: Interval;
  readonly periodic: boolean;
}

/** Everything that fixes a database of images from files. */
export interface FileDatabase<NamedFile = unknown> {
  readonly kind: 'files';
  /** At most so many images, the first ones; once they have been read, how many there are. */
  readonly size?: number;
  /** Pixels along an edge, a power of two ≥ 32. */
  readonly resolution: number;
  /** Images with other shares of white are left out; `anyFraction` where none are. Once read, the range of those that are left. */
  readonly fraction: Interval;
  /** Which tiles are drawn, and what else is random in a case. */
  readonly seed: number;
  /** Paths and patterns; once read one entry, whose SHA-256 is that of the images. */
  readonly images: readonly NamedFile[];
  /** Absent where the pictures have two values, of which the larger is white. */
  readonly white?: WhiteRule;
  /** Absent where another size is refused. */
  readonly fit?: Fit;
  /** Pixels from tile to tile. */
  readonly stride: number;
  /** At most so many tiles of a picture, drawn at random; absent where all are taken. */
  readonly tiles?: number;
  /** Components of fewer pixels take the other phase. */
  readonly speckles?: number;
  /** Whether the images repeat; absent before it is found out. */
  readonly periodic?: boolean;
  readonly labels?: ImageLabels<NamedFile>;
  /** Present between the reading of the files and the run. */
  readonly read?: ImagesRead;
}

/** The number of images of a database; 0 before files are read that say no number. There may be fewer in the files than are wanted. */
export function databaseSize({ size, read }: { readonly size?: number | undefined; readonly read?: Pick<ImagesRead, 'count'> }): number {
  return read?.count ?? size ?? 0;
}

/** The window of a database or a case that says none, as long as its images are not read: no file can contain it. */
export const anyFraction: Interval = { lower: 0, upper: 1 };

export function isAnyFraction({ lower, upper }: Interval): boolean {
  return lower === anyFraction.lower && upper === anyFraction.upper;
}

/** Whether the images of a database repeat, so that what crosses an edge goes on at the opposite one. Random images always do. */
export function isPeriodic(database: { readonly kind?: undefined } | Pick<FileDatabase, 'kind' | 'periodic'>): boolean {
  return database.kind !== 'files' || database.periodic === true;
}
