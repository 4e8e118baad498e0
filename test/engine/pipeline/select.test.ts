import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import { failure, success } from '#domain/finding';
import type { Directional } from '#domain/objective';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import type { StageContext } from '#engine/pipeline/stage';
import { createRng } from '#engine/core/rng';
import { drawModerate, select, selectModerate, selectOutliers } from '#engine/pipeline/stages/database';

/** Results with these Young's moduli. */
function testsOf(...values: readonly (readonly [x: number, y: number])[]): VirtualTestResult[] {
  return values.map(([x, y]) => ({ youngsModulus: { x, y } satisfies Directional }) as VirtualTestResult);
}

function problemOf(outlierShare: number, objective: Partial<DesignCase['objective']> = {}): DesignCase {
  return {
    objective: { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'], ...objective },
    explain: { outlierShare },
  } as DesignCase;
}

const chosen = (...given: Parameters<typeof selectOutliers>): number[] => [...selectOutliers(...given)];

describe('exceptional images', () => {
  test('are among the best share in both directions, best worst direction first', () => {
    const tests = testsOf([9, 7], [8, 8], [7, 9], [9, 1], [1, 9], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6]);
    // Of ten images half are five: 9, 9, 8, 7, 6 in x and 9, 9, 8, 7, 6 in y.
    expect(chosen(tests, problemOf(0.5))).toEqual([1, 0, 2, 9]);
    expect(chosen(tests, problemOf(0.2))).toEqual([]);
    expect(chosen(tests, problemOf(0.3))).toEqual([1]);
  });

  test('count by rank, in one direction when the objective has one', () => {
    const tests = testsOf([9, 7], [8, 8], [7, 9], [1, 100]);
    expect(chosen(tests, problemOf(0.5, { directions: ['x'] }))).toEqual([0, 1]);
    expect(chosen(tests, problemOf(0.5, { directions: ['y'] }))).toEqual([3, 2]);
  });

  test('without a value come last, whichever sense', () => {
    const tests = ([0.3, undefined, 0.1, 0.2, undefined] as const).map((nu) => ({ kind: 'periodic', ...(nu !== undefined && { poissonRatio: { x: nu, y: nu } }) }) as VirtualTestResult);
    expect(chosen(tests, problemOf(0.6, { property: 'poisson-ratio' }))).toEqual([0, 3, 2]);
    expect(chosen(tests, problemOf(0.2, { property: 'poisson-ratio', sense: 'minimize' }))).toEqual([2]);
    expect(chosen(tests, problemOf(0.6, { property: 'poisson-ratio', sense: 'minimize' }))).toEqual([2, 3, 0]);
  });

  test('have the least values when the objective minimizes', () => {
    const tests = testsOf([1, 3], [2, 2], [3, 1], [9, 9], [8, 8], [7, 7]);
    expect(chosen(tests, problemOf(0.5, { sense: 'minimize' }))).toEqual([1, 0, 2]);
  });

  test('with equal values are the earlier ones, so that the share is kept', () => {
    const tests = testsOf([5, 5], [5, 5], [5, 5], [5, 5]);
    expect(chosen(tests, problemOf(0.5))).toEqual([0, 1]);
  });

  test('are at least tried for one image in each direction, however small the share', () => {
    expect(chosen(testsOf([1, 1], [2, 2], [3, 3]), problemOf(0.001))).toEqual([2]);
    expect(chosen(testsOf([1, 1], [2, 2], [3, 3]), problemOf(1))).toEqual([2, 1, 0]);
  });

  test('are those that fewer images than the share beat in every direction', () => {
    const value = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.constantFrom('maximize' as const, 'minimize' as const),
        (values, share, sense) => {
          const sign = sense === 'maximize' ? 1 : -1;
          const rank = Math.max(1, Math.round(share * values.length));
          const before = (i: number, d: 0 | 1): number =>
            values.filter((other, j) => sign * other[d] > sign * values[i]![d] || (other[d] === values[i]![d] && j < i)).length;
          const worst = (i: number): number => sign * Math.min(sign * values[i]![0], sign * values[i]![1]);
          const expected = values.map((_, i) => i).filter((i) => before(i, 0) < rank && before(i, 1) < rank);
          expected.sort((a, b) => sign * (worst(b) - worst(a)) || a - b);
          expect(chosen(testsOf(...values), problemOf(share, { sense }))).toEqual(expected);
        },
      ),
    );
  });
});

describe('the stage', () => {
  const run = (tests: VirtualTestResult[], problem: DesignCase) =>
    select.run({} as StageContext, problem, { tests });

  test('keeps the indices', async () => {
    const artifact = await run(testsOf([9, 7], [8, 8], [1, 1]), problemOf(0.7));
    expect(artifact).toEqual(success({ header: {}, arrays: { outliers: Int32Array.of(1, 0) } }));
    expect(artifact.ok && [...select.read(artifact.value)]).toEqual([1, 0]);
  });

  test('refuses when there are none', async () => {
    const refused = await run(testsOf([9, 1], [1, 9], [2, 2]), problemOf(0.3));
    expect(refused).toEqual(
      failure('no-outliers', 'No image is among the best 30 % in every direction at once.', 'Make the database larger or the share of outliers larger.'),
    );
  });

  test('depends on objective and share, and on no other setting of the explanation', () => {
    const problem = problemOf(0.1);
    const other = { ...problem, explain: { ...problem.explain, thresholds: [0.9] } } as DesignCase;
    expect(select.describe(other)).toEqual(select.describe(problem));
    expect(select.describe(problemOf(0.2))).not.toEqual(select.describe(problem));
    expect(select.describe(problemOf(0.1, { directions: ['x'] }))).not.toEqual(select.describe(problem));
  });
});

describe('moderate images', () => {
  const draw = (seed: number, count: number, outliers: readonly number[]): number[] => [...drawModerate(createRng(seed), count, Int32Array.from(outliers))];

  test('are as many others as there are outliers, each once, or all others if they are fewer', () => {
    const places = fc.integer({ min: 1, max: 60 }).chain((count) => fc.tuple(fc.constant(count), fc.uniqueArray(fc.nat(count - 1), { minLength: 1 }), fc.nat(1000)));
    fc.assert(
      fc.property(places, ([count, outliers, seed]) => {
        const drawn = draw(seed, count, outliers);
        expect(drawn).toHaveLength(Math.min(outliers.length, count - outliers.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        for (const image of drawn) expect(image >= 0 && image < count && !outliers.includes(image)).toBe(true);
      }),
    );
  });

  test('are the same for a seed, and others for another one', () => {
    const outliers = [3, 14, 15, 92, 65];
    expect(draw(7, 200, outliers)).toEqual(draw(7, 200, outliers));
    expect(draw(8, 200, outliers)).not.toEqual(draw(7, 200, outliers));
    expect(selectModerate({ name: 'moderate' }).describe({ database: { seed: 7 } } as DesignCase)).not.toEqual(selectModerate({ name: 'moderate' }).describe({ database: { seed: 8 } } as DesignCase));
  });

  test('are drawn uniformly', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed++) for (const image of draw(seed, 10, [2, 5])) counts[image]!++;
    // 4000 draws of eight images: each 500 ± 19.4 times (1 σ, two of eight without replacement).
    expect([counts[2], counts[5]]).toEqual([0, 0]);
    for (const [image, count] of counts.entries()) if (image !== 2 && image !== 5) expect(Math.abs(count - 500), `image ${image}`).toBeLessThan(5 * 19.4);
  });
});
