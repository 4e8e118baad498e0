import type { ConstructSettings } from '#engine/construction/construct-settings';
import type { Direction, PhasePair, PlaneAssumption, Property } from '#engine/core/material';
import type { VirtualTestKind } from '#engine/fem/virtual-test';
import type { ExplainSettings } from '#engine/learning/explain-settings';
import type { LearningSettings } from '#engine/learning/learning-settings';
import type { DatabaseSettings } from '#engine/microstructure/database-settings';

/** What the designer wants: the worst of the directions counts. */
export interface Objective {
  readonly sense: 'maximize' | 'minimize';
  readonly property: Property;
  readonly directions: readonly Direction[];
}

/** A demand on a design beside its objective. */
export type Constraint =
  /** |Px − Py| < limit · min(|Px|, |Py|). */
  | { readonly kind: 'difference'; readonly property: Property; readonly limit: number }
  /** Lower or upper bound in SI on the property in every direction. */
  | { readonly kind: 'bound'; readonly property: Property; readonly relation: '<' | '>'; readonly value: number };

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
  readonly explain: ExplainSettings;
  readonly construct: ConstructSettings;
  /** The random-patch arm that shows what the explanation is worth. */
  readonly control: 'random-patches' | 'none';
}
