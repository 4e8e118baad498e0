import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Result } from '#domain/finding';
import type { Picture } from '#engine/api';
import type { ReadPicture } from '#runner/pictures/picture-source';
import { openRaster } from '#runner/pictures/raster/open-raster';
import { chunk, drawPng, type DrawnPng } from '#test/support/draw-png';
import { drawTiff, type TiffTags } from '#test/support/draw-tiff';
import { rasterGolden } from '#test/support/raster-goldens';
import { temporaryFolder } from '#test/support/temporary-folder';

async function read(origin: string | Uint8Array, index = 0): Promise<Result<ReadPicture>> {
  const opened = await openRaster(origin, '"a"');
  return opened.ok ? opened.value.read(index) : opened;
}

/** Codes and messages of the findings of a file; `read` without one. */
async function say(origin: string | Uint8Array, index = 0): Promise<string> {
  const result = await read(origin, index);
  return result.ok ? 'read' : result.findings.map(({ code, message }) => `${code} ${message}`).join();
}

async function valuesOf(origin: string | Uint8Array): Promise<Picture['values']> {
  const result = await read(origin);
  if (!result.ok) throw new Error(result.findings[0]!.message);
  return result.value.picture.values;
}

const text = (content: string): Uint8Array => Buffer.from(content, 'latin1');
const png = (pixel: DrawnPng['pixel'], colorType: DrawnPng['colorType'], more: Partial<DrawnPng> = {}): Buffer => drawPng({ width: 4, height: 2, bitDepth: 8, colorType, pixel, ...more });
/** Tags of a picture of 4 × 2 bytes. */
const tags = (more: TiffTags = {}): TiffTags => ({ 256: [4], 257: [2], 258: [8], 259: [1], 262: [1], 273: [8], 277: [1], 278: [2], 279: [8], ...more });
const eight = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);

describe('files', () => {
  test('one that does not exist, a folder and a device cannot be read', async () => {
    const folder = temporaryFolder();
    expect(await say(join(folder, 'none.png'))).toBe('picture-unreadable "a" cannot be read: the file does not exist.');
    expect(await say(folder)).toBe('picture-unreadable "a" cannot be read: it is a folder.');
    expect(await say('/dev/null')).toBe('picture-unreadable "a" cannot be read: it is a device or a pipe.');
  });

  test('the first bytes say the format, not the name', async () => {
    const path = join(temporaryFolder(), 'picture.png');
    writeFileSync(path, rasterGolden('PGM').bytes);
    expect(await say(path)).toBe('read');
    writeFileSync(path, 'GIF89a');
    expect(await say(path)).toBe('picture-unsupported "a" is not read: it does not begin like a PNG, TIFF, PBM, PGM, PPM, JPEG, NPY, NPZ, HDF5 or Parquet file.');
    writeFileSync(path, '');
    expect(await say(path)).toBe('picture-damaged "a" is damaged: it is empty.');
  });

  test('symbolic links are followed, and those to each other cannot be read', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'inside'));
    writeFileSync(join(folder, 'picture.png'), rasterGolden('PNG gray 8').bytes);
    symlinkSync(join(folder, 'picture.png'), join(folder, 'inside', 'link.png'));
    symlinkSync(join(folder, 'round'), join(folder, 'round'));
    expect(await say(join(folder, 'inside', 'link.png'))).toBe('read');
    expect(await say(join(folder, 'round'))).toBe('picture-unreadable "a" cannot be read: its symbolic links lead to each other.');
  });

  test.each(['PNG gray 8', 'TIFF stack', 'PGM', 'JPEG gray'])('%s: one that changes after it was opened is a finding', async (name) => {
    const path = join(temporaryFolder(), 'picture');
    const { bytes } = rasterGolden(name);
    writeFileSync(path, bytes);
    const opened = await openRaster(path, '"a"');
    if (!opened.ok) throw new Error(opened.findings[0]!.message);
    expect((await opened.value.read(0)).ok).toBe(true);
    writeFileSync(path, Buffer.concat([bytes, Buffer.alloc(1)]));
    const again = await opened.value.read(0);
    expect(again.ok ? 'read' : again.findings[0]!.code).toBe('picture-changed');
  });
});

