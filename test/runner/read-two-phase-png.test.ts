import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageOf, type Image2D, type Result } from '#engine/api';
import { encodeBinaryPng } from '#runner/report/pictures/encode-png';
import { readTwoPhasePng } from '#runner/read-two-phase-png';
import { draw, image } from '#test/support/draw-image';
import { drawPng } from '#test/support/draw-png';
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

function read(bytes: Uint8Array): string {
  const result = readTwoPhasePng(bytes);
  return result.ok ? draw(result.value) : codes(result).join();
}

function codes(result: Result<Image2D<'binary'>>): string[] {
  return result.ok ? [] : result.findings.map(({ code }) => code);
}

describe('readTwoPhasePng', () => {
  const size = { width: 8, height: 8 } as const;

  test.each([1, 2, 4, 8, 16] as const)('gray of %i bits', (bitDepth) => {
    const white = 2 ** bitDepth - 1;
    expect(read(drawPng({ ...size, bitDepth, colorType: 0, pixel: (r, c) => [isWhite(r, c) ? white : 0] }))).toBe(draw(cross));
  });

  test.each([8, 16] as const)('RGB of %i bits, white by luminance', (bitDepth) => {
    const full = 2 ** bitDepth - 1;
    // Pure yellow is brighter than half, pure blue darker.
    const pixel = (r: number, c: number): number[] => (isWhite(r, c) ? [full, full, 0] : [0, 0, full]);
    expect(read(drawPng({ ...size, bitDepth, colorType: 2, pixel }))).toBe(draw(cross));
  });

  test('palette of 2 bits', () => {
    const palette = [[10, 10, 10], [250, 250, 240], [0, 0, 200]] as const;
    expect(read(drawPng({ ...size, bitDepth: 2, colorType: 3, palette, pixel: (r, c) => [isWhite(r, c) ? 1 : (r + c) % 2 === 0 ? 0 : 2] }))).toBe(draw(cross));
  });

  test('where a pixel is transparent there is no white', () => {
    expect(read(drawPng({ ...size, bitDepth: 8, colorType: 4, pixel: (r, c) => [255, isWhite(r, c) ? 255 : 0] }))).toBe(draw(cross));
    expect(read(drawPng({ ...size, bitDepth: 8, colorType: 6, pixel: (r, c) => [255, 255, 255, isWhite(r, c) ? 200 : 100] }))).toBe(draw(cross));
  });

  test('white begins at 128', () => {
    expect(read(drawPng({ ...size, bitDepth: 8, colorType: 0, pixel: (r, c) => [isWhite(r, c) ? 128 : 127] }))).toBe(draw(cross));
    expect(read(drawPng({ ...size, bitDepth: 8, colorType: 2, pixel: (r, c) => (isWhite(r, c) ? [128, 128, 128] : [127, 127, 127]) }))).toBe(draw(cross));
  });

  test('what the program writes it reads, from bytes and from a file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256, max: 1 }), (data) => {
        expect(readTwoPhasePng(encodeBinaryPng(imageOf('binary', 16, 16, data)), { resolution: 16 })).toEqual({ ok: true, value: imageOf('binary', 16, 16, data) });
      }),
      { numRuns: 30 },
    );
    const path = join(temporaryFolder(), 'cell.png');
    writeFileSync(path, encodeBinaryPng(cross));
    expect(readTwoPhasePng(path)).toEqual({ ok: true, value: cross });
  });

  const gray = (width: number, height: number): Buffer => drawPng({ width, height, bitDepth: 8, colorType: 0, pixel: () => [0] });

  test('sizes that do not fit', () => {
    expect(codes(readTwoPhasePng(gray(16, 8)))).toEqual(['image-not-square']);
    expect(codes(readTwoPhasePng(gray(16, 16), { resolution: 32 }))).toEqual(['image-wrong-resolution']);
    expect(codes(readTwoPhasePng(gray(24, 24)))).toEqual(['image-not-power-of-two']);
    expect(codes(readTwoPhasePng(gray(4, 4)))).toEqual(['image-not-power-of-two']);
  });

  test('an enormous image is refused by its header alone', () => {
    const bytes = Buffer.from(gray(8, 8));
    bytes.writeUInt32BE(2 ** 30, 16);
    bytes.writeUInt32BE(2 ** 30, 20);
    expect(codes(readTwoPhasePng(bytes))).toEqual(['image-too-large']);
  });

  test('what is no PNG, and a file that is not there', () => {
    expect(codes(readTwoPhasePng(Buffer.from('GIF89a, not a PNG at all')))).toEqual(['image-not-png']);
    expect(codes(readTwoPhasePng(new Uint8Array(0)))).toEqual(['image-not-png']);
    const missing = readTwoPhasePng(join(temporaryFolder(), 'missing.png'));
    expect(missing).toMatchObject({ ok: false, findings: [{ code: 'image-unreadable', message: expect.stringContaining('ENOENT') }] });
  });

  test('a file cut anywhere or with a changed byte is a finding or the same image, never an exception', () => {
    const whole = encodeBinaryPng(cross);
    for (let length = 0; length < whole.length; length++) {
      expect(codes(readTwoPhasePng(whole.subarray(0, length)))).toHaveLength(1);
    }
    for (let place = 0; place < whole.length; place++) {
      const bytes = Buffer.from(whole);
      bytes[place]! ^= 0x55;
      const result = readTwoPhasePng(bytes);
      if (result.ok) expect(draw(result.value)).toBe(draw(cross));
    }
  });
});
