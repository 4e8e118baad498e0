/* Thresholds, area means and speckles against scikit-image and NumPy; the numbers are made by test/golden/micrograph/make-goldens.py. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { imageOf } from '#engine/grid/image-2d';
import { otsuThreshold } from '#engine/micrograph/otsu';
import type { Picture } from '#engine/micrograph/picture';
import { resampledWhite } from '#engine/micrograph/resample';
import { withoutSpeckles } from '#engine/micrograph/speckles';
import { valueLevels } from '#engine/micrograph/value-levels';
import { whitePixels } from '#engine/micrograph/white-values';

interface Golden {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly values: string;
  readonly otsu: string;
  readonly resampled: Readonly<Record<string, string>>;
  readonly speckled: string;
  readonly withoutSpeckles: string;
}

const goldens = JSON.parse(readFileSync(new URL('../../golden/micrograph/micrograph.json', import.meta.url), 'utf8')) as readonly Golden[];

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
const bitsOf = (text: string, count: number): number[] => Array.from({ length: count }, (_, i) => (bytesOf(text)[i >> 3]! >> (7 - (i & 7))) & 1);

function pictureOf({ name, width, height, values }: Golden): Picture {
  const { buffer } = bytesOf(values);
  return { width, height, values: name === 'bytes' ? new Uint8Array(buffer) : name === 'words' ? new Uint16Array(buffer) : new Float32Array(buffer) };
}

describe.each(goldens)('$name', (golden) => {
  const picture = pictureOf(golden);
  const { width, height } = picture;
  const cut = { kind: 'above', value: otsuThreshold(valueLevels(picture))! } as const;

  test('Otsu separates the same pixels', () => {
    expect([...whitePixels(picture, cut, { x: 0, y: 0, width, height })]).toEqual(bitsOf(golden.otsu, width * height));
  });

  test.each(Object.entries(golden.resampled))('area means at %s pixels', (resolution, white) => {
    const edge = Math.min(width, height);
    const square = { x: Math.floor((width - edge) / 2), y: Math.floor((height - edge) / 2), width: edge, height: edge };
    expect([...resampledWhite(picture, cut, square, Number(resolution))]).toEqual(bitsOf(white, Number(resolution) ** 2));
  });

  test('speckles', () => {
    const speckled = imageOf('binary', width, height, Uint8Array.from(bitsOf(golden.speckled, width * height)));
    expect([...withoutSpeckles(speckled, 6, 'open').data]).toEqual(bitsOf(golden.withoutSpeckles, width * height));
  });
});
