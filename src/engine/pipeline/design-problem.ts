/* One case of a specification as the engine needs it, and what of it fixes the numbers of a test. */
import type { Json } from '#engine/core/artifact';
import type { ConstructSettings } from '#engine/construction/construct-settings';
import type { IsotropicMaterial, PhasePair, PlaneAssumption } from '#engine/core/material';
import type { VirtualTestKind } from '#engine/fem/virtual-test';
import type { ExplainSettings } from '#engine/learning/explanation/explain-settings';
import type { LearningSettings } from '#engine/learning/training/learning-settings';
import type { DatabaseSettings } from '#engine/microstructure/database-settings';
import type { Constraint } from '#engine/validation/constraint';
import type { Objective } from '#engine/validation/objective';
import type { ArmSpec } from './arms/arm-spec';

/** Random weights, those of a file, or those that another case ends with. */
export type TrainingStart =
  | { readonly kind: 'random' }
  /** The path as the specification writes it, and the SHA-256 of the file in hex. */
  | { readonly kind: 'file'; readonly file: string; readonly sha256: string }
  | { readonly kind: 'case'; readonly problem: DesignProblem };

/** Plain SI numbers, no defaults left open. */
export interface DesignProblem {
  readonly name: string;
  readonly phases: PhasePair;
  readonly plane: PlaneAssumption;
  readonly test: VirtualTestKind;
  readonly database: DatabaseSettings;
  readonly objective: Objective;
  readonly constraints: readonly Constraint[];
  readonly learning: LearningSettings;
  /** Where the weights come from before the first epoch. */
  readonly start: TrainingStart;
  readonly explain: ExplainSettings;
  readonly construct: ConstructSettings;
  /** The ways to designs, by different names: the case's own, then those that it is compared with. */
  readonly arms: readonly [ArmSpec, ...ArmSpec[]];
}

/** What fixes a test's numbers of two phases: their constants, not their names. */
export function describePhases({ white, black }: PhasePair): Json {
  const constants = ({ youngsModulus, poissonRatio, thermalExpansion }: IsotropicMaterial): Json => [
    youngsModulus,
    poissonRatio,
    thermalExpansion ?? null,
  ];
  return { white: constants(white), black: constants(black) };
}
