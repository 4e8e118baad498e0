/* All images of a database, as points and as images. */
import type { PackedColumn, PackedImages } from '../packed';
import type { ArmView, LimitView, ObjectiveView } from '../result';

/** Every image and every design; what is not available yet is absent. Its query is empty. */
export interface ScatterView {
  readonly objective: ObjectiveView;
  readonly images: PointColumns;
  /** Codes, indices of `families`. */
  readonly families: PackedColumn<'u8'>;
  /** 1 for an exceptional image, else 0; absent until they are selected. */
  readonly outliers?: PackedColumn<'u8'>;
  /** The best image. */
  readonly best: number;
  /** The designs of each arm in the order of their ranks; empty until all are tested. */
  readonly arms: readonly ArmPoints[];
  readonly limits: readonly LimitView[];
}

/** The designs of one arm. */
export interface ArmPoints extends Pick<ArmView, 'name' | 'role' | 'look'> {
  readonly points: PointColumns;
  /** The names of the designs, where they were made of PNG files. */
  readonly names?: readonly string[];
}

/** Entry i of each is point i: the objective's property along x and y, SI, and the white volume fraction. */
export interface PointColumns {
  readonly x: PackedColumn<'f32'>;
  readonly y: PackedColumn<'f32'>;
  readonly volumeFraction: PackedColumn<'f32'>;
}

/** The images by their indices, at most `largestPage`. */
export interface DatabaseQuery {
  readonly indices: readonly number[];
}

export const largestPage = 1000;

export interface DatabaseView {
  /** Images in the whole database. */
  readonly count: number;
  /** In the order of the query; indices that the database does not have are left out. */
  readonly indices: readonly number[];
  readonly images: PackedImages;
  readonly families: PackedColumn<'u8'>;
  readonly volumeFraction: PackedColumn<'f32'>;
  /** The objective's property; absent until the images are tested. */
  readonly measured?: { readonly x: PackedColumn<'f32'>; readonly y: PackedColumn<'f32'> };
}
