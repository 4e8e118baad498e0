/* Effective properties, objectives and constraints. */

/** The effective properties that can be an objective. */
export const properties = ['youngs-modulus', 'poisson-ratio', 'thermal-expansion'] as const;
export type Property = (typeof properties)[number];

export const directions = ['x', 'y'] as const;
export type Direction = (typeof directions)[number];

/** One value per direction. */
export type Directional = Readonly<Record<Direction, number>>;

export const senses = ['maximize', 'minimize'] as const;
export type Sense = (typeof senses)[number];

/** The objective of a case: the worst of the directions counts. */
export interface Objective {
  readonly sense: Sense;
  readonly property: Property;
  readonly directions: readonly Direction[];
}

/** A requirement on a design besides its objective. */
export type Constraint =
  /** |Px − Py| < limit · min(|Px|, |Py|). */
  | { readonly kind: 'difference'; readonly property: Property; readonly limit: number }
  /** Lower or upper bound in SI on the property in both directions. */
  | { readonly kind: 'bound'; readonly property: Property; readonly relation: '<' | '>'; readonly value: number };

/** The worst of the objective's directions, SI; NaN when one of them has no value. */
export function objectiveValue(objective: Pick<Objective, 'sense' | 'directions'>, value: Directional): number {
  const values = objective.directions.map((direction) => value[direction]);
  return objective.sense === 'maximize' ? Math.min(...values) : Math.max(...values);
}

/** Whether `a` is strictly better than `b`; any value is better than none (NaN). */
export function isBetter(objective: Pick<Objective, 'sense'>, a: number, b: number): boolean {
  return compareObjective(objective, a, b) < 0;
}

/** Negative when `a` is better than `b`: for sorting best first. Values that do not exist (NaN) come last. */
export function compareObjective({ sense }: Pick<Objective, 'sense'>, a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sense === 'maximize' ? b - a : a - b;
}

/** |Px − Py| over the smaller magnitude; infinite when one of two different values is 0. */
export function relativeDifference({ x, y }: Directional): number {
  if (x === y) return 0;
  return Math.abs(x - y) / Math.min(Math.abs(x), Math.abs(y));
}
