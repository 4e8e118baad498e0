/* What starts are worth, of traces that are drawn by hand. */
import { describe, expect, test } from 'vitest';
import type { Objective } from '#domain/objective';
import type { OptimizationResult } from '#engine/api';
import type { CandidateOrigin } from '#engine/pipeline/arms/candidate';
import type { OptimizationTrace } from '#engine/pipeline/arms/optimization-trace';
import { assembleOptimization, type OptimizationParts } from '#engine/pipeline/result/assemble-optimization';

const stiffness: Objective = { property: 'youngs-modulus', sense: 'maximize', directions: ['x', 'y'] };

/** An objective value, with `!` where the cut violates a constraint. */
type Cut = number | `${number}!`;

/** Cuts every five iterations, each after seven iterations of the solver per iteration. */
function trace(...cuts: readonly Cut[]): OptimizationTrace {
  const iterations = Int32Array.from(cuts, (_, i) => 5 * i);
  return {
    values: new Float64Array(iterations.at(-1)!),
    cuts: {
      iterations,
      solverIterations: Float64Array.from(iterations, (count) => 7 * count),
      values: Float64Array.from(cuts, (cut) => (typeof cut === 'number' ? cut : Number(cut.slice(0, -1)))),
      feasible: Uint8Array.from(cuts, (cut) => Number(typeof cut === 'number')),
    },
    cell: new Uint8Array(),
  };
}

type Runs = readonly (readonly [CandidateOrigin, OptimizationTrace | undefined])[];
const refined = (arm: string, candidate: number): CandidateOrigin => ({ kind: 'parent', arm, candidate });
const noise = (number: number): CandidateOrigin => ({ kind: 'start', family: 'noise', number });
const frame: CandidateOrigin = { kind: 'start', family: 'frame', number: 0 };
const image = (index: number): CandidateOrigin => ({ kind: 'image', image: index });

interface DrawnArm {
  /** Objective values of its designs by candidate, the best first. */
  readonly designs: readonly (readonly [candidate: number, value: number, feasible?: boolean])[];
  readonly runs?: Runs;
}

function assemble(arms: { readonly [name: string]: DrawnArm }, { objective = stiffness, bestOfDatabase = 50 } = {}): OptimizationResult | undefined {
  const parts: OptimizationParts = {
    values: Object.fromEntries(Object.entries(arms).map(([name, { runs = [] }]) => [name, {
      proposals: { origins: runs.map(([origin]) => origin), refusals: [] },
      candidates: { candidates: [], cells: { count: 0, resolution: 8, packed: new Uint8Array() }, attempts: runs.length, refusals: [], traces: runs.map(([, each]) => each) },
    }])),
    arms: Object.entries(arms).map(([name, { designs }]) => ({
      name,
      designs: designs.map(([candidate, objectiveValue, feasible = true]) => ({ candidate, objectiveValue, feasible })),
    })),
    bestOfDatabase,
  };
  return assembleOptimization({ objective, optimization: { filter: 3, symmetry: 'mirror', best: 2, starts: 5, from: ['images', 'noise', 'frame'] } }, parts);
}

/** Refined designs reach 100 after 5 and 10 iterations, noise 99.5 once and 90 else, one image 99.95 at once, the other never. */
const drawn: { readonly [name: string]: DrawnArm } = {
  explained: { designs: [[7, 80], [2, 70]] },
  control: { designs: [[4, 60]] },
  'control-refined': { designs: [[0, 95]], runs: [[refined('control', 4), trace(60, 90, 95)]] },
  'explained-refined': { designs: [[1, 100], [0, 99.6]], runs: [[refined('explained', 7), trace(80, 99.6)], [refined('explained', 2), trace(70, 98.9, 100)]] },
  optimization: {
    designs: [[5, 99.95], [1, 99.5], [2, 90]],
    runs: [
      [noise(0), trace(20, 50, 70, '99.9!')],
      [noise(1), trace(20, '99.2!', 99, 99.5, 98.5, 99.5)],
      [noise(2), trace(20, 90)],
      [frame, undefined],
      [image(9), trace(40, 60, '99!', 80)],
      [image(3), trace(99.95)],
    ],
  },
};

