/* Images, designs and the physical limit as points of the plane that the axes span, in the property's display units. */
import { limitLine } from '#display/limits';
import { objectiveValue } from '#domain/objective';
import { type PackedColumn, unpackColumn } from '#protocol/packed';
import type { LimitView, ObjectiveView } from '#protocol/result';
import type { ArmPoints, PointColumns, ScatterView } from '#protocol/views/database-views';
import { armLayer, type ArmLayer, type DatabaseViewOptions, type Viewport } from './viewport';

interface Cloud {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface Clouds {
  readonly images: Cloud & {
    /** Indices of `families`. */
    readonly families: Uint8Array;
    /** Indices of the exceptional ones. */
    readonly outliers: readonly number[];
    /** The worst of the objective's directions, SI. */
    readonly values: Float32Array;
  };
  /** The case's own arm first. */
  readonly arms: readonly ArmCloud[];
}

/** The designs of one arm. */
export interface ArmCloud extends Cloud, Pick<ArmPoints, 'name' | 'role' | 'look'> {
  readonly layer: ArmLayer;
}

/** Points of the images, or of an arm. */
export function cloudAt({ images, arms }: Clouds, of: 'images' | ArmLayer): Cloud | undefined {
  return of === 'images' ? images : arms.find(({ layer }) => layer === of);
}

export function cloudsOf(view: ScatterView, axes: DatabaseViewOptions['axes']): Clouds {
  const { objective, images, outliers } = view;
  return {
    images: {
      ...cloudOf(images, objective, axes),
      families: unpackColumn(view.families),
      outliers: outliers ? Array.from(unpackColumn(outliers)).flatMap((flag, i) => (flag === 1 ? [i] : [])) : [],
      values: worstOf(images, objective),
    },
    arms: view.arms.map(({ name, role, look, points }) => ({ ...cloudOf(points, objective, axes), name, role, look, layer: armLayer(name) })),
  };
}

function cloudOf(points: PointColumns, objective: ObjectiveView, axes: DatabaseViewOptions['axes']): Cloud {
  const shown = (column: PackedColumn<'f32'>): Float32Array => unpackColumn(column).map((value) => value * objective.scale);
  if (axes === 'directions') return { x: shown(points.x), y: shown(points.y) };
  return { x: unpackColumn(points.volumeFraction), y: worstOf(points, objective).map((value) => value * objective.scale) };
}

function worstOf(points: PointColumns, objective: ObjectiveView): Float32Array {
  const [x, y] = [unpackColumn(points.x), unpackColumn(points.y)];
  return x.map((value, i) => objectiveValue(objective, { x: value, y: y[i]! }));
}

/** Index of the nearest point within `most` pixels of a pixel; undefined when there is none. */
export function nearest(
  { x, y }: Cloud, mapping: { readonly scaleX: number; readonly shiftX: number; readonly scaleY: number; readonly shiftY: number },
  atX: number, atY: number, most: number, isShown: (i: number) => boolean,
): number | undefined {
  let found: number | undefined;
  let least = most * most;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! * mapping.scaleX + mapping.shiftX - atX;
    const dy = y[i]! * mapping.scaleY + mapping.shiftY - atY;
    const squared = dx * dx + dy * dy;
    if (squared > least || !isShown(i)) continue;
    least = squared;
    found = i;
  }
  return found;
}

export function isInside({ left, right, bottom, top }: Viewport, x: number, y: number): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

type Point = readonly [x: number, y: number];

/** The curve in the viewport, display units; empty where no limit is known. */
export function limitCurve(limit: LimitView | undefined, objective: ObjectiveView, axes: DatabaseViewOptions['axes'], viewport: Viewport): readonly Point[] {
  if (!limit) return [];
  // The worst direction never passes what a mean of both cannot pass.
  if (axes === 'fraction') return limit.volumeFractions.map((fraction, i): Point => [fraction, limit.values[i]! * objective.scale]);
  return limitLine(limit.bounds, limit.widest.value * objective.scale, objective, viewport);
}

/** The points of the limit that belong into sight; none where no limit is known. */
export function limitCloud({ limits: [limit], objective }: Pick<ScatterView, 'limits' | 'objective'>, axes: DatabaseViewOptions['axes']): Cloud | undefined {
  if (!limit) return undefined;
  if (axes === 'fraction') return { x: Float32Array.from(limit.volumeFractions), y: Float32Array.from(limit.values, (value) => value * objective.scale) };
  const bound = Float32Array.of(limit.widest.value * objective.scale);
  return { x: bound, y: bound };
}
