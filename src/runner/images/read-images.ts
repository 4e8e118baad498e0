/* Reads the pictures of a database, one at a time, and makes its images. */
import { createHash } from 'node:crypto';
import type { FileDatabase, ImagesRead } from '#domain/image-files';
import { success, type Finding, type PlacedFinding, type Result } from '#domain/finding';
import { isInWindow } from '#domain/intervals';
import { Cancelled, joinImages, makeImages, type FileImages, type NamedImages, type Picture } from '#engine/api';
import type { FilePath } from '#language/specification/specification';
import { openPictures } from '#runner/pictures/open-pictures';
import type { PictureSource } from '#runner/pictures/picture-source';
import { labelsOfSquares } from './labels-of-squares';
import { checkUnchanged } from './list-files';
import type { ListedFile } from './listed-file';
import { madeKey, type MadePicture, type MadePictures } from './made-pictures';
import type { PictureSize } from './picture-size';
import { readLabels } from './read-labels';

export interface ReadingHooks {
  /** Called after each picture; `total` grows as files turn out to have several. */
  progress(done: number, total: number): void;
  /** Receives each picture that was read. */
  onPicture?(picture: Picture): void;
  /** Reading ends with `Cancelled` when it is aborted. */
  readonly signal: Pick<AbortSignal, 'aborted'>;
  /** Files that were read before are taken from it, and others added; absent where nothing is kept. */
  readonly made?: MadePictures;
}

/** What reading gave; without images where a finding is an error. */
export interface ReadingOutcome {
  readonly images?: FileImages;
  readonly read?: ImagesRead;
  readonly findings: readonly PlacedFinding[];
}

/** Errors of so many files are enough to see what is wrong. */
const mostErrors = 20;

/** Reads the files in their order, until the database has as many images as it wants. */
export async function readImages(database: FileDatabase<FilePath>, files: readonly ListedFile[], { progress, onPicture, signal, made }: ReadingHooks): Promise<ReadingOutcome> {
  const [{ place }] = database.images as readonly [FilePath];
  const placed = (findings: readonly Finding[]): PlacedFinding[] => findings.map((finding) => ({ ...finding, place }));
  const pictures: NamedImages[] = [];
  const names: string[] = [];
  const sizes: PictureSize[] = [];
  const warnings = new Map<string, Finding>();
  const errors: Finding[] = [];
  let usable = 0;
  let done = 0;
  let total = files.length;
  const isEnough = (): boolean => usable >= (database.size ?? Infinity) || errors.length >= mostErrors;

  const take = ({ name, part, images, warnings: own, ...size }: MadePicture, file: ListedFile): void => {
    for (const warning of own) if (!warnings.has(warning.code)) warnings.set(warning.code, warning);
    pictures.push({ name, images });
    sizes.push(size);
    names.push(part ?? file.written);
    usable += images.fractions.filter((fraction) => isInWindow(fraction, database.fraction)).length;
    progress(++done, total);
  };

  for (const file of files) {
    if (isEnough()) break;
    const key = madeKey(file, pictures.length, database);
    const known = made?.get(key);
    if (known) {
      total += known.length - 1;
      for (const picture of known) if (!isEnough()) take(picture, file);
      continue;
    }
    const opened = await openPictures(file.path, file.dataset, file.name);
    if (!opened.ok) {
      errors.push(...opened.findings);
      done++;
      continue;
    }
    total += opened.value.count - 1;
    const ofFile: MadePicture[] = [];
    try {
      for (let index = 0; index < opened.value.count && !isEnough(); index++) {
        if (signal.aborted) throw new Cancelled();
        const picture = await readPicture(opened.value, index, pictures.length, database, onPicture);
        if (picture.ok) {
          ofFile.push(picture.value);
          take(picture.value, file);
        } else {
          errors.push(...picture.findings);
          progress(++done, total);
        }
      }
    } finally {
      await opened.value.close();
    }
    const unchanged = checkUnchanged(file);
    if (!unchanged.ok) errors.push(...unchanged.findings);
    else if (ofFile.length === opened.value.count) made?.set(key, ofFile);
  }

  if (errors.length > 0) return { findings: placed([...errors, ...warnings.values()]) };
  const { size, periodic } = database;
  const joined = joinImages(pictures, { resolution: database.resolution, fraction: database.fraction, ...(size !== undefined && { size }), ...(periodic !== undefined && { periodic }) });
  if (!joined.ok) return { findings: placed([...joined.findings, ...warnings.values()]) };
  const ofSquares = labelsOfSquares(database, pictures, sizes);
  const labeled = database.labels && (await readLabels(database.labels, names, joined.value.sources));
  if (labeled && !labeled.ok) return { findings: labeled.findings.map((finding) => ({ ...finding, place: database.labels!.table.place })) };
  const images: FileImages = { set: joined.value, names: pictures.map(({ name }) => name), ...(labeled && { labels: labeled.value.labels }) };
  const { fractions } = joined.value;
  const fraction = fractions.reduce(({ lower, upper }, each) => ({ lower: Math.min(lower, each), upper: Math.max(upper, each) }), { lower: 1, upper: 0 });
  const read = { sha256: identityOf(images, joined.value.periodic), count: fractions.length, fraction, periodic: joined.value.periodic };
  return { images, read, findings: placed([...warnings.values(), ...joined.value.findings, ...(labeled?.value.warnings ?? [])]).concat(ofSquares) };
}

async function readPicture(source: PictureSource, index: number, number: number, database: FileDatabase<FilePath>, onPicture: ReadingHooks['onPicture']): Promise<Result<MadePicture>> {
  const name = source.nameOf(index);
  const read = await source.read(index);
  if (!read.ok) return read;
  const { picture, warnings } = read.value;
  onPicture?.(picture);
  const images = makeImages(picture, name, number, database);
  // The pictures of one file have no rows by its name.
  const part = source.datasetOf?.(index) ?? (source.count > 1 ? name.replaceAll('"', '') : undefined);
  return images.ok ? success({ name, ...(part !== undefined && { part }), images: images.value, warnings, width: picture.width, height: picture.height }) : images;
}

/** SHA-256 of what the stages take: the pixels, the edge, the number of the picture of each image, whether images repeat, and the labels. */
function identityOf({ set: { images, sources, groups }, labels }: FileImages, periodic: boolean): string {
  const numbers = (values: Int32Array | Float64Array): string => Array.from(values).join(',');
  return createHash('sha256')
    .update(JSON.stringify({ version: 1, resolution: images.resolution, count: images.count, periodic, sources: numbers(sources), groups: numbers(groups), ...(labels && { labels: Object.entries(labels).map(([property, { x, y }]) => [property, numbers(x), numbers(y)]) }) }))
    .update(images.packed)
    .digest('hex');
}
