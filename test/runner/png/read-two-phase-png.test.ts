import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '#domain/finding';
import { imageOf, type Image2D } from '#engine/api';
import { readSpecification } from '#language/read-specification';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { type PngSettings, readTwoPhasePng, type TwoPhasePng } from '#runner/png/read-two-phase-png';
import { draw, image } from '#test/support/draw-image';
import { chunk, drawPng, type DrawnPng } from '#test/support/draw-png';
import { temporaryFolder } from '#test/support/temporary-folder';

const cross = image(`
  ...##...
  ...##...
  .#.##...
  ########
  ########
  ...##...
  ...##.#.
  ...##...`);

const isWhite = (row: number, column: number): boolean => cross.data[8 * row + column] === 1;
const size = { width: 8, height: 8 } as const;
const gray = (pixel: DrawnPng['pixel'], bitDepth: DrawnPng['bitDepth'] = 8): Buffer => drawPng({ ...size, bitDepth, colorType: 0, pixel });

/** The image in # and ., or the codes of its findings. */
async function read(bytes: Uint8Array, settings?: PngSettings): Promise<string> {
  const result = await readTwoPhasePng(bytes, settings);
  return result.ok ? draw(result.value.image) : codes(result).join();
}

/** Message and remedy of the one finding. */
async function refusal(bytes: Uint8Array, settings?: PngSettings): Promise<string> {
  const result = await readTwoPhasePng(bytes, settings);
  if (result.ok) throw new Error(`read: ${draw(result.value.image)}`);
  const [{ code, message, remedy }] = result.findings as [(typeof result.findings)[0]];
  return `${code} ${message} ${remedy!}`;
}

function codes(result: Result<TwoPhasePng>): string[] {
  return result.ok ? [] : result.findings.map(({ code }) => code);
}

const readAs = (picture: Image2D<'binary'>): Result<TwoPhasePng> => ({ ok: true, value: { image: picture, warnings: [] } });

describe('two colors are two phases', () => {
  test.each([
    [1, 0, 1], [2, 1, 2], [4, 14, 15], [8, 0, 1], [8, 1, 2], [8, 200, 255], [8, 0, 127], [16, 0, 1], [16, 0, 4095], [16, 255, 256], [16, 65534, 65535],
  ] as const)('gray of %i bits, %i and %i', async (bitDepth, black, white) => {
    expect(await read(gray((r, c) => [isWhite(r, c) ? white : black], bitDepth))).toBe(draw(cross));
  });

  test.each([8, 16] as const)('RGB of %i bits, the brighter one by luminance', async (bitDepth) => {
    const full = 2 ** bitDepth - 1;
    for (const [white, black] of [[[full, full, 0], [0, 0, full]], [[full, 0, 0], [0, 0, full]], [[0, full, 0], [full, 0, full]], [[0, 0, 1], [0, 0, 0]]] as const) {
      expect(await read(drawPng({ ...size, bitDepth, colorType: 2, pixel: (r, c) => [...(isWhite(r, c) ? white : black)] }))).toBe(draw(cross));
    }
  });

  test('palette, also where two entries have the same color', async () => {
    const palette = [[10, 10, 10], [0, 0, 255], [10, 10, 10]] as const;
    expect(await read(drawPng({ ...size, bitDepth: 2, colorType: 3, palette, pixel: (r, c) => [isWhite(r, c) ? 1 : (r + c) % 2 === 0 ? 0 : 2] }))).toBe(draw(cross));
  });

  test('what the program writes it reads, from bytes and from a file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 256, maxLength: 256, max: 1 }), async (data) => {
        const picture = imageOf('binary', 16, 16, data);
        fc.pre(data.includes(0) && data.includes(1));
        expect(await readTwoPhasePng(encodeBinaryPng(picture), { resolution: 16 })).toEqual(readAs(picture));
      }),
      { numRuns: 30 },
    );
    const path = join(temporaryFolder(), 'cell.png');
    writeFileSync(path, encodeBinaryPng(cross));
    expect(await readTwoPhasePng(path)).toEqual(readAs(cross));
  });
});