describe('sizes are refused by the header', () => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(100_000, 0);
  header.writeUInt32BE(100_000, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const hugePng = Buffer.concat([rasterGolden('PNG gray 8').bytes.subarray(0, 8), chunk('IHDR', header)]);

  test.each([
    ['PNG', hugePng, '100000 × 100000'],
    ['TIFF', drawTiff(eight, [tags({ 256: [100_000], 257: [100_000] })]), '100000 × 100000'],
    ['PGM', text('P5 100000 100000 255 '), '100000 × 100000'],
    ['JPEG', Buffer.concat([text('\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0'), text('\xff\xda\0\x08\x01\x01\0\0\x3f\0')]), '65535 × 65535'],
  ])('%s', async (_, bytes, size) => {
    expect(await say(bytes)).toBe(`picture-too-large "a" has ${size} pixels; the largest edge is 65536, and a picture has 268435456 pixels at most.`);
  });

  test.each([
    ['PNG', Buffer.concat([hugePng.subarray(0, 8), chunk('IHDR', Buffer.from([0, 0, 0x40, 0, 0, 0, 0x40, 0, 16, 0, 0, 0, 0])), chunk('IDAT', Buffer.alloc(5)), chunk('IEND', Buffer.alloc(0))])],
    ['TIFF', drawTiff(eight, [tags({ 256: [16384], 257: [16384], 278: [16384] })])],
    ['TIFF, compressed', drawTiff(eight, [tags({ 256: [10000], 257: [10000], 259: [8], 278: [10000] })])],
    ['PGM', text('P5 16384 16384 255 12345')],
    ['PBM, plain', text('P1 16384 16384 10101')],
    ['JPEG', Buffer.concat([text('\xff\xd8\xff\xc0\0\x0b\x08\x40\0\x40\0\x01\x01\x11\0'), text('\xff\xda\0\x08\x01\x01\0\0\x3f\0')])],
  ])('%s: a short file with a large picture takes no memory', async (_, bytes) => {
    const before = process.memoryUsage().arrayBuffers;
    expect(await say(bytes)).toMatch(/^picture-damaged "a" is damaged: /);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10e6);
  });
});

describe('PNG', () => {
  test('gray of 1, 2 and 4 bits becomes 0 to 255, and 16 bits stay', async () => {
    expect([...(await valuesOf(png((_, c) => [c], 0, { bitDepth: 2 })))]).toEqual([0, 85, 170, 255, 0, 85, 170, 255]);
    expect([...(await valuesOf(png((_, c) => [c], 0, { bitDepth: 4 })))]).toEqual([0, 17, 34, 51, 0, 17, 34, 51]);
    expect([...(await valuesOf(png((_, c) => [c % 2], 0, { bitDepth: 1 })))]).toEqual([0, 255, 0, 255, 0, 255, 0, 255]);
    expect([...(await valuesOf(png((_, c) => [20_000 * c], 0, { bitDepth: 16 })))]).toEqual([0, 20_000, 40_000, 60_000, 0, 20_000, 40_000, 60_000]);
  });

  test('colors become their luminance, which is not rounded', async () => {
    const [first] = await valuesOf(png(() => [10, 20, 31], 2));
    expect(first).toBe(Math.fround(0.2126 * 10 + 0.7152 * 20 + 0.0722 * 31));
  });

  test.each([
    ['bright pixels that are transparent', (_: number, c: number) => [200, 200, 200, c === 0 ? 128 : 255], true],
    ['black pixels that are transparent, next to opaque ones', (_: number, c: number) => (c === 0 ? [0, 0, 0, 0] : [200, 200, 200, 255]), false],
    ['pixels that only transparency distinguishes', (_: number, c: number) => [0, 0, 0, c === 0 ? 0 : 255], true],
    ['opaque pixels', (_: number, c: number) => [c, c, c, 255], false],
  ] as const)('%s', async (_, pixel, matters) => {
    expect(await say(png((row, column) => [...pixel(row, column)], 6))).toBe(matters ? 'picture-transparent Transparency decides how bright the pixels of "a" are: 25.00 % of them are not opaque.' : 'read');
  });

  test('a transparent color counts as transparency', async () => {
    expect(await say(png((_, c) => [c], 0, { transparency: [0, 3] }))).toMatch(/^picture-transparent .* 25\.00 %/);
    expect(await say(png((_, c) => [c], 0, { transparency: [0, 0] }))).toBe('read');
  });

  test('what is ignored is a warning', async () => {
    const result = await read(Buffer.concat([rasterGolden('PNG gray 8').bytes, Buffer.alloc(3)]));
    expect(result.ok && result.value.warnings.map(({ code, message }) => `${code} ${message}`)).toEqual(['image-irregular "a" is read, but 3 bytes after its end are ignored.']);
  });

  test('truncated, a wrong checksum', async () => {
    const { bytes } = rasterGolden('PNG gray 8');
    expect(await say(bytes.subarray(0, 70))).toBe('picture-damaged "a" is damaged: it ends within its chunk IDAT.');
    expect(await say(bytes.map((byte, i) => (i === 60 ? byte ^ 1 : byte)))).toBe('picture-damaged "a" is damaged: the checksum of its chunk IDAT is wrong.');
  });
});

