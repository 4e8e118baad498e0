/* One case as plain data: SI numbers, names resolved, no defaults left open. */
import type { ArmSpec, ConstructSettings } from './arms';
import type { ExplainSettings } from './explanation';
import type { BackendChoice, LearningSettings } from './learning';
import type { PhasePair, PlaneAssumption } from './materials';
import type { DatabaseSettings } from './microstructures';
import type { Constraint, Objective } from './objective';
import type { CaseOptimization } from './optimization';
import type { VirtualTestKind } from './virtual-tests';

/** A file with weights by its content: as the specification writes its path, and its SHA-256 in hex. */
export interface WeightsContent {
  readonly file: string;
  readonly sha256: string;
}

/**
 * Random weights, those of a file, or those that another case ends with. `Weights` says how a file is named:
 * by its path, or by its content once it has been read.
 */
export type TrainingStart<Weights = WeightsContent> =
  | { readonly kind: 'random' }
  | ({ readonly kind: 'file' } & Weights)
  /** No case starts from itself, however indirectly. */
  | { readonly kind: 'case'; readonly case: DesignCase<Weights> };

/** Everything that a run needs. */
export interface DesignCase<Weights = WeightsContent> {
  readonly name: string;
  readonly phases: PhasePair;
  readonly plane: PlaneAssumption;
  readonly test: VirtualTestKind;
  readonly database: DatabaseSettings;
  readonly objective: Objective;
  readonly constraints: readonly Constraint[];
  readonly learning: LearningSettings;
  /** Where the weights come from before the first epoch. */
  readonly start: TrainingStart<Weights>;
  readonly explain: ExplainSettings;
  readonly construct: ConstructSettings;
  readonly optimization: CaseOptimization;
  /** The ways to designs, by different names: the case's own, then those that it is compared with. */
  readonly arms: readonly [ArmSpec, ...ArmSpec[]];
}

/** What a user may change for a trial without touching the file; recorded in the manifest. */
export interface CaseOverrides {
  /** Number of images of the database. */
  readonly size?: number;
  readonly epochs?: number;
  readonly seed?: number;
  /** TensorFlow.js backend. */
  readonly backend?: BackendChoice;
}

/** The case with the overrides, and with it the cases that it starts from. */
export function overrideCase<Weights>(original: DesignCase<Weights>, overrides: CaseOverrides): DesignCase<Weights> {
  const { database, learning, start } = original;
  return {
    ...original,
    database: { ...database, size: overrides.size ?? database.size, seed: overrides.seed ?? database.seed },
    learning: { ...learning, epochs: overrides.epochs ?? learning.epochs, backend: overrides.backend ?? learning.backend },
    start: start.kind === 'case' ? { kind: 'case', case: overrideCase(start.case, overrides) } : start,
  };
}

/** The case whose files with weights are named by what `resolve` makes of them, and with it the cases that it starts from. */
export function resolveWeights<From, To>(original: DesignCase<From>, resolve: (weights: From) => To): DesignCase<To> {
  const { start } = original;
  return { ...original, start: resolveStart(start, resolve) };
}

function resolveStart<From, To>(start: TrainingStart<From>, resolve: (weights: From) => To): TrainingStart<To> {
  switch (start.kind) {
    case 'random':
      return start;
    case 'file':
      return { kind: 'file', ...resolve(start) };
    case 'case':
      return { kind: 'case', case: resolveWeights(start.case, resolve) };
  }
}
