/* The part of the plane that is visible, in units of its axes, and the other options of the database panel. */
import type { ImageKind } from '#domain/microstructures';
import type { Panel } from '#media/shared/panel';

export interface Viewport {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** A rectangle on a canvas, pixels, y downward. */
export interface PlotArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From units of the axes to pixels: x · scaleX + shiftX. */
export interface Mapping {
  readonly scaleX: number;
  readonly shiftX: number;
  readonly scaleY: number;
  readonly shiftY: number;
}

export function mappingOf({ left, right, bottom, top }: Viewport, { x, y, width, height }: PlotArea): Mapping {
  const scaleX = width / (right - left);
  const scaleY = -height / (top - bottom);
  return { scaleX, shiftX: x - left * scaleX, scaleY, shiftY: y - top * scaleY };
}

/** The viewport after the plot was dragged by some pixels. */
export function panned(viewport: Viewport, area: PlotArea, dx: number, dy: number): Viewport {
  const { scaleX, scaleY } = mappingOf(viewport, area);
  return { left: viewport.left - dx / scaleX, right: viewport.right - dx / scaleX, bottom: viewport.bottom - dy / scaleY, top: viewport.top - dy / scaleY };
}

/** The viewport `factor` times as wide, with the point at a pixel fixed. */
export function zoomed(viewport: Viewport, area: PlotArea, factor: number, atX: number, atY: number): Viewport {
  const { scaleX, shiftX, scaleY, shiftY } = mappingOf(viewport, area);
  const [x, y] = [(atX - shiftX) / scaleX, (atY - shiftY) / scaleY];
  return { left: x + (viewport.left - x) * factor, right: x + (viewport.right - x) * factor, bottom: y + (viewport.bottom - y) * factor, top: y + (viewport.top - y) * factor };
}

/** The rectangle between two pixels in units of the axes. */
export function between(viewport: Viewport, area: PlotArea, x0: number, y0: number, x1: number, y1: number): Viewport {
  const { scaleX, shiftX, scaleY, shiftY } = mappingOf(viewport, area);
  const [xs, ys] = [[x0, x1].map((x) => (x - shiftX) / scaleX), [y0, y1].map((y) => (y - shiftY) / scaleY)];
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
}

/** A viewport around all points, widened by a share of itself; square ones have the same range on both axes. */
export function viewportOf(clouds: readonly { readonly x: Float32Array; readonly y: Float32Array }[], square: boolean, margin: number): Viewport {
  const [left, right] = rangeOf(clouds.map(({ x }) => x));
  const [bottom, top] = rangeOf(clouds.map(({ y }) => y));
  const all = square ? [Math.min(left, bottom), Math.max(right, top)] as const : undefined;
  const [x0, x1] = widened(...(all ?? [left, right]), margin);
  const [y0, y1] = widened(...(all ?? [bottom, top]), margin);
  return { left: x0, right: x1, bottom: y0, top: y1 };
}

function rangeOf(columns: readonly Float32Array[]): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const column of columns) {
    for (const value of column) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return least <= most ? [least, most] : [0, 1];
}

function widened(least: number, most: number, margin: number): readonly [number, number] {
  const width = most - least || Math.abs(most) * 0.2 || 1;
  return [least - margin * width, most + margin * width];
}

/** Part of the plane: in units of the axes. */
export interface DatabaseViewOptions {
  /** The two directions, or the worse one over the volume fraction. */
  readonly axes: 'directions' | 'fraction';
  readonly hidden: readonly Layer[];
  /** The effect of a drag. */
  readonly drag: 'pan' | 'brush';
  /** Absent: everything is visible. */
  readonly viewport?: Viewport;
  /** Absent: nothing is selected. */
  readonly brush?: Viewport;
}

/** What can be hidden. */
export type Layer = ImageKind | 'outliers' | 'limit' | ArmLayer;

/** The designs of an arm. */
export type ArmLayer = `arm ${string}`;

export function armLayer(arm: string): ArmLayer {
  return `arm ${arm}`;
}

export const initialViewOptions: DatabaseViewOptions = { axes: 'directions', hidden: [], drag: 'pan' };

export type DatabasePanel = Panel<'database', DatabaseViewOptions>;
