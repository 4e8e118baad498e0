import { describe, expect, test } from 'vitest';
import { areConstructionsOfOne, comparedArm, comparedArms, ownArm, refinedArm } from '#domain/arms';
import type { DesignResult } from '#engine/pipeline/result/case-result';
import { pairArms } from '#engine/pipeline/result/pair-arms';
import { signedRank } from '#engine/validation/signed-rank';

const maximize = { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] } as const;

/** An arm from rows of [patch, objective value, feasible?], ranked as results rank designs. */
function arm(name: string, rows: readonly [number, number, boolean?][], sign = 1) {
  const designs = rows.map(([candidate, objectiveValue, feasible = true]) => ({
    candidate, objectiveValue, feasible,
    limit: { value: 200, percent: objectiveValue / 2 },
    constraints: [{ name: 'fraction', satisfied: true }, { name: 'difference', satisfied: feasible }],
  }) as unknown as DesignResult);
  return { name, designs: designs.toSorted((a, b) => Number(b.feasible) - Number(a.feasible) || sign * (b.objectiveValue - a.objectiveValue)) };
}

describe('pairArms', () => {
  // Patches 0 and 1 of image 7, 2 of image 8, 3 of image 9, 4 and 5 of image 10; patch 5 gives no cell in either arm.
  const images = [7, 7, 8, 9, 10, 10];
  const first = arm('first', [[0, 100], [1, 120], [2, 90], [3, 150, false], [4, 110]]);
  const second = arm('second', [[4, 110], [1, 100], [0, 80], [2, 95], [3, 20]]);
  const paired = pairArms(maximize, images, first, second);

  test('counts patches, cells, feasible cells, and the better one of each pair', () => {
    expect(paired).toMatchObject({ patches: 6, bothFeasible: 4, firstBetter: 2, secondBetter: 1 });
    expect(paired.arms.map(({ cells, feasible }) => [cells, feasible])).toEqual([[5, 4], [5, 5]]);
    expect(paired.arms.map(({ violations }) => violations)).toEqual([
      [{ name: 'fraction', count: 0 }, { name: 'difference', count: 1 }],
      [{ name: 'fraction', count: 0 }, { name: 'difference', count: 0 }],
    ]);
  });

  test('has the best and the median of the feasible cells, with their shares of the limit', () => {
    expect(paired.arms[0]).toMatchObject({ best: { objectiveValue: 120, percentOfLimit: 60 }, median: { objectiveValue: 105, percentOfLimit: 52.5 } });
    expect(paired.arms[1]).toMatchObject({ best: { objectiveValue: 110, percentOfLimit: 55 }, median: { objectiveValue: 95, percentOfLimit: 47.5 } });
  });

  test('tests one number per image', () => {
    // Image 7: (20 + 20)/2, image 8: −5, image 10: 0; image 9 has no pair.
    expect(paired.valuesByImage).toEqual(signedRank([20, -5, 0]));
    // Only in image 9 does one arm have a feasible cell more.
    expect(paired.feasibleByImage).toEqual(signedRank([0, 0, -1, 0]));
  });

  test('many patches of one image are no more evidence than one', () => {
    const many = Array.from({ length: 40 }, (_, i) => i);
    const { valuesByImage, firstBetter } = pairArms(maximize, many.map(() => 3), arm('a', many.map((i) => [i, 2 + i])), arm('b', many.map((i) => [i, 1 + i])));
    expect(firstBetter).toBe(40);
    expect(valuesByImage).toMatchObject({ positive: 1, negative: 0, pTwoSided: 1 });
  });

  test('the smaller of two minimized values is better', () => {
    const minimize = { ...maximize, sense: 'minimize' } as const;
    const turned = pairArms(minimize, images, arm('first', [[0, 100], [1, 120]], -1), arm('second', [[0, 80], [1, 130]], -1));
    expect(turned).toMatchObject({ firstBetter: 1, secondBetter: 1, arms: [{ best: { objectiveValue: 100 } }, { best: { objectiveValue: 80 } }] });
  });

  test('an arm without a feasible cell has no values, and nothing is in pairs', () => {
    const { arms, bothFeasible, valuesByImage } = pairArms(maximize, images, arm('first', [[0, 100, false]]), second);
    expect(arms[0]).toEqual({ cells: 1, feasible: 0, violations: [{ name: 'fraction', count: 0 }, { name: 'difference', count: 1 }] });
    expect(bothFeasible).toBe(0);
    expect(valuesByImage.pTwoSided).toBe(1);
  });
});

test('only arms of the same patches by different constructions are compared patch by patch', () => {
  const [mirror, graph] = [ownArm('mirror'), ownArm('graph')];
  expect(areConstructionsOfOne(mirror, comparedArm('graph', 'mirror'))).toBe(true);
  expect(areConstructionsOfOne(graph, comparedArm('mirror', 'graph'))).toBe(true);
  expect(areConstructionsOfOne(mirror, comparedArm('control', 'mirror'))).toBe(false);
  expect(areConstructionsOfOne(mirror, comparedArms.optimization)).toBe(false);
  expect(areConstructionsOfOne(mirror, refinedArm(mirror))).toBe(false);
  expect(areConstructionsOfOne(refinedArm(mirror), refinedArm(comparedArm('graph', 'mirror')))).toBe(false);
});
