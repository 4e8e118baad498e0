import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ArmSpec, comparedArm, comparedArms, refinedArm } from '#domain/arms';
import { readSpecification } from '#language/read-specification';
import type { CaseSpecification } from '#language/specification/specification';
import { estimateRun, warnDisk } from '#runner/estimate/estimate-run';

function caseOf(name: string): CaseSpecification['case'] {
  const path = resolve(import.meta.dirname, '../../../examples', name);
  const disk = { read: (file: string) => readFileSync(file, 'utf8'), resolve: (from: string, target: string) => resolve(dirname(from), target) };
  return readSpecification(path, disk).specification!.cases[0]!.case;
}

const quickstart = caseOf('quickstart.xdesign');

describe('an estimate', () => {
  test('is minutes for the quickstart and days for a case of the paper', () => {
    const { seconds, diskBytes } = estimateRun(quickstart, 2);
    // Measured: two to three minutes on two shared cores (docs/methods.md).
    expect(seconds).toBeGreaterThan(60);
    expect(seconds).toBeLessThan(300);
    expect(diskBytes).toBeGreaterThan(800 * 128 ** 2 / 8);
    expect(diskBytes).toBeLessThan(50e6);
    expect(estimateRun(caseOf('paper/stiffness.xdesign'), 2).seconds).toBeGreaterThan(86_400);
  });

  test('grows with images, pixels and epochs, and shrinks with workers', () => {
    const seconds = (change: object, workers = 2): number => estimateRun({ ...quickstart, ...change }, workers).seconds;
    const { database, learning } = quickstart;
    expect(seconds({ database: { ...database, size: 1600 } })).toBeGreaterThan(1.8 * seconds({}));
    expect(seconds({ database: { ...database, resolution: 256 } })).toBeGreaterThan(3 * seconds({}));
    expect(seconds({ learning: { ...learning, epochs: 32 } })).toBeGreaterThan(1.3 * seconds({}));
    expect(seconds({}, 8)).toBeLessThan(seconds({}));
    expect(seconds({ test: 'heating' })).toBeGreaterThan(seconds({ test: 'periodic' }));
    expect(estimateRun(quickstart, 4).memoryBytes).toBe(2 * estimateRun(quickstart, 2).memoryBytes);
  });

  test('counts the cells of another construction, and their refinement', () => {
    const [own] = quickstart.arms;
    const graph = comparedArm('graph', own.construct);
    const estimateOf = (...arms: readonly [ArmSpec, ...ArmSpec[]]) => estimateRun({ ...quickstart, learning: { ...quickstart.learning!, epochs: 0 }, arms }, 2);
    const [alone, both, three] = [estimateOf(own), estimateOf(own, graph), estimateOf(own, graph, comparedArm('control', own.construct))];
    const added = both.seconds - alone.seconds;
    expect(added).toBeGreaterThan(0.05 * alone.seconds);
    expect(three.seconds - both.seconds).toBeCloseTo(added, 6);
    expect(both.diskBytes).toBeGreaterThan(alone.diskBytes);
    const { optimizations, memoryBytes } = estimateOf(own, graph, refinedArm(own), refinedArm(graph));
    expect(optimizations['graph-refined']).toBe(optimizations['explained-refined']);
    expect(memoryBytes).toBeGreaterThan(both.memoryBytes);
  });

  test('counts on the solver that the tests are done by: iterations end at a contrast of moduli, and small images have none', () => {
    const withPhases = (black: object, resolution = 128): number => {
      const { phases, database, learning } = quickstart;
      const { seconds } = estimateRun({ ...quickstart, test: 'periodic', learning: { ...learning!, epochs: 0 }, database: { ...database, resolution, size: 1e6 }, phases: { white: phases.white, black: { ...phases.white, ...black } } }, 2);
      return seconds / resolution ** 2;
    };
    // Young's moduli in a ratio of 40; one Poisson's ratio makes the shear moduli differ by 40 / 0.2 · 1.3 = 260.
    const { youngsModulus } = quickstart.phases.white;
    const [iterative, direct] = [withPhases({ youngsModulus: youngsModulus / 40 }), withPhases({ youngsModulus: youngsModulus / 60 })];
    expect(direct).toBeGreaterThan(2 * iterative);
    expect(withPhases({ youngsModulus: youngsModulus * 40, poissonRatio: -0.8 })).toBeCloseTo(direct, 12);
    expect(withPhases({ youngsModulus: youngsModulus / 40 }, 32)).toBeGreaterThan(2 * iterative);
  });

  test('counts optimizations by their starts, resolution, filter, contrast and test', () => {
    const [own] = quickstart.arms;
    const arms = [own, { ...comparedArms.optimization }, refinedArm(own)] as const;
    const optimizing = { ...quickstart, arms };
    const secondsOf = (change: object, workers = 2, arm = 'optimization'): number => estimateRun({ ...optimizing, ...change }, workers).optimizations[arm]!;
    const { database, optimization } = quickstart;
    const { seconds, optimizations, memoryBytes } = estimateRun(optimizing, 2);
    expect(Object.keys(optimizations)).toEqual(['optimization', 'explained-refined']);
    const alone = estimateRun({ ...quickstart, arms: [own] }, 2);
    expect(alone.optimizations).toEqual({});
    // The rest is the tests of the cells.
    expect(seconds - alone.seconds - optimizations['optimization']! - optimizations['explained-refined']!).toBeLessThan(1);
    expect(memoryBytes).toBeGreaterThan(alone.memoryBytes);
    expect(secondsOf({ optimization: { ...optimization, starts: 48 } })).toBeCloseTo(2 * secondsOf({}), 9);
    expect(secondsOf({ optimization: { ...optimization, from: ['disc', 'frame'] } }, 1)).toBeCloseTo(secondsOf({}, 1) / 12, 9);
    expect(secondsOf({ optimization: { ...optimization, best: 20 } }, 1, 'explained-refined')).toBeCloseTo(2 * secondsOf({}, 1, 'explained-refined'), 9);
    expect(secondsOf({ optimization: { ...optimization, filter: 40 } })).toBeGreaterThan(1.5 * secondsOf({}));
    expect(secondsOf({ database: { ...database, resolution: 256 } })).toBeGreaterThan(3.9 * secondsOf({}));
    expect(secondsOf({}, 8)).toBeCloseTo(secondsOf({}, 2) / 4, 9);
    expect(secondsOf({ test: 'periodic' })).toBeLessThan(secondsOf({}));
    expect(secondsOf({ test: 'periodic', optimization: { ...optimization, symmetry: 'none' } })).toBeGreaterThan(1.5 * secondsOf({ test: 'periodic' }));
    const { white } = quickstart.phases;
    expect(secondsOf({ phases: { white, black: { ...white, youngsModulus: white.youngsModulus / 1e5 } } })).toBeGreaterThan(2 * secondsOf({}));
  });

  test('refines no more designs than there may be', () => {
    const [own] = quickstart.arms;
    const { explain, optimization } = quickstart;
    const secondsOf = (best: number): number => {
      const few = { ...quickstart, arms: [own, refinedArm(own)] as const, explain: { ...explain, thresholds: [0.5], layers: ['last'] as const, outlierShare: 0.05 } };
      return estimateRun({ ...few, optimization: { ...optimization, best } }, 1).optimizations['explained-refined']!;
    };
    expect(secondsOf(20)).toBe(secondsOf(1000));
    expect(secondsOf(5)).toBeLessThan(secondsOf(20));
  });

  test('warns of a disk that is too small', () => {
    const estimate = { diskBytes: 450e6 };
    expect(warnDisk(estimate, 450e6)).toBeUndefined();
    expect(warnDisk(estimate, 120e6)).toMatchObject({ code: 'run-exceeds-disk', message: 'A run will take about 450 MB of the disk; 120 MB are free.' });
    expect(warnDisk({ diskBytes: 12.34e9 }, 1e9)).toMatchObject({ message: 'A run will take about 12.3 GB of the disk; 1.0 GB are free.' });
  });
});
