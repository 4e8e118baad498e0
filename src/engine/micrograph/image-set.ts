/* The images of a database of pictures: what goes into a set of them, and what it is. */
import type { Finding } from '#domain/finding';
import type { Interval } from '#domain/intervals';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { PictureImages } from './make-images';
import type { Periodicity } from './periodicity';

/** What a picture gave, with the name that findings call it by. */
export interface NamedImages {
  readonly name: string;
  readonly images: PictureImages;
}

export interface ImageSetSettings {
  readonly resolution: number;
  /** Images with other shares of white are left out. */
  readonly fraction: Interval;
  /** At most so many images, the first ones. */
  readonly size?: number;
  /** Absent where it is found out. */
  readonly periodic?: boolean;
}

/** The images of a database. Entry i of each array belongs to image i. */
export interface ImageSet {
  readonly images: MicrostructureBatch;
  /** The number of the picture, an index of the pictures. */
  readonly sources: Int32Array;
  /** Where in the picture: as in `PictureImages`. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly edges: Int32Array;
  readonly fractions: Float64Array;
  /** Images that belong together when some are held out: those of one picture, and of pictures that share an equal image. The number of their first picture. */
  readonly groups: Int32Array;
  readonly periodic: boolean;
  readonly periodicity: Periodicity;
  readonly counts: ImageCounts;
  /** Warnings and information about the set. */
  readonly findings: readonly Finding[];
}

/** How many images there are, and how many are not there. */
export interface ImageCounts {
  readonly pictures: number;
  readonly images: number;
  readonly onePhase: number;
  readonly outsideWindow: number;
  readonly beyondSize: number;
  /** Images that are equal to one before them; they stay. */
  readonly twice: number;
}
