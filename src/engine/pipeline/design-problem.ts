import type { ConstructSettings } from '#engine/construction/construct-settings';
import type { PhasePair, PlaneAssumption } from '#engine/core/material';
import type { VirtualTestKind } from '#engine/fem/virtual-test';
import type { ExplainSettings } from '#engine/learning/explanation/explain-settings';
import type { LearningSettings } from '#engine/learning/training/learning-settings';
import type { DatabaseSettings } from '#engine/microstructure/database-settings';
import type { Constraint } from '#engine/validation/constraint';
import type { Objective } from '#engine/validation/objective';

/** Random weights, those of a file, or those that another case ends with. */
export type TrainingStart =
  | { readonly kind: 'random' }
  /** The path as the specification writes it, and the SHA-256 of the file in hex. */
  | { readonly kind: 'file'; readonly file: string; readonly sha256: string }
  | { readonly kind: 'case'; readonly problem: DesignProblem };

/** One case of a specification as the engine needs it: plain SI numbers, no defaults left open. */
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
  /** The random-patch arm that shows what the explanation is worth. */
  readonly control: 'random-patches' | 'none';
}
