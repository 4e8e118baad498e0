/* The physical limit in the plane of the axes. */
import type { LimitView, ObjectiveView } from '#protocol/result';
import type { ScatterView } from '#protocol/views/database-views';
import type { DatabaseChoice } from './choice';
import type { Cloud } from './cloud';
import type { Window } from './window';

type Point = readonly [x: number, y: number];

/** Points of a harmonic mean's curve. */
const steps = 160;

/** The curve in the window, display units; empty where no limit is known. */
export function limitCurve(limit: LimitView | undefined, objective: ObjectiveView, axes: DatabaseChoice['axes'], window: Window): Point[] {
  if (!limit || limit.values.length === 0) return [];
  // The worst direction never passes what a mean of both cannot pass.
  if (axes === 'fraction') return limit.volumeFractions.map((fraction, i): Point => [fraction, limit.values[i]! * objective.scale]);
  return directionsCurve(limit.bounds, widest(limit, objective).value * objective.scale, objective, window);
}

/** The points of the limit that belong into sight; none where no limit is known. */
export function limitCloud({ limits: [limit], objective }: Pick<ScatterView, 'limits' | 'objective'>, axes: DatabaseChoice['axes']): Cloud | undefined {
  if (!limit || limit.values.length === 0) return undefined;
  if (axes === 'fraction') return { x: Float32Array.from(limit.volumeFractions), y: Float32Array.from(limit.values, (value) => value * objective.scale) };
  const bound = Float32Array.of(widest(limit, objective).value * objective.scale);
  return { x: bound, y: bound };
}

/** The loosest bound of the curve, and its volume fraction. */
export function widest({ volumeFractions, values }: LimitView, { sense }: ObjectiveView): { readonly fraction: number; readonly value: number } {
  const value = sense === 'maximize' ? Math.max(...values) : Math.min(...values);
  return { fraction: volumeFractions[values.indexOf(value)]!, value };
}

function directionsCurve(bounds: LimitView['bounds'], bound: number, { directions, sense }: ObjectiveView, { left, right, bottom, top }: Window): Point[] {
  if (directions.length === 1) return directions[0] === 'x' ? [[bound, bottom], [bound, top]] : [[left, bound], [right, bound]];
  switch (bounds) {
    case 'worst-direction':
      return sense === 'maximize' ? [[bound, top], [bound, bound], [right, bound]] : [[bound, bottom], [bound, bound], [left, bound]];
    case 'arithmetic-mean':
      return [[left, 2 * bound - left], [right, 2 * bound - right]];
    case 'harmonic-mean':
      // 2 / (1/x + 1/y) = bound has its pole where x is half the bound.
      return Array.from({ length: steps + 1 }, (_, i) => left + ((right - left) * i) / steps).filter((x) => x > 0.505 * bound).map((x): Point => [x, 1 / (2 / bound - 1 / x)]);
  }
}
