import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openPictures } from '#runner/pictures/open-pictures';
import { rasterGolden } from '#test/support/raster-goldens';
import { temporaryFolder } from '#test/support/temporary-folder';

const arrays = (name: string): string => fileURLToPath(new URL(`../../golden/arrays/${name}`, import.meta.url));

function write(name: string, bytes: Uint8Array | string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

/** Number and sizes of the pictures of a file, or its findings. */
async function say(path: string, dataset?: string): Promise<string> {
  const opened = await openPictures(path, dataset, '"a"');
  if (!opened.ok) return opened.findings.map(({ code, message }) => `${code} ${message}`).join();
  const { count } = opened.value;
  const { width, height } = await opened.value.sizeOf(0);
  const read = await opened.value.read(count - 1);
  await opened.value.close();
  return `${count} of ${width} × ${height}, ${read.ok ? 'read' : read.findings[0]!.message}`;
}

test('the content of a file says what reads it, whatever its name ends with', async () => {
  expect(await say(write('picture.npy', rasterGolden('PNG gray 8').bytes))).toBe('1 of 11 × 7, read');
  expect(await say(write('picture.png', rasterGolden('TIFF stack').bytes))).toBe('3 of 11 × 7, read');
  expect(await say(arrays('plain.npy'))).toBe('5 of 4 × 3, read');
  expect(await say(arrays('set.h5'), 'GRF/GRF')).toMatch(/read$/);
  expect(await say(write('text.tif', 'no picture'))).toBe('picture-unsupported "a" is not read: it does not begin like a PNG, TIFF, PBM, PGM, PPM, JPEG, NPY, NPZ, HDF5 or Parquet file.');
});

test('image files in a table are decoded', async () => {
  expect(await say(arrays('snappy.parquet'), 'png')).toMatch(/^5 of \d+ × \d+, read$/);
});

test('a file of pictures has no datasets', async () => {
  expect(await say(write('picture.png', rasterGolden('PNG gray 8').bytes), 'images')).toBe('dataset-not-found "a" is a file of pictures and has no datasets.');
});

test('a file that is missing or empty', async () => {
  expect(await say('none.png')).toBe('picture-unreadable "a" cannot be read: the file does not exist.');
  expect(await say(write('empty.png', ''))).toBe('picture-damaged "a" is damaged: it is empty.');
});
