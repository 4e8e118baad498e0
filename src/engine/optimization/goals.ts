/*
 * Objective and constraints of a case as functions of results, for the method of moving asymptotes. The expansion of a
 * periodic cell of two phases follows from its compliance (Levin), also between the phases: so its derivative is that of
 * the compliance, which stays exact where the expansion hardly depends on the cell.
 */
import { isotropicModuli, type PhasePair, type PlaneAssumption } from '#domain/materials';
import { directions, objectiveValue, type Constraint, type Direction, type Directional, type Objective, type Property } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { ensure } from '#engine/core/bug-error';
import type { ResultWeights } from '#engine/fem/gray/gray-gradient';
import type { GraySolution } from '#engine/fem/gray/gray-solver';
import { levinRelation, type LevinRelation } from '#engine/homogenization/levin';
import { softenVoids, type WantedStiffness } from './interpolation';

/** A smooth function of the results whose value is to be small, with its derivatives to the results. */
export interface Goal {
  readonly value: number;
  readonly weights: ResultWeights;
}

/** What is asked of a cell. */
export interface GoalSettings {
  readonly phases: PhasePair;
  readonly plane: PlaneAssumption;
  readonly test: VirtualTestKind;
  readonly objective: Objective;
  readonly constraints: readonly Constraint[];
  /** Whether the symmetry of the cell makes both directions equal. */
  readonly areEqual: boolean;
}

export interface Goals {
  /** The properties that they are about. */
  readonly asked: readonly Property[];
  /** Whether pixels need an expansion of their own. */
  readonly expands: boolean;
  /** The worst of the objective's directions, SI. */
  value(solution: GraySolution): number;
  /** The objective in its directions, each to be minimized; one where both are equal. */
  objectives(solution: GraySolution): readonly Goal[];
  /** The constraints, each at most 0, in the units of their properties. */
  constraints(solution: GraySolution): readonly Goal[];
}

const resultNames = { 'youngs-modulus': 'youngsModulus', 'poisson-ratio': 'poissonRatio', 'thermal-expansion': 'thermalExpansion' } as const;

export function createGoals({ phases: given, plane, test, objective, constraints, areEqual }: GoalSettings): Goals {
  const phases = softenVoids(given);
  const asked = new Set<Property>([objective.property, ...constraints.map(({ property }) => property)]);
  const levin = test === 'periodic' && asked.has('thermal-expansion') ? levinRelation(phases, plane) : undefined;
  const measured = ({ properties }: GraySolution, property: Property): Directional => {
    const { youngsModulus: E, poissonRatio: nu } = properties;
    // The compliance's row of an edge's strain: (1 − ν) / E.
    if (property === 'thermal-expansion' && levin !== undefined) return { x: levin.offset + (levin.factor * (1 - nu!.x)) / E!.x, y: levin.offset + (levin.factor * (1 - nu!.y)) / E!.y };
    const value = properties[resultNames[property]];
    ensure(value !== undefined, `${test} measures no ${property}`);
    return value;
  };
  const goal = (property: Property, value: number, weights: Directional): Goal => ({
    value,
    weights: property === 'thermal-expansion' && levin !== undefined ? { compliance: complianceWeights(levin, weights) } : { [resultNames[property]]: weights },
  });
  return {
    asked: [...asked],
    expands: test === 'heating' || (asked.has('thermal-expansion') && levin === undefined),
    value: (solution) => objectiveValue(objective, measured(solution, objective.property)),
    objectives(solution) {
      const { sense, property } = objective;
      const sign = sense === 'maximize' ? -1 : 1;
      const value = measured(solution, property);
      if (areEqual) return [goal(property, (sign * (value.x + value.y)) / 2, { x: sign / 2, y: sign / 2 })];
      return objective.directions.map((direction) => goal(property, sign * value[direction], along(direction, sign)));
    },
    constraints: (solution) =>
      constraints.flatMap((constraint): Goal[] => {
        const { property } = constraint;
        const value = measured(solution, property);
        if (constraint.kind === 'bound') {
          const sign = constraint.relation === '<' ? 1 : -1;
          if (areEqual) return [goal(property, sign * ((value.x + value.y) / 2 - constraint.value), { x: sign / 2, y: sign / 2 })];
          return directions.map((direction) => goal(property, sign * (value[direction] - constraint.value), along(direction, sign)));
        }
        return areEqual ? [] : differenceGoals(value, constraint.limit).map((each) => goal(property, each.value, each.weights));
      }),
  };
}

/** |Px − Py| < limit · min: the larger magnitude is less than (1 + limit) times the smaller one. */
function differenceGoals(value: Directional, limit: number): { readonly value: number; readonly weights: Directional }[] {
  const sign = Math.sign(value.x + value.y) || 1;
  return directions.map((direction) => {
    const factor = (each: Direction): number => sign * (each === direction ? 1 : -(1 + limit));
    const weights = { x: factor('x'), y: factor('y') };
    return { value: weights.x * value.x + weights.y * value.y, weights };
  });
}

function along(direction: Direction, factor: number): Directional {
  return direction === 'x' ? { x: factor, y: 0 } : { x: 0, y: factor };
}

function complianceWeights({ factor }: LevinRelation, { x, y }: Directional): Float64Array {
  return Float64Array.of(x, x, 0, y, y, 0, 0, 0, 0).map((weight) => factor * weight);
}

/**
 * Whether the objective is better for a stiffer or for a softer cell, as the limits say: an expansion by what Levin's relation
 * makes of the bulk modulus. Poisson's ratio wants one modulus large and the other small, and yet both are convex for either
 * sense. For a large one with a concave shear modulus, optimizations ended at .37 to .417 instead of .416 to .425. For
 * a small one with concave moduli they ended gray: cells around a void with E > 8 GPa had −.09 to −.85 and 2 to 6 GPa
 * instead of −.82 to −.87 and 6.5 to 7.6 GPa.
 */
export function wantedStiffness({ sense, property }: Objective, { white, black }: PhasePair, plane: PlaneAssumption): WantedStiffness {
  if (property === 'poisson-ratio') return 1;
  const sign = sense === 'maximize' ? 1 : -1;
  if (property === 'youngs-modulus') return sign;
  const [one, other] = [isotropicModuli(white, plane), isotropicModuli(black, plane)];
  const stiffExpandsMore = (one.bulk - other.bulk) * (one.thermalExpansion! - other.thermalExpansion!) > 0;
  return (sign === 1) === stiffExpandsMore ? 1 : -1;
}