describe('groups', () => {
  const result = assemble(drawn)!;

  test('are refined designs, the own ones first, then sources in the order of the case; a refused start is no run', () => {
    expect(result.groups.map(({ kind, name, runs }) => [kind, name, runs])).toEqual([
      ['refined', 'explained', 2],
      ['refined', 'control', 1],
      ['starts', 'images', 2],
      ['starts', 'noise', 3],
    ]);
    expect(result.runs.map(({ group }) => group)).toEqual(['explained', 'explained', 'control', 'images', 'images', 'noise', 'noise', 'noise']);
  });

  test('a run belongs to its proposal, its design, and the design that it refines', () => {
    const [first, second, control, ...others] = result.runs;
    expect(first).toMatchObject({ arm: 'explained-refined', candidate: 0, design: 1, iterations: 5, solverIterations: 35, final: 99.6, refined: { design: 0, before: 80, after: 99.6 } });
    expect(second).toMatchObject({ arm: 'explained-refined', candidate: 1, design: 0, refined: { design: 1, before: 70, after: 100 } });
    expect(control).toMatchObject({ refined: { design: 0, before: 60, after: 95 } });
    expect(others.map(({ candidate, design, final }) => [candidate, design, final])).toEqual([[4, undefined, 80], [5, 0, 99.95], [0, undefined, undefined], [1, 1, 99.5], [2, 2, 90]]);
    expect(others.every((run) => !('refined' in run))).toBe(true);
  });

  test('runs that do not end feasible come last in a median, and are never the best', () => {
    expect(result.groups.map(({ best, median }) => [best, median])).toEqual([[100, 99.8], [95, 95], [99.95, (99.95 + 80) / 2], [99.5, 90]]);
    const [noiseAlone] = assemble({ explained: { designs: [] }, optimization: { designs: [], runs: [[noise(0), trace(1, '9!')], [noise(1), trace(1, 2)]] } })!.groups;
    expect(noiseAlone).toStrictEqual({ kind: 'starts', name: 'noise', runs: 2, best: 2, reached: noiseAlone!.reached });
  });
});

describe('targets', () => {
  test('are parts of the best value known, and hit by the first cut that is feasible and as good', () => {
    const { bestKnown, targets, groups } = assemble(drawn)!;
    expect(bestKnown).toBe(100);
    expect(targets.map(({ share, scale }) => [share, scale])).toEqual([[0.99, 'best-known'], [0.999, 'best-known']]);
    expect(targets[0]!.value).toBeCloseTo(99, 12);
    expect(targets[1]!.value).toBeCloseTo(99.9, 12);
    const [explained, control, images, ofNoise] = groups.map(({ reached }) => reached);
    // 99 %: after 5 and 10; 99.9 %: the first ends after 5 without.
    expect(explained).toEqual([{ runs: 2, iterations: 7.5, solverIterations: 7.5 * 7 }, { runs: 1, iterations: 15, solverIterations: 105 }]);
    expect(control).toEqual([{ runs: 0, iterations: Infinity, solverIterations: Infinity }, { runs: 0, iterations: Infinity, solverIterations: Infinity }]);
    // One after 15 iterations without, its cut of 99 violates; one at its start.
    expect(images).toEqual([{ runs: 1, iterations: 15, solverIterations: 105 }, { runs: 1, iterations: 15, solverIterations: 105 }]);
    // 15 and 5 without; the cut after 5 of the other violates, the one after 10 is exactly as good.
    expect(ofNoise![0]).toEqual({ runs: 1, iterations: 15 + 10 + 5, solverIterations: 210 });
    expect(ofNoise![1]!.runs).toBe(0);
  });

  test('a feasible design of any arm counts for the best value known, one that violates a constraint does not', () => {
    const { bestKnown } = assemble({ ...drawn, control: { designs: [[9, 300, false], [4, 120]] } })!;
    expect(bestKnown).toBe(120);
  });

  const one = (...values: readonly Cut[]): { readonly [name: string]: DrawnArm } => ({ explained: { designs: [] }, optimization: { designs: [], runs: [[noise(0), trace(...values)]] } });

  test('of a minimized objective are larger than the best value', () => {
    const expansion: Objective = { property: 'thermal-expansion', sense: 'minimize', directions: ['x'] };
    const { bestKnown, targets, groups } = assemble(one(15e-6, '9e-6!', 12.1e-6, 12.01e-6, 12e-6), { objective: expansion, bestOfDatabase: 14e-6 })!;
    expect(bestKnown).toBe(12e-6);
    expect(targets.map(({ value }) => value / 12e-6 - 1)).toEqual([expect.closeTo(0.01, 12), expect.closeTo(0.001, 12)]);
    expect(groups[0]!.reached.map(({ iterations }) => iterations)).toEqual([10, 15]);
    expect(groups[0]).toMatchObject({ best: 12e-6, median: 12e-6 });
  });

  test('are parts of the gain over the best image where the best value is nearer to zero', () => {
    const poisson: Objective = { property: 'poisson-ratio', sense: 'minimize', directions: ['x', 'y'] };
    const nearZero = assemble(one(0.3, 0.012, 0.01), { objective: poisson, bestOfDatabase: 0.21 })!;
    expect(nearZero.targets[0]).toEqual({ share: 0.99, value: expect.closeTo(0.012, 12) as number, scale: 'gain-over-database' });
    const zero = assemble(one(0.3, 0), { objective: poisson, bestOfDatabase: 0.2 })!;
    expect(zero.targets[0]!.value).toBeCloseTo(0.002, 12);
    const negative = assemble(one(0.3, -0.5), { objective: poisson, bestOfDatabase: -0.1 })!;
    expect(negative.targets[0]).toEqual({ share: 0.99, value: expect.closeTo(-0.495, 12) as number, scale: 'best-known' });
    // An image with less white than allowed may be better than all that is feasible.
    expect(assemble(one(0.3, 0.1), { objective: poisson, bestOfDatabase: -5 })!.targets[0]!.scale).toBe('best-known');
  });

  test('are never hit where nothing is feasible or has a value', () => {
    const { bestKnown, targets, groups, comparisons } = assemble(one('8!', NaN))!;
    expect([bestKnown, ...targets.map(({ value }) => value)]).toEqual([NaN, NaN, NaN]);
    expect(groups).toEqual([{ kind: 'starts', name: 'noise', runs: 1, reached: targets.map(() => ({ runs: 0, iterations: Infinity, solverIterations: Infinity })) }]);
    expect(comparisons).toEqual([]);
  });
});

