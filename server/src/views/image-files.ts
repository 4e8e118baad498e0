/* The files of databases before a run: their first images, their datasets, and what is wrong with them. */
import { extname } from 'node:path';
import type { ImagesRead } from '#domain/image-files';
import { Cancelled, gatherImages } from '#engine/api';
import type { FilePath } from '#language/specification/specification';
import type { FileImagesPreview, FileImagesRead } from '#protocol/views/image-file-views';
import { checkFiles } from '#runner/case-files';
import { createImageLibrary } from '#runner/images/image-library';
import { previewImages } from '#runner/images/preview-images';
import { recallUnchanged } from '#runner/images/recall-images';
import { datasetsOf } from '#runner/pictures/arrays/open-arrays';
import { columnsOf } from '#runner/pictures/arrays/read-columns';
import { machineFiles } from '#runner/weights/pretrained-file';
import type { ViewsRequest, ViewsResponse } from './views-process';
import { wireImages } from './wire';

/** Milliseconds that files are read for a request. */
const limitMs = 5000;

/** The first images of a database; with a finding where reading them takes too long. */
export async function fileImages({ folder, database, count }: ViewsRequest<'fileImages'>): Promise<FileImagesPreview> {
  try {
    const { files, sizes, first, read, findings } = await previewImages(database, count, folder, deadline(limitMs));
    if (!first) return { files, sizes, findings };
    const { set: { images, fractions } } = first.images;
    // Fewer than were asked for are all that there are.
    const all = read ?? (first.read.count < count ? first.read : undefined);
    const shown = Array.from({ length: Math.min(count, images.count) }, (_, i) => i);
    return {
      files,
      sizes,
      first: { ...wireRead(first.read), images: wireImages(gatherImages(images, shown)), fractions: shown.map((i) => fractions[i]!) },
      ...(all && { all: wireRead(all) }),
      findings,
    };
  } catch (error) {
    if (error instanceof Cancelled) return { files: 0, sizes: [], findings: [{ code: 'images-not-checked', severity: 'information', message: `The first images could not be read within ${limitMs / 1000} s.`, remedy: 'Run the case, which reads all files.' }] };
    throw error;
  }
}

function wireRead({ count, fraction, periodic }: ImagesRead): FileImagesRead {
  return { count, fraction, periodic };
}

/** The datasets of a file, or the columns of a table; none where it cannot be read. */
export async function datasets({ path, isTable }: ViewsRequest<'datasets'>): Promise<ViewsResponse<'datasets'>> {
  const isText = isTable && /^\.(csv|tsv|txt)$/i.test(extname(path));
  const found = await (isText ? columnsOf(path, path) : datasetsOf(path, path));
  return found.ok ? found.value : [];
}

/**
 * What `xdesign check` finds in the files that these cases name. Where reading the images takes too long, the findings of the first ones
 * and one finding that says so.
 */
export async function checkedFiles({ folder, cases }: ViewsRequest<'checkFiles'>): Promise<ViewsResponse<'checkFiles'>> {
  const end = deadline(limitMs);
  const read = createImageLibrary({ signal: end });
  return checkFiles(cases, machineFiles(), {
    ...read,
    async prepare(database) {
      const before = recallUnchanged(database, folder);
      const [{ place }] = database.images as readonly [FilePath];
      if (before) return before.findings.map((finding) => ({ ...finding, place }));
      try {
        return await read.prepare(database);
      } catch (error) {
        if (!(error instanceof Cancelled)) throw error;
        const { findings } = await previewImages(database, firstChecked, folder, { aborted: false });
        return [...findings.filter(({ severity }) => severity !== 'information'), { ...notChecked, place }];
      }
    },
    readOf: (database) => recallUnchanged(database, folder)?.read ?? read.readOf(database),
  });
}

/** Images that are checked where there is no time for all. */
const firstChecked = 32;

const notChecked = {
  code: 'images-not-checked',
  severity: 'information',
  message: `Only the first images were checked: reading all takes more than ${limitMs / 1000} s.`,
  remedy: 'Run the case or `xdesign check`, which read all files.',
} as const;

/** Aborted after so many milliseconds. */
function deadline(milliseconds: number): Pick<AbortSignal, 'aborted'> {
  const end = performance.now() + milliseconds;
  return {
    get aborted() {
      return performance.now() > end;
    },
  };
}
