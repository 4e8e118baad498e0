/* Pictures of any file that is read, known by its first bytes, whatever the ending of its name says. */
import { failure, success, type Result } from '#domain/finding';
import { openArrays } from './arrays/open-arrays';
import { pictureUnsupported } from './picture-findings';
import type { PictureSource, ReadPicture } from './picture-source';
import { openIfRaster, openRaster } from './raster/open-raster';

/**
 * Opens the pictures of a file: PNG, TIFF, PBM, PGM, PPM, JPEG, NPY, NPZ, HDF5 or Parquet. `dataset` is the array or the
 * column of a file that has several, as in "set.npz:images"; `name` is the file, with the dataset, as findings call it.
 * Follows symbolic links: the caller decides which paths may be opened and where their links may lead.
 * Findings: those of `openRaster` and `openArrays`, and `dataset-not-found` for a dataset of a file of pictures.
 */
export async function openPictures(path: string, dataset: string | undefined, name: string): Promise<Result<PictureSource>> {
  const raster = await openIfRaster(path, name);
  if (!raster.ok) return raster;
  if (!raster.value) return openArrays(path, dataset, name, decodePicture);
  if (dataset === undefined) return success(raster.value);
  await raster.value.close();
  return failure('dataset-not-found', `${name} is a file of pictures and has no datasets.`, `Leave out the colon and "${dataset}".`);
}

/** The picture of an image file that lies in a table. */
async function decodePicture(bytes: Uint8Array, name: string): Promise<Result<ReadPicture>> {
  const opened = await openRaster(bytes, name);
  if (!opened.ok) return opened;
  const { count } = opened.value;
  return count === 1 ? opened.value.read(0) : pictureUnsupported(name, `it is a TIFF file of ${count} pages`, 'Save each page as a row of its own.');
}