describe('comparisons', () => {
  test('are of refined own designs with each group of two runs or more', () => {
    const { comparisons } = assemble(drawn)!;
    expect(comparisons.map(({ groups }) => groups)).toEqual([['explained', 'images'], ['explained', 'noise']]);
    const [withImages, withNoise] = comparisons;
    // 100 and 99.6 against 99.95 and 80: three of four pairs.
    expect(withImages!.finalValues).toMatchObject({ superiority: 0.75, firstCount: 2, secondCount: 2 });
    expect(withNoise!.finalValues).toMatchObject({ superiority: 1, pOneSided: expect.closeTo(1 / 10, 12) as number });
    // Hits after 5 and 10 against 10, never, never.
    expect(withNoise!.hittingTimes[0]).toMatchObject({ events: 2, allEvents: 3, expected: expect.closeTo(2 / 5 + 2 / 4, 12) as number, method: 'exact' });
    // Hits after 10 and never against never three times: a run that ended after 5 still counts at 10.
    expect(withNoise!.hittingTimes[1]).toMatchObject({ events: 1, allEvents: 1, expected: expect.closeTo(2 / 5, 12) as number });
  });

  test('of a minimized objective prefer the smaller values, and no hit leaves no test', () => {
    const objective: Objective = { ...stiffness, sense: 'minimize' };
    const runs = (origin: (i: number) => CandidateOrigin, ...values: number[]): Runs => values.map((value, i) => [origin(i), trace(99, value)]);
    const result = assemble(
      {
        explained: { designs: [[0, 9], [1, 8], [2, 1]] },
        'explained-refined': { designs: [], runs: runs((i) => refined('explained', i), 2, 3) },
        optimization: { designs: [], runs: runs(noise, 4, 5) },
      },
      { objective, bestOfDatabase: 9 },
    )!;
    expect(result.comparisons[0]!.finalValues.superiority).toBe(1);
    expect(result.comparisons[0]!.hittingTimes).toEqual([undefined, undefined]);
  });

  test('runs that do not end feasible share the last place', () => {
    const result = assemble({
      explained: { designs: [[0, -9], [1, -8]] },
      'explained-refined': { designs: [], runs: [[refined('explained', 0), trace('900!')], [refined('explained', 1), trace(-70)]] },
      optimization: { designs: [], runs: [[noise(0), trace('800!')], [noise(1), trace(-60)]] },
    })!;
    // A tie, one pair won by the second run, two lost.
    expect(result.comparisons[0]!.finalValues.u).toBe(1.5);
  });

  test('are missing where the own arm is not refined', () => {
    expect(assemble({ explained: { designs: [] }, optimization: drawn['optimization']! })!.comparisons).toEqual([]);
  });
});

test('a case without optimizations, or with refused ones alone, has no such result', () => {
  expect(assemble({ explained: { designs: [[0, 9]] } })).toBeUndefined();
  expect(assemble({ explained: { designs: [] }, optimization: { designs: [], runs: [[noise(0), undefined]] } })).toBeUndefined();
});
