/* Objective and constraints of a case as functions of densities, for the method of moving asymptotes. */
import { directions, objectiveValue, type Constraint, type Direction, type Directional, type Objective, type Property } from '#domain/objective';
import { isotropicModuli, type PhasePair, type PlaneAssumption } from '#domain/materials';
import type { ResultWeights } from '#engine/fem/gray/gray-gradient';
import type { GrayResult } from '#engine/fem/gray/gray-solver';
import type { WantedModuli } from './interpolation';

/** A smooth function of the results whose value is to be small, with its derivatives to the results. */
export interface Goal {
  readonly value: number;
  readonly weights: ResultWeights;
}

const resultNames = { 'youngs-modulus': 'youngsModulus', 'poisson-ratio': 'poissonRatio', 'thermal-expansion': 'thermalExpansion' } as const;

/** The property that a test measured; throws where it did not. */
export function measuredProperty(result: GrayResult, property: Property): Directional {
  return result[resultNames[property]]!;
}

/** The objective in its directions, each to be minimized; one where the symmetry makes them equal. */
export function objectiveGoals({ sense, property, directions: asked }: Objective, result: GrayResult, areEqual: boolean): readonly Goal[] {
  const sign = sense === 'maximize' ? -1 : 1;
  const value = measuredProperty(result, property);
  if (areEqual && asked.length === 2) return [goal(property, (sign * (value.x + value.y)) / 2, { x: sign / 2, y: sign / 2 })];
  return asked.map((direction) => goal(property, sign * value[direction], along(direction, sign)));
}

/** Constraints, each at most 0: relative to `scale` of their property. */
export function constraintGoals(constraints: readonly Constraint[], result: GrayResult): readonly Goal[] {
  return constraints.flatMap((constraint): Goal[] => {
    const { property, kind } = constraint;
    const value = measuredProperty(result, property);
    if (kind === 'bound') {
      const sign = constraint.relation === '<' ? 1 : -1;
      const scale = Math.abs(constraint.value) || 1;
      return directions.map((direction) => goal(property, (sign * (value[direction] - constraint.value)) / scale, along(direction, sign / scale)));
    }
    // |Px − Py| < limit · min: the larger magnitude is less than (1 + limit) times the smaller one.
    const sign = Math.sign(value.x + value.y) || 1;
    const scale = Math.max(Math.abs(value.x), Math.abs(value.y)) || 1;
    return directions.map((direction) => {
      const factors = { x: -(1 + constraint.limit), y: -(1 + constraint.limit), [direction]: 1 } as Record<Direction, number>;
      return goal(property, (sign * (factors.x * value.x + factors.y * value.y)) / scale, { x: (sign * factors.x) / scale, y: (sign * factors.y) / scale });
    });
  });
}

function along(direction: Direction, factor: number): Directional {
  return direction === 'x' ? { x: factor, y: 0 } : { x: 0, y: factor };
}

function goal(property: Property, value: number, weights: Directional): Goal {
  return { value, weights: { [resultNames[property]]: weights } };
}

/**
 * Whether the objective is better for larger moduli, as the limits say: a stiff cell wants both, a large Poisson's ratio
 * a large bulk and a small shear modulus, an expansion what Levin's relation makes of the bulk modulus.
 */
export function wantedModuli({ sense, property }: Objective, { white, black }: PhasePair, plane: PlaneAssumption): WantedModuli {
  const sign = sense === 'maximize' ? 1 : -1;
  if (property === 'youngs-modulus') return { bulk: sign, shear: sign };
  if (property === 'poisson-ratio') return { bulk: sign, shear: sign };
  const [one, other] = [isotropicModuli(white, plane), isotropicModuli(black, plane)];
  const stiffExpandsMore = (one.bulk - other.bulk) * (one.thermalExpansion! - other.thermalExpansion!) > 0;
  const bulk = (sign === 1) === stiffExpandsMore ? 1 : -1;
  return { bulk, shear: bulk };
}

export { objectiveValue };
