/* Starts of families: which random numbers each takes, for the job that optimizes and for panels that show the start. */
import type { DesignCase } from '#domain/case';
import type { StartFamily } from '#domain/optimization';
import { createRng } from '#engine/core/rng';
import { type Orbits, orbitsOf } from '#engine/optimization/design-variables';
import { type OptimizationStart, startOfFamily } from '#engine/optimization/starts';
import type { StartOrigin } from './candidate';

/** A start of the stream that the seed and the label fix. */
export interface FamilyStart {
  readonly kind: 'family';
  readonly family: StartFamily;
  readonly seed: number;
  readonly label: string;
}

export function familyStart({ family, number }: Pick<StartOrigin, 'family' | 'number'>, { database: { seed } }: Pick<DesignCase, 'database'>): FamilyStart {
  return { kind: 'family', family, seed, label: `${family}/${number}` };
}

/** Its densities around a fraction of white. */
export function startOf({ family, seed, label }: FamilyStart, orbits: Orbits, fraction: number): OptimizationStart {
  return startOfFamily(family, orbits, fraction, createRng(seed).fork(`optimize/${label}`));
}

/** Densities in [0, 1] of all pixels that an optimization of the case begins with, row-major, row 0 at the top. */
export function startDensities(problem: Pick<DesignCase, 'database' | 'optimization' | 'construct'>, origin: Pick<StartOrigin, 'family' | 'number'>): Float64Array {
  const orbits = orbitsOf(problem.database.resolution, problem.optimization.symmetry);
  return startOf(familyStart(origin, problem), orbits, problem.construct.fraction.upper).densities;
}
