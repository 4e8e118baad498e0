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

/** The property's two values; a test that does not give it is a bug, as the language refuses the case. */
export function propertyOf(result: VirtualTestResult, property: Property): Directional {
  const value =
    property === 'youngs-modulus' ? result.youngsModulus
    : property === 'poisson-ratio' ? result.poissonRatio
    : result.thermalExpansion;
  ensure(value !== undefined, `the ${result.kind} test gives no ${property}`);
  return value;
}

/** The worst of the objective's directions, SI. */
export function objectiveValue(objective: Objective, value: Directional): number {
  const values = objective.directions.map((direction) => value[direction]);
  return objective.sense === 'maximize' ? Math.min(...values) : Math.max(...values);
}

/** Whether `a` is strictly better than `b`. */
export function isBetter(objective: Objective, a: number, b: number): boolean {
  return objective.sense === 'maximize' ? a > b : a < b;
}

/** Negative when `a` is better than `b`: for sorting best first. */
export function compareObjective(objective: Objective, a: number, b: number): number {
  return objective.sense === 'maximize' ? b - a : a - b;
}
