import { describe, expect, test } from 'vitest';
import type { DesignResult } from '#engine/pipeline/result/case-result';
import { compareArms } from '#engine/pipeline/result/assemble-arms';

const maximize = { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] } as const;

/** An arm from rows of [source image, objective value]. */
const arm = (...rows: [number, number][]) => ({
  name: `arm of ${rows.length}`,
  designs: rows.map(([image, objectiveValue]) => ({ source: { image }, objectiveValue }) as DesignResult),
});

describe('compareArms', () => {
  test('counts an image once, however many designs it gave', () => {
    const many = Array.from({ length: 50 }, (): [number, number] => [1, 10]);
    const comparison = compareArms(maximize, arm(...many, [2, 3]), arm([1, 5], [2, 4]))!;
    expect(comparison.arms).toEqual(['arm of 51', 'arm of 2']);
    expect(comparison.byImage.firstCount).toBe(2);
    // Means 10 and 3 against 5 and 4: two pairs won, two lost, as a coin would have it.
    expect(comparison.byImage.superiority).toBe(0.5);
    expect(comparison.superiority).toBeCloseTo(100 / 102);
  });

  test('takes the mean of an image, and turns minimized values', () => {
    const minimize = { ...maximize, sense: 'minimize' } as const;
    const comparison = compareArms(minimize, arm([1, 2], [1, 4]), arm([7, 3.5]))!;
    expect(comparison.byImage.superiority).toBe(1);
    expect(compareArms(maximize, arm([1, 2], [1, 4]), arm([7, 3.5]))!.byImage.superiority).toBe(0);
  });

  test('is undefined when an arm has no design', () => {
    expect(compareArms(maximize, arm(), arm([1, 1]))).toBeUndefined();
    expect(compareArms(maximize, arm([1, 1]), arm())).toBeUndefined();
  });
});