describe('TIFF', () => {
  test('a page of a stack has its number in its name', async () => {
    const opened = await openRaster(rasterGolden('TIFF stack').bytes, '"a"');
    expect(opened.ok && [opened.value.nameOf(0), opened.value.nameOf(2)]).toEqual(['"a", page 1', '"a", page 3']);
    const single = await openRaster(rasterGolden('TIFF tiles').bytes, '"a"');
    expect(single.ok && single.value.nameOf(0)).toBe('"a"');
  });

  test.each([
    [{ 259: [7] }, 'it is compressed with JPEG'],
    [{ 259: [999] }, 'it is compressed with the method 999'],
    [{ 277: [2] }, 'it has 2 channels per pixel'],
    [{ 274: [6] }, 'it is to be turned or mirrored (its orientation is not 1)'],
    [{ 258: [12] }, 'its samples have 12 bits (unsigned)'],
    [{ 339: [6] }, 'its samples have 8 bits'],
    [{ 262: [6] }, 'its colors are of the kind 6, which is neither gray, RGB nor a palette'],
    [{ 266: [2] }, 'its bits are in reverse order (fill order 2)'],
    [{ 259: [5], 317: [3] }, 'its predictor 3 is not one for its samples'],
    [{ 270: 'ImageJ=1.53\nimages=7\n' }, 'it is an ImageJ stack of 7 pages with directories of 1 of them'],
  ] as const)('%o is not read', async (more, reason) => {
    expect(await say(drawTiff(eight, [tags(more)]))).toBe(`picture-unsupported "a" is not read: ${reason}.`);
  });

  test('directories that follow each other in a circle, a chain that leaves the file, missing strips and sizes', async () => {
    expect(await say(drawTiff(eight, [tags(), tags()], 'first'))).toBe('picture-damaged "a" is damaged: its directories follow each other in a circle.');
    expect(await say(drawTiff(eight, [tags({ 256: [0] })]))).toBe('picture-damaged "a" is damaged: its header announces 0 × 2 pixels.');
    expect(await say(drawTiff(eight, [tags({ 278: [1] })]))).toBe('picture-damaged "a" is damaged: it has 1 of 2 tiles or strips.');
    expect(await say(drawTiff(eight, [tags({ 273: [1e6] })]))).toBe('picture-damaged "a" is damaged: it ends too early.');
    expect(await say(drawTiff(eight, [tags({ 259: [32773] })]))).toBe('picture-damaged "a" is damaged: a tile or strip has too few pixels.');
    expect(await say(drawTiff(eight, [{ 257: [2] }]))).toBe('picture-damaged "a" is damaged: its tag 256 is missing.');
    expect(await say(drawTiff(eight, [tags({ 254: [1] })]))).toBe('picture-damaged "a" is damaged: it has no picture.');
    expect(await say(rasterGolden('TIFF stack').bytes.subarray(0, 300))).toMatch(/^picture-damaged /);
  });

  test('a page that is damaged leaves the others readable', async () => {
    const bytes = drawTiff(eight, [tags(), tags({ 273: [1e6] }), tags()]);
    expect([await say(bytes, 0), await say(bytes, 2)]).toEqual(['read', 'read']);
    expect(await say(bytes, 1)).toBe('picture-damaged "a", page 2 is damaged: it ends too early.');
  });

  test('numbers that are not finite', async () => {
    const pixels = new Uint8Array(Float32Array.from([0, 1, NaN, 2, Infinity, 1, 1, 1]).buffer);
    expect(await say(drawTiff(pixels, [tags({ 258: [32], 339: [3], 279: [32] })]))).toBe('array-not-finite "a" has a value in row 0, column 2 that is not a finite number of single precision.');
  });

  test('alpha that matters', async () => {
    const pixels = Uint8Array.from([9, 255, 9, 255, 9, 0, 9, 255, 9, 255, 9, 255, 9, 255, 9, 255]);
    expect(await say(drawTiff(pixels, [tags({ 277: [2], 338: [2], 279: [16] })]))).toMatch(/^picture-transparent .* 12\.50 %/);
  });
});

