/* The images of a database of files before a run has read them. */
import type { Finding } from '#domain/finding';
import type { Interval } from '#domain/intervals';
import type { PackedImages } from '../packed';

/** How many images at most; at most `mostFileImages`. */
export interface FileImagesQuery {
  readonly count: number;
}

export const mostFileImages = 256;

/** The first images of the files that the specification names now; nothing of a database of random images. */
export interface FileImagesView {
  readonly preview?: FileImagesPreview;
}

export interface FileImagesPreview {
  /** Number of files, or of datasets of files. */
  readonly files: number;
  /** The different sizes in pixels of the pictures that were read. */
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  /** Absent where a finding is an error. */
  readonly first?: FileImagesRead & {
    readonly images: PackedImages;
    /** The white volume fraction of each. */
    readonly fractions: readonly number[];
  };
  /** Of all images, where an earlier run has read the same files, and where there are no more than `first`. */
  readonly all?: FileImagesRead;
  /** Of the files that were read; of all of them where `all` is present. */
  readonly findings: readonly Finding[];
}

export interface FileImagesRead {
  readonly count: number;
  /** The least and the largest white volume fraction. */
  readonly fraction: Interval;
  /** Whether the images repeat. */
  readonly periodic: boolean;
}