describe('another number of colors', () => {
  const three = gray((r, c) => [isWhite(r, c) ? 2 : r === 0 ? 1 : 0]);

  test('is told with levels and shares, and a brightness that works', async () => {
    const told = await refusal(three);
    expect(told).toMatch(/^image-many-levels the image has 3 levels where a cell has two phases: 2 \(46\.88 %\), 0 \(43\.75 %\), 1 \(9\.38 %\)\. .*`--white-above 1`\.$/);
    expect(await read(three, { whiteAbove: 1 })).toBe(draw(cross));
    expect(await read(three, { whiteAbove: 0 })).toBe(`########\n${draw(cross).split('\n').slice(1).join('\n')}`);
  });

  test('a smoothed image has many, of which the most frequent are told', async () => {
    const told = await refusal(gray((r, c) => [r * 8 + c]));
    expect(told).toMatch(/has 64 levels where a cell has two phases: (\d+ \(1\.56 %\), ){6}others \(90\.63 %\)\. .*`--white-above 31`/);
    const noise = drawPng({ width: 512, height: 512, bitDepth: 8, colorType: 2, pixel: (r, c) => [r & 255, c & 255, (r >> 8) * 2 + (c >> 8)] });
    expect(await refusal(noise)).toMatch(/has more than 65536 levels where/);
    expect(await read(noise, { whiteAbove: 1e6 })).toBe('image-one-phase');
  });

  test('the brightness that is proposed always makes two phases', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), { minLength: 3, maxLength: 9, selector: String }), async (colors) => {
        const bytes = drawPng({ ...size, bitDepth: 8, colorType: 2, pixel: (r, c) => colors[(8 * r + c) % colors.length]! });
        const luminances = new Set(colors.map(([red, green, blue]) => 2126 * red + 7152 * green + 722 * blue));
        fc.pre(luminances.size > 1);
        const whiteAbove = Number(/--white-above (\S+)`/.exec(await refusal(bytes))![1]);
        expect(await read(bytes, { whiteAbove })).toMatch(/#.*\..*#|\..*#.*\./s);
      }),
      { numRuns: 50 },
    );
  });

  test('one color is one phase, with and without a brightness', async () => {
    expect(await refusal(gray(() => [7]))).toBe('image-one-phase the image has the color 7 alone; a cell has two phases. Use an image in which both phases occur.');
    expect(await refusal(gray(() => [7]), { whiteAbove: 3 })).toMatch(/^image-one-phase All pixels of the image are above the brightness 3, .*: 7 \(100\.00 %\)\. Use an image/);
    expect(await refusal(three, { whiteAbove: 128 })).toMatch(/^image-one-phase All pixels of the image are at or below the brightness 128, .* such as `--white-above 1`\.$/);
  });

  test('colors of equal luminance do not say which is white', async () => {
    // 7152 · 1063 = 2126 · 3576, each in 16 bits.
    const pixel = (r: number, c: number): number[] => (isWhite(r, c) ? [3576, 0, 0] : [0, 1063, 0]);
    expect(await refusal(drawPng({ ...size, bitDepth: 16, colorType: 2, pixel }))).toMatch(
      /^image-equal-brightness .*equally bright.*: (rgb\(3576, 0, 0\) of brightness 760\.3 \(\d+\.\d\d %\)(, )?|rgb\(0, 1063, 0\) of brightness 760\.3 \(\d+\.\d\d %\)(, )?){2}\./,
    );
  });
});

describe('transparency', () => {
  const withAlpha = (pixel: (white: boolean, row: number) => number[], colorType: 4 | 6 = 4): Buffer => drawPng({ ...size, bitDepth: 8, colorType, pixel: (r, c) => pixel(isWhite(r, c), r) });

  test('that does not matter is no matter', async () => {
    // Nowhere; alike everywhere; of black pixels, also of some; weak.
    expect(await read(withAlpha((white) => [white ? 255 : 0, 255]))).toBe(draw(cross));
    expect(await read(withAlpha((white) => [white ? 9 : 7, 100]))).toBe(draw(cross));
    expect(await read(withAlpha((white) => (white ? [255, 255, 255, 255] : [0, 0, 0, 0]), 6))).toBe(draw(cross));
    expect(await read(withAlpha((white, row) => [white ? 255 : 0, white || row > 3 ? 255 : 0]))).toBe(draw(cross));
    expect(await read(withAlpha((white, row) => [white ? 255 : 0, row > 3 ? 255 : 90]))).toBe(draw(cross));
    expect(await read(drawPng({ ...size, bitDepth: 4, colorType: 0, transparency: [0, 3], pixel: (r, c) => [isWhite(r, c) ? 5 : 3] }))).toBe(draw(cross));
    expect(await read(drawPng({ ...size, bitDepth: 16, colorType: 2, transparency: [1, 2, 3, 4, 5, 7], pixel: (r, c) => (isWhite(r, c) ? [258, 772, 1286] : [0, 0, 0]) }))).toBe(draw(cross));
  });

  test('that decides which pixels are white is refused', async () => {
    const some = `${((100 * cross.data.filter((white) => white === 0).length) / 64).toFixed(2)} %`;
    for (const level of [0, 77, 255]) {
      expect(await refusal(withAlpha((white) => [level, white ? 255 : 0]))).toMatch(
        new RegExp(`^image-transparent Transparency decides which pixels of the image are white: ${some} of them are not opaque\\. Save the image without transparency`),
      );
    }
    // White that nobody sees, wholly, nearly or somewhere; nothing to be seen at all; colors behind what is invisible.
    const cases = [
      withAlpha((white) => [white ? 255 : 0, white ? 0 : 255]),
      withAlpha((white) => [white ? 255 : 50, white ? 10 : 255]),
      withAlpha((white, row) => [white ? 255 : 0, white && row === 0 ? 0 : 255]),
      withAlpha((white) => [white ? 255 : 0, 0]),
      withAlpha((white, row) => [white ? 255 : row === 0 ? 90 : 0, white || row > 0 ? 255 : 0]),
      drawPng({ ...size, bitDepth: 4, colorType: 0, transparency: [0, 5], pixel: (r, c) => [isWhite(r, c) ? 5 : 3] }),
      drawPng({ ...size, bitDepth: 8, colorType: 2, transparency: [0, 9, 0, 9, 0, 9], pixel: (r, c) => (isWhite(r, c) ? [9, 9, 9] : [1, 1, 1]) }),
      drawPng({ ...size, bitDepth: 1, colorType: 3, palette: [[0, 0, 0], [255, 255, 255]], transparency: [255, 0], pixel: (r, c) => [isWhite(r, c) ? 1 : 0] }),
    ];
    for (const [i, bytes] of cases.entries()) expect([i, await read(bytes)]).toEqual([i, 'image-transparent']);
    expect(await read(withAlpha((white, row) => [white ? 200 : row, white ? 100 : 255]), { whiteAbove: 99 })).toBe('image-transparent');
    expect(await read(withAlpha((white, row) => [white ? 200 : row, white ? 100 : 255]), { whiteAbove: 50 })).toBe(draw(cross));
  });
});

describe('sizes that do not fit', () => {
  const ofSize = (width: number, height: number): Buffer => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 0, 0, 0, 0], 8);
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(64))), chunk('IEND', Buffer.alloc(0))]);
  };

  test('are told by the header alone', async () => {
    expect(await read(ofSize(16, 8))).toBe('image-not-square');
    expect(await read(ofSize(16, 16), { resolution: 32 })).toBe('image-wrong-resolution');
    expect(await read(ofSize(24, 24))).toBe('image-not-power-of-two');
    expect(await read(ofSize(4, 4))).toBe('image-not-power-of-two');
    expect(await read(ofSize(2 ** 30, 2 ** 30))).toBe('image-too-large');
    for (const [width, height] of [[0, 0], [0, 32], [2 ** 31, 2 ** 31]] as const) expect(await read(ofSize(width, height), { resolution: 32 })).toBe('image-damaged');
  });

  test('come with sizes that `check` accepts', async () => {
    for (const edge of [1, 4, 8, 16, 31, 33, 64, 127, 128, 1000, 1024, 1500, 2048, 4096, 8192, 65536, 2 ** 31 - 1]) {
      for (const resolution of [32, 128, 1024, undefined]) {
        const result = await readTwoPhasePng(ofSize(edge, edge), resolution === undefined ? {} : { resolution });
        const advice = result.ok ? '' : result.findings[0]!.remedy!;
        const named = [...advice.matchAll(/`resolution (\d+)`|(\d+) × \d+/g)].map(([, entry, edges]) => Number(entry ?? edges));
        if (codes(result)[0]!.match(/resolution|two|large/)) expect(named.length).toBeGreaterThan(0);
        for (const pixels of named) {
          const text = `database D { size 800  resolution ${pixels}  fraction 0.38 .. 0.41  cells 100% }`;
          const { findings } = readSpecification('a.xdesign', { read: (path) => (path === 'a.xdesign' ? text : undefined), resolve: (_, target) => target });
          expect([edge, advice, findings.filter(({ severity }) => severity === 'error')]).toEqual([edge, advice, []]);
        }
      }
    }
  });
});

describe('files that are none', () => {
  test('something else, nothing, and a file that is not there', async () => {
    expect(await read(Buffer.from('GIF89a, not a PNG at all'))).toBe('image-not-png');
    expect(await read(new Uint8Array(0))).toBe('image-not-png');
    const folder = temporaryFolder();
    expect(await readTwoPhasePng(join(folder, 'missing.png'))).toMatchObject({ ok: false, findings: [{ code: 'image-unreadable', message: expect.stringContaining('ENOENT') }] });
    mkdirSync(join(folder, 'folder.png'));
    expect(await readTwoPhasePng(join(folder, 'folder.png'))).toMatchObject({ ok: false, findings: [{ code: 'image-unreadable', message: expect.stringContaining('EISDIR') }] });
  });

  test('two headers: the size that is tested is the size that is decoded', async () => {
    const small = gray((r, c) => [isWhite(r, c) ? 1 : 0]);
    const large = encodeBinaryPng(imageOf('binary', 16, 16, Uint8Array.from({ length: 256 }, (_, i) => i % 2)));
    const [header, rest] = [large.subarray(8, 33), small.subarray(33)];
    expect(await refusal(Buffer.concat([small.subarray(0, 33), header, rest]))).toBe('image-damaged the image is a damaged PNG file: it has two headers. Save or copy the image again.');
    expect(await read(Buffer.concat([small.subarray(0, 33), rest.subarray(0, -12), header, rest.subarray(-12)]))).toBe('image-damaged');
  });

  test('a file cut anywhere or with a changed byte is a finding or the same image, from bytes and from a file', async () => {
    const whole = encodeBinaryPng(cross);
    const path = join(temporaryFolder(), 'cut.png');
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      writeFileSync(path, cut);
      expect(await read(cut)).toMatch(/^image-(damaged|not-png)$/);
      expect(codes(await readTwoPhasePng(path))).toEqual([await read(cut)]);
    }
    for (let place = 0; place < whole.length; place++) {
      const bytes = Buffer.from(whole);
      bytes[place]! ^= 0x55;
      expect([draw(cross), 'image-damaged', 'image-not-png', 'image-not-square', 'image-not-power-of-two', 'image-too-large']).toContain(await read(bytes));
    }
  });

  test('chunks in any order, number and state, and any bytes in them, give findings or images and no exception', async () => {
    const parts = fc.oneof(
      fc.constantFrom('PLTE', 'tRNS', 'IDAT', 'IEND', 'IHDR', 'tEXt', 'abcd').chain((type) => fc.uint8Array({ maxLength: 40 }).map((data) => chunk(type, Buffer.from(data)))),
      fc.uint8Array({ maxLength: 200 }).map((data) => chunk('IDAT', deflateSync(data))),
      fc.constantFrom(chunk('PLTE', Buffer.from([0, 0, 0, 9, 9, 9])), chunk('IEND', Buffer.alloc(0)), chunk('IDAT', deflateSync(Buffer.alloc(20_000, 1)))),
      fc.uint8Array({ maxLength: 30 }).map((data) => Buffer.from(data)),
    );
    const headers = fc.tuple(fc.constantFrom(1, 2, 4, 8, 16), fc.constantFrom(0, 2, 3, 4, 6), fc.constantFrom(0, 1)).map(([bitDepth, colorType, interlace]) => chunk('IHDR', Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, bitDepth, colorType, 0, 0, interlace])));
    let images = 0;
    await fc.assert(
      fc.asyncProperty(headers, fc.array(parts, { maxLength: 6 }), fc.boolean(), async (header, chunks, ends) => {
        const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), header, ...chunks, ...(ends ? [chunk('IEND', Buffer.alloc(0))] : [])]);
        const result = await readTwoPhasePng(bytes, { whiteAbove: 100 });
        if (!result.ok) expect(codes(result)).toEqual([expect.stringMatching(/^image-(damaged|one-phase|transparent)$/)]);
        if (result.ok || codes(result)[0] !== 'image-damaged') images++;
      }),
      { numRuns: 600, seed: 29 },
    );
    expect(images).toBeGreaterThan(10);
  });
});
