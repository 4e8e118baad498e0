/*
 * What a run will take, before it begins: seconds, bytes on the disk, bytes of memory. Rough on purpose –
 * a factor of two is a good day – and honest about the orders of magnitude: minutes, hours or days.
 *
 * The constants are medians of runs and benchmarks on two cores of a shared server (docs/benchmarks.md,
 * docs/methods.md), at 128 × 128 pixels on the wasm backend; work grows with pixels as the solvers do.
 */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { cutsOf, mapNames } from '#domain/explanation';
import type { Finding } from '#domain/finding';
import { databaseSize } from '#domain/image-files';
import { placeText, takesOwnImages } from '#domain/stages';
import { bytesText } from '#display/numbers';
import { examinationTests, optimizerMemory, suitsIterations, testerMemory, testsOf } from '#engine/api';
import { secondsOfStart, startsOf } from './estimate-optimization';

export interface RunEstimate {
  readonly seconds: number;
  /** Seconds of the stages that take any, by `placeText`; their sum is `seconds`. */
  readonly stages: ReadonlyMap<string, number>;
  readonly diskBytes: number;
  /** Of all worker threads together. */
  readonly memoryBytes: number;
  /** Seconds of the arms that optimize, by their names; `seconds` has them, too. */
  readonly optimizations: Readonly<Record<string, number>>;
}

/** Seconds of one core for one image of 128 × 128 pixels. */
export const solveSeconds = { compression: 0.03, heating: 0.045, periodic: 0.046, iterations: 0.006 } as const;
export const generateSeconds = 0.008;
/** Seconds of two threads for one image, one epoch and one network, forwards and backwards. */
export const trainSeconds = { compact: 0.008, resnet18: 0.11 } as const;
/** A training that two threads share gains no more from others. */
export const trainingThreads = 2;
export const explainSeconds = { compact: 0.02, resnet18: 0.3 } as const;
/** Seconds of the exact contributions of an image, squares of all edges. */
export const contributionSeconds = 0.15;
/** Bytes of the weights, and with what an interrupted training keeps. */
const networkBytes = { compact: 3e6, resnet18: 180e6 } as const;
/** A design: its numbers, its image, its share of the report. */
const designBytes = 12_000;

/** What an optimization keeps to be resumed, until all of its arm are done. */
const stateBytes = 1_500_000;

/** A case on a machine with so many worker threads. */
export function estimateRun(estimated: DesignCase<unknown>, workers: number): RunEstimate {
  const { database, learning, explain, objective, test, arms } = estimated;
  const pixels = (database.resolution / 128) ** 2;
  const size = databaseSize(database);
  const networks = learning?.directions === 'separate' ? new Set(objective.directions).size : 1;
  const outliers = Math.max(1, size * explain.outlierShare ** 1.5);
  const maps = mapNames(explain).length;
  const perImage = maps * cutsOf(explain).length;
  const perArm = outliers * perImage;
  const pictured = (estimated.pictures ?? []).length;
  const cellsOf = (arm: ArmSpec): number => {
    if (arm.construct === 'unchanged') return pictured;
    if (arm.construct !== 'optimize') return perArm;
    const parent = arms.find(({ name }) => name === arm.startFrom);
    return startsOf(estimated, arm, parent === undefined ? 0 : cellsOf(parent));
  };
  const optimizing = arms.filter(({ construct }) => construct === 'optimize').map((arm) => ({ arm, starts: cellsOf(arm) }));
  const optimized = optimizing.reduce((sum, { starts }) => sum + starts, 0);
  const designs = arms.reduce((sum, arm) => sum + cellsOf(arm), 0);
  const solve = solveOne(estimated) * pixels;
  const validateOne = (arm: ArmSpec): number => testsOf(test, arm).reduce((sum, kind) => sum + (kind === test ? solve : solveSeconds.periodic * pixels), 0);
  const examine = examinationTests(outliers, explain) * solve;
  const passes = learning === undefined ? 0 : learning.epochs * size * (1 - learning.holdOut) * networks * pixels;
  const learn = learning === undefined ? 0 : (passes * trainSeconds[learning.network] * trainingThreads) / Math.min(trainingThreads, workers);
  const others = Math.max(0, Math.min(outliers, size - outliers));
  const explaining = (explained: number): number =>
    learning === undefined ? (explained * contributionSeconds * pixels) / workers : (explained * maps * explainSeconds[learning.network] * pixels) / Math.min(2, workers);
  // An optimization has one thread.
  const optimizations = Object.fromEntries(optimizing.map(({ arm, starts }) => [arm.name, Math.ceil(starts / workers) * secondsOfStart(estimated, arm)]));
  const stages = new Map([
    ['generate', ((database.kind === 'files' ? 0 : size * generateSeconds * pixels)) / workers],
    ['solve', (size * solve) / workers],
    ...(learning === undefined ? [] : [['learn', learn] as const]),
    ['explain', explaining(outliers)],
    ...arms.filter(takesOwnImages).map(({ name: arm }): [string, number] => [placeText({ stage: 'explain', arm }), explaining(others)]),
    ['examine', examine / workers],
    ...Object.entries(optimizations).map(([arm, seconds]): [string, number] => [placeText({ stage: 'construct', arm }), seconds]),
    ...arms.map((arm): [string, number] => [placeText({ stage: 'validate', arm: arm.name }), (cellsOf(arm) * validateOne(arm)) / workers]),
  ]);
  return {
    optimizations,
    stages,
    seconds: [...stages.values()].reduce((sum, seconds) => sum + seconds, 0),
    diskBytes: (size * database.resolution ** 2) / 8 + size * 150 + (learning === undefined ? 0 : networks * networkBytes[learning.network]) + designs * designBytes * pixels + optimized * stateBytes * pixels,
    memoryBytes: workers * memoryOf(estimated),
  };
}

function solveOne({ database, phases, plane, test }: DesignCase<unknown>): number {
  return suitsIterations(database.resolution, phases, { kind: test, plane }) ? solveSeconds.iterations : solveSeconds[test];
}

function memoryOf({ database, phases, plane, test, arms, optimization: { symmetry } }: DesignCase<unknown>): number {
  const settings = { kind: test, plane };
  const optimizer = arms.some(({ construct }) => construct === 'optimize') ? optimizerMemory(database.resolution, phases, settings, symmetry) : 0;
  return testerMemory(database.resolution, phases, settings, false).total + optimizer;
}

/** A finding `run-exceeds-disk` when a run will probably need more than the free bytes. */
export function warnDisk({ diskBytes }: Pick<RunEstimate, 'diskBytes'>, free: number): Finding | undefined {
  if (diskBytes <= free) return undefined;
  return {
    code: 'run-exceeds-disk',
    severity: 'warning',
    message: `A run will take about ${bytesText(diskBytes)} of the disk; ${bytesText(free)} are free.`,
    remedy: 'Free disk space, use fewer images or a lower resolution, or choose another run folder with `--out`.',
  };
}
