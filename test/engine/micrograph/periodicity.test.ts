import { describe, expect, test } from 'vitest';
import { families, type Family } from '#domain/microstructures';
import { createRng } from '#engine/core/rng';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { packImages } from '#engine/grid/microstructure-batch';
import { areImagesPeriodic, edgeDifferences, periodicityOf, type Periodicity } from '#engine/micrograph/periodicity';
import { whitePixels } from '#engine/micrograph/white-values';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import { onlyFamily, smallDatabase } from '#test/support/database-settings';
import { image } from '#test/support/draw-image';

function imagesOf(family: Family, count: number, resolution: number): readonly Image2D<'binary'>[] {
  const settings = { ...onlyFamily(smallDatabase, family), resolution };
  return Array.from({ length: count }, (_, i) => {
    const generated = generateMicrostructure(createRng(4), settings, i);
    if (!generated.ok) throw new Error(generated.findings[0]!.message);
    return generated.value.image;
  });
}

const measure = (images: readonly Image2D<'binary'>[]): Periodicity => periodicityOf(edgeDifferences(packImages(images, images[0]!.width)));

function corner({ width, height, data }: Image2D<'binary'>, edge: number): Image2D<'binary'> {
  return imageOf('binary', edge, edge, whitePixels({ width, height, values: data }, { kind: 'is', value: 1 }, { x: 3, y: 5, width: edge, height: edge }));
}

describe.each(families)('%s', (family) => {
  const images = imagesOf(family, 24, 64);

  test('generated images are periodic', () => {
    const found = measure(images);
    expect(Math.max(Math.abs(found.rows), Math.abs(found.columns))).toBeLessThan(0.12);
    expect(areImagesPeriodic(found)).toBe(true);
  });

  test('parts of them are not', () => {
    const found = measure(images.map((each) => corner(each, 32)));
    expect(Math.min(found.rows, found.columns)).toBeGreaterThan(0.5);
    expect(areImagesPeriodic(found)).toBe(false);
  });
});

test('the numbers of an image are shares of differing pixels', () => {
  const random = createRng(2);
  const n = 48;
  const images = [1, 2, 3].map(() => imageOf('binary', n, n, Uint8Array.from({ length: n * n }, () => random.integer(2))));
  const at = ({ data }: Image2D<'binary'>, row: number, column: number): number => data[row * n + column]!;
  const shares = (each: Image2D<'binary'>, lag: number): [number, number] => {
    let [rows, columns] = [0, 0];
    for (let i = 0; i + lag < n; i++) {
      for (let j = 0; j < n; j++) {
        rows += Math.abs(at(each, i, j) - at(each, i + lag, j));
        columns += Math.abs(at(each, j, i) - at(each, j, i + lag));
      }
    }
    return [rows / (n * (n - lag)), columns / (n * (n - lag))];
  };
  const expected = images.flatMap((each) => [0, 1].flatMap((direction) => [n - 1, 1, n / 2].map((lag) => shares(each, lag)[direction]!)));
  edgeDifferences(packImages(images, n)).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 14));
});

test('one direction that does not repeat suffices', () => {
  // Layers are the same in every row; the second image ends black on the left and white on the right.
  const layers = image(Array.from({ length: 16 }, () => '....########....').join('\n'));
  expect(measure([layers])).toEqual({ rows: 0, columns: 0 });
  const half = image(Array.from({ length: 16 }, () => '........########').join('\n'));
  expect(measure([half])).toEqual({ rows: 0, columns: 1 });
  expect(areImagesPeriodic(measure([half]))).toBe(false);
});

test('of a mixed set the measure is about the share of images that do not repeat', () => {
  const images = imagesOf('cells', 48, 64);
  const cropped = images.slice(24).map((each) => corner(each, 32));
  const alone = measure(cropped);
  const mixed = measure([...cropped, ...images.slice(0, 24).map((each) => imageOf('binary', 32, 32, each.data.filter((_, p) => (p % 64) % 2 === 0 && Math.floor(p / 64) % 2 === 0)))]);
  expect(mixed.rows).toBeGreaterThan(0.25 * alone.rows);
  expect(mixed.rows).toBeLessThan(0.75 * alone.rows);
});
