/* A look at the images of a database before any run: the first ones, and what an earlier run found of all. */
import { hasErrors, type PlacedFinding } from '#domain/finding';
import type { FileDatabase, ImagesRead } from '#domain/image-files';
import type { FileImages } from '#engine/api';
import type { FilePath } from '#language/specification/specification';
import { listFiles } from './list-files';
import { recallUnchanged } from './recall-images';
import type { PictureSize } from './picture-size';
import { readImages } from './read-images';

export interface ImagesPreview {
  /** Number of files, or of datasets of files. */
  readonly files: number;
  /** The different sizes of the pictures that were read, in their order. */
  readonly sizes: readonly PictureSize[];
  /** The first images, and what is known of them alone; absent where a finding is an error. */
  readonly first?: { readonly images: FileImages; readonly read: ImagesRead };
  /** Of all images, where an earlier run has read the same files. */
  readonly read?: ImagesRead;
  /** Of the files that were read; of all files where `read` is present. */
  readonly findings: readonly PlacedFinding[];
}

/** Reads the files only until there are `count` images. Nothing is remembered. Stops with `Cancelled` when `signal` is aborted. */
export async function previewImages(database: FileDatabase<FilePath>, count: number, runFolder: string, signal: Pick<AbortSignal, 'aborted'>): Promise<ImagesPreview> {
  const { files, findings } = listFiles(database.images);
  if (hasErrors(findings)) return { files: files.length, sizes: [], findings };
  const sizes = new Map<string, PictureSize>();
  const size = Math.min(database.size ?? count, count);
  // Labels say nothing about the first images, and are read whole.
  const { labels: _labels, ...pictures } = database;
  const outcome = await readImages({ ...pictures, size }, files, {
    progress() {},
    onPicture: ({ width, height }) => void sizes.set(`${width} ${height}`, { width, height }),
    signal,
  });
  const before = recallUnchanged(database, runFolder);
  const [{ place }] = database.images as readonly [FilePath];
  return {
    files: files.length,
    sizes: [...sizes.values()],
    ...(outcome.images && outcome.read && { first: { images: outcome.images, read: outcome.read } }),
    ...(before && { read: before.read }),
    findings: before ? before.findings.map((finding) => ({ ...finding, place })) : [...findings, ...outcome.findings],
  };
}
