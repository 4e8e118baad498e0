/*
 * Evaluation of a tested cell: its objective, its constraints, the physical limit at its own volume fraction, and
 * whether it beats every image of the database. Only `validateDesign` creates a `ValidatedDesign`.
 */
import type { Interval } from '#domain/intervals';
import { attainableLimit, percentOfLimit } from '#domain/limits';
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { compareObjective, isBetter, objectiveValue, type Constraint, type Objective } from '#domain/objective';
import { propertyOf, type VirtualTestResult } from '#engine/fem/virtual-test';
import { checkConstraints, type ConstraintCheck } from './constraint';

declare const validated: unique symbol;

/** A design's objective relative to its physical limit. */
export interface AttainedLimit {
  /** The limit, SI. */
  readonly value: number;
  /** 100 is the limit itself; smaller is worse, for minimized objectives too. */
  readonly percent: number;
}

/** A tested cell and its evaluation. */
export interface ValidatedDesign {
  readonly [validated]: true;
  /** By the virtual test of the case. */
  readonly measured: VirtualTestResult;
  /** The value in the worst of the objective's directions, SI. */
  readonly objectiveValue: number;
  readonly constraints: readonly ConstraintCheck[];
  /** All constraints are satisfied. */
  readonly feasible: boolean;
  /** Better than the best image of the database, whether feasible or not. */
  readonly beatsDatabase: boolean;
  /** Absent where no limit is known. */
  readonly limit?: AttainedLimit;
}

/** What a design is compared with. */
export interface DesignRequirements {
  readonly phases: PhasePair;
  readonly plane: PlaneAssumption;
  readonly objective: Objective;
  readonly constraints: readonly Constraint[];
  /** The allowed range of the white volume fraction. */
  readonly fraction: Interval;
  /** Objective value of the database's best image, SI. */
  readonly bestOfDatabase: number;
}

/** Evaluates a tested cell against the requirements. */
export function validateDesign(measured: VirtualTestResult, requirements: DesignRequirements): ValidatedDesign {
  const { objective } = requirements;
  const value = objectiveValue(objective, propertyOf(measured, objective.property));
  const constraints = checkConstraints(requirements.constraints, requirements.fraction, measured);
  const limit = attainableLimit({
    phases: requirements.phases,
    plane: requirements.plane,
    volumeFraction: measured.volumeFraction,
    property: objective.property,
    sense: objective.sense,
    test: measured.kind,
    directions: objective.directions,
  });
  const percent = limit && percentOfLimit(value, limit.value, objective.sense);
  return {
    measured,
    objectiveValue: value,
    constraints,
    feasible: constraints.every(({ satisfied }) => satisfied),
    beatsDatabase: isBetter(objective, value, requirements.bestOfDatabase),
    ...(limit && percent !== undefined && { limit: { value: limit.value, percent } }),
  } as Omit<ValidatedDesign, typeof validated> as ValidatedDesign;
}

/** Indices of the designs that have a value, the best first; of equals the earlier one. */
export function rankDesigns(objective: Objective, designs: readonly Pick<ValidatedDesign, 'feasible' | 'objectiveValue'>[]): number[] {
  const valued = [...designs.keys()].filter((i) => !Number.isNaN(designs[i]!.objectiveValue));
  return valued.sort((a, b) => compareDesigns(objective, designs[a]!, designs[b]!) || a - b);
}

/** Order of designs: feasible ones first, then the better objective value. */
export function compareDesigns(
  objective: Objective,
  a: Pick<ValidatedDesign, 'feasible' | 'objectiveValue'>,
  b: Pick<ValidatedDesign, 'feasible' | 'objectiveValue'>,
): number {
  return Number(b.feasible) - Number(a.feasible) || compareObjective(objective, a.objectiveValue, b.objectiveValue);
}
