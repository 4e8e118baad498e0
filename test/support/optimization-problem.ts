/** Optimizations of small cells, for tests. */
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import type { Constraint, Direction, Objective, Property, Sense } from '#domain/objective';
import type { OptimizationProblem, OptimizationSettings } from '#domain/optimization';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { createRng } from '#engine/core/rng';
import { createOptimizer, type Optimizer } from '#engine/optimization/optimizer';
import type { OptimizationStart } from '#engine/optimization/starts';
import type { OptimizationState } from '#engine/optimization/state';
import { boronInAluminum } from './virtual-test-phases';

/** Phases that differ in every constant. */
export const unlikePhases: PhasePair = {
  white: { name: 'one', youngsModulus: 210e9, poissonRatio: 0.22, thermalExpansion: 11e-6 },
  black: { name: 'other', youngsModulus: 20e9, poissonRatio: 0.37, thermalExpansion: 40e-6 },
};

export interface ProblemParts {
  readonly resolution?: number;
  readonly phases?: PhasePair;
  readonly plane?: PlaneAssumption;
  readonly test?: VirtualTestKind;
  readonly sense?: Sense;
  readonly property?: Property;
  readonly directions?: readonly Direction[];
  readonly constraints?: readonly Constraint[];
  readonly window?: { readonly lower: number; readonly upper: number };
}

export function problemOf(parts: ProblemParts): OptimizationProblem {
  const { resolution = 16, phases = boronInAluminum, plane = 'plane-stress', test = 'periodic', constraints = [], window = { lower: 0.3, upper: 0.5 } } = parts;
  const { sense = 'maximize', property = 'youngs-modulus', directions = ['x', 'y'] } = parts;
  const objective: Objective = { sense, property, directions };
  return { resolution, phases, plane, test, objective, constraints, window };
}

export function optimizerOf(parts: ProblemParts, settings: Partial<OptimizationSettings> = {}): Optimizer {
  const made = createOptimizer(problemOf(parts), { filter: 1.8, symmetry: 'square', ...settings });
  if (!made.ok) throw new Error(made.findings[0]!.message);
  return made.value;
}

export function startedState(optimizer: Optimizer, start: OptimizationStart): OptimizationState {
  const started = optimizer.start(start);
  if (!started.ok) throw new Error(started.findings[0]!.message);
  return started.value;
}

/** Runs to the stop. */
export function optimize(optimizer: Optimizer, start: OptimizationStart): OptimizationState {
  let state = startedState(optimizer, start);
  while (!state.finished) state = optimizer.advance(state);
  return state;
}

/** Gray densities without any order, away from 0 and 1. */
export function randomStart(resolution: number, seed = 1): OptimizationStart {
  const rng = createRng(seed);
  return { densities: Float64Array.from({ length: resolution ** 2 }, () => rng.between(0.15, 0.75)), sharp: true };
}
