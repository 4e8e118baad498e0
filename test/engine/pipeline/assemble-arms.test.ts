import { describe, expect, test } from 'vitest';
import type { ArmSpec } from '#domain/arms';
import type { DesignResult } from '#engine/pipeline/result/case-result';
import { compareArms, triesOf } from '#engine/pipeline/result/assemble-arms';

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

  test('counts images that belong together once', () => {
    const [first, second] = [arm([0, 10], [1, 20], [2, 4]), arm([3, 5], [4, 7])];
    const { byImage } = compareArms(maximize, first, second, Int32Array.of(0, 0, 2, 3, 3))!;
    // Means 15 and 4 against 6.
    expect([byImage.firstCount, byImage.secondCount, byImage.superiority]).toEqual([2, 1, 0.5]);
    expect(compareArms(maximize, first, second)!.byImage).toMatchObject({ firstCount: 3, secondCount: 2 });
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

describe('triesOf', () => {
  const spec: ArmSpec = { name: 'explained', images: 'outliers', proposals: 'regions', construct: 'mirror' };
  const designs = [[7, true], [5, true], [9, false]].map(([objectiveValue, feasible]) => ({ objectiveValue, feasible }) as DesignResult);
  const failures = (sameCell: number) => [{ reason: 'same-cell', message: '', count: sameCell }, { reason: 'no-branch', message: '', count: 2 }, { reason: 'no-overlap', message: '', count: 70 }];

  test('draws patches of which each gives a cell of its own, or none: infeasible cells and patches that the construction refuses are no design, regions without a square are no patch', () => {
    const { tries } = triesOf({ spec, proposals: 5 + 40, failures: failures(40), designs }, maximize, 6);
    expect(tries!.map((each) => each.tries)).toEqual([1, 2, 3, 5]);
    expect(tries![0]).toEqual({ tries: 1, feasible: 2 / 5, beating: 1 / 5, best: 6, gain: 1 / 5 });
    // 7 is among two of five patches in 4 of 10 draws, 5 without it in 3 of 10.
    expect(tries![1]).toEqual({ tries: 2, feasible: expect.closeTo(0.7, 12) as number, beating: 0.4, best: expect.closeTo((7 * 4 + 5 * 3) / 7, 12) as number, gain: 0.4 });
  });

  test('is for draws alone: optimizations and pictures are chosen', () => {
    for (const construct of ['optimize', 'unchanged'] as const) expect(triesOf({ spec: { ...spec, construct }, proposals: 5, failures: [], designs }, maximize, 6)).toEqual({});
    expect(triesOf({ spec, proposals: 0, failures: [], designs: [] }, maximize, 6)).toEqual({ tries: [] });
  });
});
