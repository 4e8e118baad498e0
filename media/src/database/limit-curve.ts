/* The physical limit in the plane of the axes. */
import { limitLine } from '#display/limits';
import type { LimitView, ObjectiveView } from '#protocol/result';
import type { ScatterView } from '#protocol/views/database-views';
import type { DatabaseChoice } from './choice';
import type { Cloud } from './cloud';
import type { Window } from './window';

type Point = readonly [x: number, y: number];

/** The curve in the window, display units; empty where no limit is known. */
export function limitCurve(limit: LimitView | undefined, objective: ObjectiveView, axes: DatabaseChoice['axes'], window: Window): readonly Point[] {
  if (!limit) return [];
  // The worst direction never passes what a mean of both cannot pass.
  if (axes === 'fraction') return limit.volumeFractions.map((fraction, i): Point => [fraction, limit.values[i]! * objective.scale]);
  return limitLine(limit.bounds, limit.widest.value * objective.scale, objective, window);
}

/** The points of the limit that belong into sight; none where no limit is known. */
export function limitCloud({ limits: [limit], objective }: Pick<ScatterView, 'limits' | 'objective'>, axes: DatabaseChoice['axes']): Cloud | undefined {
  if (!limit) return undefined;
  if (axes === 'fraction') return { x: Float32Array.from(limit.volumeFractions), y: Float32Array.from(limit.values, (value) => value * objective.scale) };
  const bound = Float32Array.of(limit.widest.value * objective.scale);
  return { x: bound, y: bound };
}