describe('portable pixmaps', () => {
  test('comments, and characters that are no numbers', async () => {
    expect([...(await valuesOf(text('P2# a\n2 # two\n2\n# largest\n9\n0 1\n2 9\n')))]).toEqual([0, 1, 2, 9]);
    expect([...(await valuesOf(text('P1\n3 1\n0 11')))]).toEqual([255, 0, 0]);
    expect(await say(text('P2 2 1 9 1 x'))).toBe('picture-damaged "a" is damaged: there are other characters where a number should be.');
    expect(await say(text('P1 2 1 1 7'))).toBe('picture-damaged "a" is damaged: there are other characters than 0 and 1 where a pixel should be.');
    expect(await say(text('P2 2 1 9 1 10'))).toBe('picture-damaged "a" is damaged: it has a gray value 10, and its header announces 9 at most.');
    expect(await say(text('P5 2 1 70000 abcd'))).toMatch(/^picture-damaged .*up to 70000/);
    expect(await say(text('P5 2 2 255 abc'))).toBe('picture-damaged "a" is damaged: it has too few pixels.');
    expect(await say(text('P5 2 '))).toBe('picture-damaged "a" is damaged: it ends too early.');
  });

  test('bytes after the pixels are a warning', async () => {
    const result = await read(text('P5 2 1 255 abc'));
    expect(result.ok && result.value.warnings.map(({ message }) => message)).toEqual(['"a" is read, but 1 byte after its end is ignored.']);
  });
});

describe('JPEG', () => {
  const { bytes } = rasterGolden('JPEG gray');

  test('truncated before its end', async () => {
    expect(await say(bytes.subarray(0, bytes.length - 20))).toBe('picture-damaged "a" is damaged: its compressed pixels are corrupt.');
    expect(await say(bytes.subarray(0, 100))).toMatch(/^picture-damaged /);
  });

  test('one that is to be turned is not read', async () => {
    const exif = Buffer.concat([text('Exif\0\0'), drawTiff(new Uint8Array(0), [{ 274: [6] }])]);
    const segment = Buffer.concat([text('\xff\xe1'), Buffer.from([0, exif.length + 2]), exif]);
    expect(await say(Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2)]))).toBe('picture-unsupported "a" is not read: its Exif data say that it is to be turned or mirrored (orientation 6).');
  });

  test('one that takes too much memory to decode is not read, before memory is allocated', async () => {
    const header = Buffer.concat([text('\xff\xd8\xff\xc0\0\x0b\x08'), Buffer.from([12_000 >> 8, 12_000 & 255, 12_000 >> 8, 12_000 & 255]), text('\x01\x01\x11\0'), text('\xff\xda\0\x08\x01\x01\0\0\x3f\0')]);
    expect(await say(Buffer.concat([header, Buffer.alloc(300_000)]))).toBe('picture-unsupported "a" is not read: decoding it takes more than 512 MB of memory.');
  });

  test('other kinds of compression, depths and colors are not read', async () => {
    const frame = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
    const changed = (offset: number, value: number): Uint8Array => bytes.map((byte, i) => (i === frame + offset ? value : byte));
    expect(await say(changed(1, 0xc9))).toBe('picture-unsupported "a" is not read: it is compressed with arithmetic coding.');
    expect(await say(changed(1, 0xc3))).toBe('picture-unsupported "a" is not read: it is a lossless or hierarchical JPEG file.');
    expect(await say(changed(4, 12))).toBe('picture-unsupported "a" is not read: it has 12 bits per sample, and JPEG files are read with 8.');
  });
});
