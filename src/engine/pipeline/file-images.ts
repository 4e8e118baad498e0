/* The images of a database of files as the stage *generate* stores them: their pixels, and where in which picture each comes from. */
import { artifactAs, type Artifact } from '#engine/core/artifact';
import type { ImageSet } from '#engine/micrograph/image-set';

/** What the files of a database gave. Entry i of each array belongs to image i. */
export interface FileImages {
  readonly set: Pick<ImageSet, 'images' | 'sources' | 'x' | 'y' | 'edges' | 'fractions' | 'groups'>;
  /** The pictures as findings call them, by their numbers. */
  readonly names: readonly string[];
}

/** Where the images of files come from, as in `ImageSet`. */
export interface ImageSources extends Pick<ImageSet, 'x' | 'y' | 'edges' | 'groups'> {
  readonly pictures: Int32Array;
  readonly names: readonly string[];
}

/** All of them but the pixels; goes next to what every database has. */
export function encodeSources({ set: { sources, x, y, edges, groups }, names }: FileImages): Artifact {
  return { header: { names }, arrays: { pictures: sources, x, y, edges, groups } };
}

/** The sources in an artifact; undefined in one of random images. */
export function decodeSources(artifact: Artifact): ImageSources | undefined {
  if (artifact.arrays['pictures'] === undefined) return undefined;
  const { header: { names }, arrays: { pictures, x, y, edges, groups } } = artifactAs<Pick<ImageSources, 'names'>, Omit<ImageSources, 'names'>>(artifact);
  return { names, pictures, x, y, edges, groups };
}
