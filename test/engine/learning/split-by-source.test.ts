import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { splitDataset } from '#engine/learning/training/regression-dataset';
import { splitBySource, type DatasetSplit } from '#engine/learning/training/split-by-source';

const counts = ({ training, validation, holdOut }: DatasetSplit): number[] => [training.length, validation.length, holdOut.length];

/** Sources 0, 1, … with these numbers of images, one source after another. */
const withSizes = (sizes: readonly number[]): Int32Array => Int32Array.from(sizes.flatMap((size, source) => Array.from({ length: size }, () => source)));

describe('one image per source', () => {
  test.each([[100, 0.2, 0.1], [53, 0.2, 0], [800, 0.15, 0.1], [50, 0.3, 0.25]])('%d images are split as without sources', (count, holdOut, validation) => {
    for (const seed of [1, 2, 3]) {
      const sources = Int32Array.from({ length: count }, (_, image) => image);
      expect(splitBySource(sources, { holdOut, validation }, createRng(seed))).toEqual(splitDataset(count, { holdOut, validation }, createRng(seed)));
    }
  });
});

test('no source is on two sides, every image is on one, and each part has some', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 3, maxLength: 12 }), fc.integer({ min: 0, max: 99 }), fc.constantFrom(0.05, 0.2, 0.5), fc.constantFrom(0, 0.1, 0.3), (sizes, seed, holdOut, validation) => {
      const sources = createRng(seed).shuffle(withSizes(sizes));
      const split = splitBySource(sources, { holdOut, validation }, createRng(seed));
      const parts = [split.training, split.validation, split.holdOut];
      expect(parts.flatMap((part) => [...part]).toSorted((a, b) => a - b)).toEqual(Array.from(sources, (_, i) => i));
      const sides = parts.map((part) => new Set(Array.from(part, (image) => sources[image])));
      expect(sides.reduce((sum, side) => sum + side.size, 0)).toBe(sizes.length);
      expect(split.holdOut.length).toBeGreaterThan(0);
      expect(split.training.length).toBeGreaterThan(0);
      expect(split.validation.length > 0).toBe(validation > 0);
      expect(splitBySource(sources, { holdOut, validation }, createRng(seed))).toEqual(split);
    }),
  );
});

test('the hold-out is the nearest sum that there is', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 9 }), fc.integer({ min: 0, max: 9 }), (sizes, seed) => {
      const sources = withSizes(sizes);
      const target = Math.round(0.2 * sources.length);
      const held = splitBySource(sources, { holdOut: 0.2, validation: 0 }, createRng(seed)).holdOut.length;
      let nearest = Infinity;
      for (let subset = 1; subset < 2 ** sizes.length - 1; subset++) {
        const sum = sizes.reduce((total, size, i) => total + ((subset >> i) & 1) * size, 0);
        nearest = Math.min(nearest, Math.abs(sum - target));
      }
      expect(Math.abs(held - target)).toBe(nearest);
    }),
  );
});

test('micrographs of the same size, and what a large one leaves', () => {
  expect(counts(splitBySource(withSizes(Array.from({ length: 10 }, () => 50)), { holdOut: 0.2, validation: 0.1 }, createRng(1)))).toEqual([350, 50, 100]);
  expect(counts(splitBySource(withSizes([500, 20, 30]), { holdOut: 0.2, validation: 0.1 }, createRng(1)))).toEqual([500, 20, 30]);
});

test('the stream decides which of equal sources are held out', () => {
  const sources = withSizes(Array.from({ length: 20 }, () => 5));
  const held = (seed: number): string => splitBySource(sources, { holdOut: 0.2, validation: 0 }, createRng(seed)).holdOut.join();
  expect(new Set([1, 2, 3, 4].map(held)).size).toBeGreaterThan(1);
});
