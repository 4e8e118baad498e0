/* What an objective makes of a test's numbers: the worst of its directions counts. */
import { ensure } from '#engine/core/bug-error';
import type { Direction, Directional, Property } from '#engine/core/material';
import type { VirtualTestResult } from '#engine/fem/virtual-test';

/** What the designer wants: the worst of the directions counts. */
export interface Objective {
  readonly sense: 'maximize' | 'minimize';
  readonly property: Property;
  readonly directions: readonly Direction[];
}

/** The property's two values, NaN where a void leaves none; a test that cannot give it is a bug, as the language refuses the case. */
export function propertyOf(result: VirtualTestResult, property: Property): Directional {
  const value =
    property === 'youngs-modulus' ? result.youngsModulus
    : property === 'poisson-ratio' ? result.poissonRatio
    : result.thermalExpansion;
  ensure(value !== undefined || property !== 'thermal-expansion' || result.kind !== 'compression', `the ${result.kind} test gives no ${property}`);
  return value ?? { x: NaN, y: NaN };
}

/** The worst of the objective's directions, SI; NaN when one of them has no value. */
export function objectiveValue(objective: Objective, value: Directional): number {
  const values = objective.directions.map((direction) => value[direction]);
  return objective.sense === 'maximize' ? Math.min(...values) : Math.max(...values);
}

/** Whether `a` is strictly better than `b`; any value is better than none (NaN). */
export function isBetter(objective: Objective, a: number, b: number): boolean {
  return compareObjective(objective, a, b) < 0;
}

/** Negative when `a` is better than `b`: for sorting best first. Values that do not exist (NaN) come last. */
export function compareObjective(objective: Objective, a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return objective.sense === 'maximize' ? b - a : a - b;
}
