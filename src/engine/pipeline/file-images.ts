/* The images of a database of files as the stage *generate* stores them: their pixels, and where in which picture each comes from. */
import type { Directional, Property } from '#domain/objective';
import { artifactAs, type Artifact, type ArtifactArray } from '#engine/core/artifact';
import type { ImageSet } from '#engine/micrograph/image-set';

/** What the files of a database gave. Entry i of each array belongs to image i. */
export interface FileImages {
  readonly set: Pick<ImageSet, 'images' | 'sources' | 'x' | 'y' | 'edges' | 'fractions' | 'groups'>;
  /** The pictures as findings call them, by their numbers. */
  readonly names: readonly string[];
  /** Properties that came with the pictures. */
  readonly labels?: LabelColumns;
}

/** Properties of images that were measured or computed elsewhere, SI; entry i belongs to image i, NaN where it has none. */
export type LabelColumns = Readonly<Partial<Record<Property, { readonly x: Float64Array; readonly y: Float64Array }>>>;

/** Where the images of files come from, as in `ImageSet`. */
export interface ImageSources extends Pick<ImageSet, 'x' | 'y' | 'edges' | 'groups'> {
  readonly pictures: Int32Array;
  readonly names: readonly string[];
}

/** All of them but the pixels; goes next to what every database has. */
export function encodeSources({ set: { sources, x, y, edges, groups }, names, labels }: FileImages): Artifact {
  return { header: { names }, arrays: { pictures: sources, x, y, edges, groups, ...encodeLabels(labels) } };
}

/** The sources in an artifact; undefined in one of random images. */
export function decodeSources(artifact: Artifact): ImageSources | undefined {
  if (artifact.arrays['pictures'] === undefined) return undefined;
  const { header: { names }, arrays: { pictures, x, y, edges, groups } } = artifactAs<Pick<ImageSources, 'names'>, Omit<ImageSources, 'names'>>(artifact);
  return { names, pictures, x, y, edges, groups };
}

const prefix = 'label ';

function encodeLabels(labels: LabelColumns = {}): Record<string, ArtifactArray> {
  return Object.fromEntries(Object.entries(labels).flatMap(([property, { x, y }]) => [[`${prefix}${property} x`, x], [`${prefix}${property} y`, y]]));
}

/** The labels in an artifact; undefined in one without any. */
export function decodeLabels({ arrays }: Artifact): LabelColumns | undefined {
  const names = Object.keys(arrays).filter((name) => name.startsWith(prefix) && name.endsWith(' x'));
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => {
    const property = name.slice(prefix.length, -' x'.length);
    return [property, { x: arrays[name] as Float64Array, y: arrays[`${prefix}${property} y`] as Float64Array }];
  }));
}

/** The labels of one image in both directions; undefined where one of them is missing. */
export function labelsOfImage(labels: LabelColumns, image: number): Readonly<Partial<Record<Property, Directional>>> | undefined {
  const found = Object.entries(labels).map(([property, { x, y }]) => [property, { x: x[image]!, y: y[image]! }] as const);
  return found.every(([, { x, y }]) => Number.isFinite(x) && Number.isFinite(y)) ? Object.fromEntries(found) : undefined;
}
