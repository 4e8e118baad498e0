import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entropyRise, giniIndex, highestTenth, histogramEntropy, regionOverlap, relativeDifference, relevanceMass, sharedPositions } from '#engine/validation/map-measures';

describe('the Gini index', () => {
  test('is 0 for equal values, 1 − 1/n where one has all, and 1/4 for 1, 2, 3, 4', () => {
    expect(giniIndex([3, 3, 3])).toBeCloseTo(0, 15);
    expect(giniIndex([0, 0, 5, 0, 0])).toBeCloseTo(0.8, 15);
    expect(giniIndex([4, 1, 3, 2])).toBeCloseTo(0.25, 15);
    expect(giniIndex(new Float32Array(4))).toBeNaN();
  });

  test('is half the mean difference of all pairs relative to the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 }), (values) => {
        const sum = values.reduce((total, value) => total + value, 0);
        fc.pre(sum > 1e-6);
        const differences = values.flatMap((a) => values.map((b) => Math.abs(a - b))).reduce((total, value) => total + value, 0);
        expect(giniIndex(values)).toBeCloseTo(differences / (2 * values.length * sum), 9);
      }),
    );
  });
});

describe('the entropy of the histogram', () => {
  test('is log 100 where all bins hold as many values, log 2 for two values, 0 for one', () => {
    expect(histogramEntropy(Float64Array.from({ length: 200 }, (_, i) => i))).toBeCloseTo(Math.log(100), 12);
    expect(histogramEntropy([-1, 7, 7, -1])).toBeCloseTo(Math.LN2, 12);
    expect(histogramEntropy([0, 0, 0, 1])).toBeCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), 12);
    expect(histogramEntropy([5, 5])).toBe(0);
  });

  test('depends on neither scale nor sign of the map; its rise is relative', () => {
    const map = [0.1, 0.9, 0.35, 0.35, -0.4];
    expect(histogramEntropy(map.map((value) => -3 * value))).toBeCloseTo(histogramEntropy(map), 12);
    expect(entropyRise([0, 0, 1, 1], [0, 1, 2, 3])).toBeCloseTo(1, 12);
    expect(entropyRise([0, 0], [0, 1])).toBeNaN();
  });
});

test('the highest tenth, the relevance inside it, and what two of them share', () => {
  const values = Float64Array.from({ length: 20 }, (_, i) => (i === 3 || i === 11 ? 9 : i === 19 ? 2 : 0));
  expect([...highestTenth(values)].flatMap((inside, i) => (inside ? [i] : []))).toEqual([3, 11]);
  expect([...highestTenth([1, 2])]).toEqual([0, 1]);
  expect(relevanceMass(values, highestTenth(values))).toBeCloseTo(0.9, 15);
  expect(relevanceMass(new Float64Array(20), highestTenth(values))).toBeNaN();
  const other = values.slice();
  other[5] = 10;
  expect(sharedPositions(highestTenth(values), highestTenth(other))).toBe(0.5);
});

test('the overlap of regions and the difference of maps', () => {
  expect(regionOverlap(Uint8Array.of(1, 1, 1, 0), Uint8Array.of(0, 1, 1, 1))).toBe(0.5);
  expect(regionOverlap(Uint8Array.of(1, 0), Uint8Array.of(1, 0))).toBe(1);
  expect(regionOverlap(new Uint8Array(3), new Uint8Array(3))).toBeNaN();
  expect(relativeDifference([3, 4], [3, 9])).toBe(1);
  expect(relativeDifference([3, 4], [-3, -4])).toBe(2);
  expect(relativeDifference([0, 0], [1, 0])).toBeNaN();
});
