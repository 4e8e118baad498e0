/*
 * What optimizations will take: seconds of one core, as rough as the estimate of a run. The constants are processor times of
 * whole optimizations at 128 × 128 pixels with the tests of their cuts, medians of starts of the cases of the paper.
 */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { databaseSize } from '#domain/image-files';
import { phaseContrast } from '#domain/materials';
import { hasMirrors, type OptimizationProblem, type OptimizationSettings, startsByTurns } from '#domain/optimization';
import { largestPlainContrast } from '#engine/api';

/** Seconds of a start that is no image, by what is solved; above the largest plain contrast by other solvers. */
const solveSeconds = {
  plain: { mirrored: 1.3, periodic: 3.4, compression: 2.4, heating: 4.4 },
  scaled: { mirrored: 2.6, periodic: 16, compression: 8, heating: 8.4 },
} as const;
/** Seconds grow with the pixels along an edge to this power. */
const growth = 2;
/** An image begins with a sharper projection, so it takes fewer iterations. */
const imageShare = 0.5;
/** Seconds of the filter for each pixel of its disc around each variable, over all iterations. */
const filterSeconds = 1.3e-7;
const orbitSizes = { square: 8, mirror: 4, transpose: 2, none: 1 } as const;

/** The number of starts of an arm that optimizes; an arm that refines has no more than the other one has designs. */
export function startsOf({ database, optimization: { best, starts, from, pictures = [] } }: DesignCase<unknown>, { proposals }: ArmSpec, parentDesigns: number): number {
  return proposals === 'designs' ? Math.min(best, Math.ceil(parentDesigns)) : startsByTurns(starts, from, databaseSize(database), pictures.length).length;
}

/** Seconds of one core for one start of an arm. */
export function secondsOfStart(estimated: DesignCase<unknown>, { proposals }: ArmSpec): number {
  const { database: { resolution }, optimization } = estimated;
  return (proposals === 'designs' ? imageShare : 1) * secondsOfOptimization({ ...estimated, resolution }, optimization);
}

/** Seconds of one core for an optimization that starts from no image. */
export function secondsOfOptimization(
  { resolution, phases, plane, test, objective, constraints }: Omit<OptimizationProblem, 'window'>,
  { filter, symmetry }: OptimizationSettings,
): number {
  const seconds = solveSeconds[phaseContrast(phases, plane).ratio > largestPlainContrast ? 'scaled' : 'plain'];
  const expands = new Set([objective, ...constraints].map(({ property }) => property === 'thermal-expansion'));
  const systems = test === 'periodic' ? [hasMirrors(symmetry) ? ('mirrored' as const) : test] : [...expands].map((heated) => (heated ? ('heating' as const) : ('compression' as const)));
  const solving = systems.reduce((sum, system) => sum + seconds[system], 0) * (resolution / 128) ** growth;
  const filtering = (filterSeconds * Math.PI * filter ** 2 * resolution ** 2) / orbitSizes[symmetry];
  return solving + filtering;
}
