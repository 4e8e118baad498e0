/* Memory that reading takes: a byte per pixel of the result and a few megabytes, of whatever kind the file is. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleForTest, type BundleFolder } from '#test/support/bundle-programs';
import { startProgram } from '#test/support/child-program';
import { chunk } from '#test/support/draw-png';
import { temporaryFolder } from '#test/support/temporary-folder';

const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

interface Kind {
  readonly edge: number;
  readonly colorType: keyof typeof channels;
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  readonly interlaced: boolean;
}

/** Passes of an interlaced image, as columns and rows of pixels. */
const passes = (edge: number, interlaced: boolean): (readonly [number, number])[] =>
  interlaced ? ([[8, 8], [8, 8], [4, 8], [4, 4], [2, 4], [2, 2], [1, 2]] as const).map(([x, y]) => [edge / x, edge / y] as const) : [[edge, edge]];

/** A PNG file whose samples are 0 in the upper half of each pass and 1s below; `surplus` bytes follow the pixels. */
function drawLarge({ edge, colorType, bitDepth, interlaced }: Kind, surplus: number): Buffer {
  const parts = passes(edge, interlaced).map(([columns, rows]) => {
    const line = 1 + Math.ceil((columns * channels[colorType] * bitDepth) / 8);
    const pass = Buffer.alloc(rows * line, 0);
    // Alpha is 1s everywhere, so that nothing is transparent.
    const alphaBytes = colorType === 4 || colorType === 6 ? bitDepth / 8 : 0;
    const pixelBytes = (channels[colorType] * bitDepth) / 8;
    for (let row = 0; row < rows; row++) {
      const start = row * line + 1;
      if (2 * row >= rows) pass.fill(colorType === 3 ? 0x55 : 255, start, start + line - 1);
      else if (alphaBytes > 0) for (let end = start + pixelBytes; end <= start + line - 1; end += pixelBytes) pass.fill(255, end - alphaBytes, end);
    }
    return pass;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header.set([bitDepth, colorType, 0, 0, interlaced ? 1 : 0], 8);
  const data = deflateSync(Buffer.concat([...parts, Buffer.alloc(surplus)]), { level: 1, strategy: constants.Z_RLE });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...(colorType === 3 ? [chunk('PLTE', Buffer.from(Array.from({ length: 3 * 2 ** bitDepth }, (_, i) => (i < 3 ? 0 : 255))))] : []),
    ...Array.from({ length: Math.ceil(data.length / 8192) }, (_, i) => chunk('IDAT', data.subarray(8192 * i, 8192 * (i + 1)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

let bundle: BundleFolder;
beforeAll(async () => {
  bundle = await bundleForTest({ 'measure-reading': 'test/runner/png/measure-reading.ts' });
});
afterAll(() => bundle.remove());

async function measure(png: Buffer): Promise<{ readonly outcome: string; readonly white: number; readonly grown: number }> {
  const path = join(temporaryFolder(), 'large.png');
  writeFileSync(path, png);
  return JSON.parse(await startProgram(join(bundle.folder, 'measure-reading.mjs'), path).line()) as never;
}

const edge = 4096;
const megabyte = 1e6;

test.each([
  { edge, colorType: 6, bitDepth: 16, interlaced: true },
  { edge, colorType: 6, bitDepth: 16, interlaced: false },
  { edge, colorType: 3, bitDepth: 8, interlaced: true },
  { edge, colorType: 0, bitDepth: 1, interlaced: true },
] as const)('$bitDepth bits of type $colorType at 4096 × 4096, interlaced: $interlaced', async (kind) => {
  const { outcome, white, grown } = await measure(drawLarge(kind, 0));
  expect({ outcome, white }).toEqual({ outcome: 'read', white: edge ** 2 / 2 });
  expect(grown).toBeLessThan(100);
});

test.each([true, false])('a hundred megabytes behind a small image take none, interlaced: %s', async (interlaced) => {
  const { outcome, white, grown } = await measure(drawLarge({ edge: 32, colorType: 0, bitDepth: 8, interlaced }, 100 * megabyte));
  expect({ outcome, white }).toEqual({ outcome: 'read', white: 512 });
  expect(grown).toBeLessThan(30);
});
