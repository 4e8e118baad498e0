/* The runs of a view with their columns unpacked, and the one that is shown. */
import { startText } from '#display/starts';
import { compareObjective } from '#domain/objective';
import type { Sense } from '#domain/objective';
import { imagesOf, type Pixels } from '#media/shared/images';
import { unpackColumn } from '#protocol/packed';
import type { OptimizationPlace } from '#protocol/panel-messages';
import type { OptimizationGroup, OptimizationRunView, OptimizationView, StartView } from '#protocol/views/optimization-views';

/** One optimization. */
export interface Run {
  /** Its index in the view. */
  readonly index: number;
  readonly view: OptimizationRunView;
  readonly group: OptimizationGroup;
  /** Of what it began with: `design-003`, `noise 1`, `image 213`. */
  readonly start: string;
  /** Of its cuts: iterations, values in SI, and whether all constraints are satisfied; empty until the first one. */
  readonly iterations: Int32Array;
  readonly values: Float64Array;
  readonly feasible: Uint8Array;
  /** The value of the last cut; absent until the first one, and where the cell has none. */
  readonly value?: number;
  readonly isFeasible: boolean;
  /** The cell of the last cut. */
  readonly cell?: Pixels;
}

const known = new WeakMap<OptimizationView, readonly Run[]>();

/** All runs of the view in its order. */
export function runsOf(view: OptimizationView): readonly Run[] {
  const made = known.get(view) ?? unpacked(view);
  known.set(view, made);
  return made;
}

function unpacked({ runs, groups, cells }: OptimizationView): readonly Run[] {
  const images = imagesOf(cells);
  let begun = 0;
  return runs.map((view, index): Run => {
    const { cuts, start } = view;
    const values = cuts ? unpackColumn(cuts.values) : new Float64Array();
    const feasible = cuts ? unpackColumn(cuts.feasible) : new Uint8Array();
    const value = values.at(-1);
    return {
      index,
      view,
      group: groups.find(({ name }) => name === view.group)!,
      start: startName(start),
      iterations: cuts ? unpackColumn(cuts.iterations) : new Int32Array(),
      values,
      feasible,
      ...(value !== undefined && !Number.isNaN(value) && { value }),
      isFeasible: feasible.at(-1) === 1,
      ...(cuts && { cell: images[begun++]! }),
    };
  });
}

function startName(start: StartView): string {
  switch (start.kind) {
    case 'design':
      return start.name;
    case 'image':
      return `image ${start.image}`;
    case 'family':
    case 'picture':
      return startText(start);
  }
}

/** Those that have begun, the best first: by their last values, the feasible ones before the others. */
export function rankedRuns(runs: readonly Run[], sense: Sense): readonly Run[] {
  return runs
    .filter(({ cell }) => cell !== undefined)
    .sort((a, b) => Number(b.isFeasible) - Number(a.isFeasible) || compareObjective({ sense }, a.value ?? NaN, b.value ?? NaN) || a.index - b.index);
}

/** The run that a place names; without one, the followed one while any runs, and then the best one. */
export function shownRun(ranked: readonly Run[], place: OptimizationPlace | undefined, followed: Identity | undefined): Run | undefined {
  const named = place?.run ?? followed;
  return ranked.find(({ view }) => isSame(view, named)) ?? ranked[0];
}

type Identity = Pick<OptimizationRunView, 'arm' | 'candidate'>;

export function isSame(one: Identity, other: Identity | undefined): boolean {
  return one.arm === other?.arm && one.candidate === other.candidate;
}

/**
 * The run to follow from an earlier view to a later one: the same as long as it runs, so that runs side by side do not take
 * turns; then the running one that has gained most iterations. Undefined when none runs.
 */
export function followedRun(followed: Identity | undefined, before: OptimizationView | undefined, { runs }: OptimizationView): OptimizationRunView | undefined {
  const running = runs.filter(({ state, cuts }) => state === 'running' && cuts);
  const gain = (run: OptimizationRunView): number => run.iterations - (before?.runs.find((each) => isSame(each, run))?.iterations ?? 0);
  return running.find((run) => isSame(run, followed)) ?? [...running].sort((a, b) => gain(b) - gain(a))[0];
}

type Point = readonly [x: number, y: number];

/** The line that passes a point within `reach`, the nearest one; lines are points in pixels, gaps are NaN. */
export function nearestLine(lines: readonly (readonly Point[])[], at: Point, reach: number): number | undefined {
  let [nearest, least]: [number | undefined, number] = [undefined, reach];
  lines.forEach((points, line) => {
    points.forEach((to, i) => {
      const distance = distanceTo(points[i - 1] ?? to, to, at);
      if (distance <= least) [nearest, least] = [line, distance];
    });
  });
  return nearest;
}

/** From a point to a straight piece. */
function distanceTo([x0, y0]: Point, [x1, y1]: Point, [x, y]: Point): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
  return Math.hypot(x0 + along * dx - x, y0 + along * dy - y);
}
