/* What Pillow, tifffile, libtiff and Netpbm write is read to the numbers that they were given. Files: test/golden/raster. */
import { expect, test } from 'vitest';
import { openRaster } from '#runner/pictures/raster/open-raster';
import { rasterGolden, rasterGoldens } from '#test/support/raster-goldens';

const goldens = rasterGoldens();

test.each(goldens.filter(({ pages, name }) => pages.length > 0 && !name.startsWith('JPEG')))('$name', async ({ bytes, pages }) => {
  const opened = await openRaster(bytes, 'file');
  if (!opened.ok) throw new Error(opened.findings[0]!.message);
  expect(opened.value.count).toBe(pages.length);
  for (const [index, { width, height, values }] of pages.entries()) {
    expect(await opened.value.sizeOf(index)).toEqual({ width, height });
    const read = await opened.value.read(index);
    if (!read.ok) throw new Error(read.findings[0]!.message);
    const { picture, warnings } = read.value;
    expect(warnings).toEqual([]);
    expect({ width: picture.width, height: picture.height }).toEqual({ width, height });
    expect(Array.from(picture.values, (value) => Number(value.toFixed(2)))).toEqual(values.map((value) => Number(Math.fround(value).toFixed(2))));
  }
});

test.each(goldens.filter(({ name }) => name.startsWith('JPEG')))('$name: gray values within 2 of those of libjpeg', async ({ bytes, pages }) => {
  const opened = await openRaster(bytes, 'file');
  const read = opened.ok ? await opened.value.read(0) : opened;
  if (!read.ok) throw new Error(read.findings[0]!.message);
  const { picture, warnings } = read.value;
  expect(warnings.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning jpeg-edges']);
  expect(picture.values.length).toBe(pages[0]!.values.length);
  const differences = pages[0]!.values.map((value, i) => Math.abs(value - picture.values[i]!));
  expect(Math.max(...differences)).toBeLessThanOrEqual(2);
});

test('a table of LZW that is full begins again', async () => {
  const opened = await openRaster(rasterGolden('TIFF LZW with a full table').bytes, 'file');
  const read = opened.ok ? await opened.value.read(0) : opened;
  if (!read.ok) throw new Error(read.findings[0]!.message);
  const noise = Array.from({ length: 64 * 70 }, (_, i) => Math.floor((i * i * 7919 + i * 104729) / 256) % 256);
  expect([...read.value.picture.values]).toEqual(noise);
});

test('numbers are in the shortest array that has them', async () => {
  const kindOf = async (name: string): Promise<string> => {
    const opened = await openRaster(rasterGolden(name).bytes, 'file');
    const read = opened.ok ? await opened.value.read(0) : opened;
    return read.ok ? read.value.picture.values.constructor.name : read.findings[0]!.code;
  };
  const names = ['PNG gray 8', 'PNG gray 16', 'PNG 1 bit', 'PNG RGB', 'PNG RGB of grays', 'TIFF gray 16, big endian', 'TIFF float 32, big endian', 'TIFF 1 bit', 'PGM 16 bits', 'PPM'];
  expect(await Promise.all(names.map(kindOf))).toEqual(['Uint8Array', 'Uint16Array', 'Uint8Array', 'Float32Array', 'Uint8Array', 'Uint16Array', 'Float32Array', 'Uint8Array', 'Uint16Array', 'Float32Array']);
});
