/*
 * Extension of the ends of bars to their farther corners (ours). Rasterization puts one corner of a square end up to a
 * pixel ahead of the other. The thinning of Guo and Hall forks into both. Where it reaches farther along a bar than the
 * skeleton, the last pixels of the skeleton are replaced by a straight line to the farthest pixel of that thinning.
 *
 * The direction of the bar comes from its pixels. Where two corners are almost level, as near a slope of 1/2, it does not
 * always show which one is ahead, so the skeleton may end a small fraction of a pixel earlier.
 */
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { aheadOf, directionTo, type Direction, type EditableSkeleton, type Position } from './editable-skeleton';
import type { BarEnd } from './extend-ends';
import { neighborColumns, neighborRows } from './neighborhood';

/**
 * Draws the skeleton again at the ends of bars where it stops before the corner that `guoHall` reaches. `guoHall` thins an
 * open image by the rules of Guo and Hall. Only simple pixels are removed, so components and holes do not change.
 */
export function reachCorners(skeleton: EditableSkeleton, ends: readonly BarEnd[], guoHall: (image: Image2D<'binary'>) => Image2D<'binary'>): void {
  for (const { tip, halfWidth } of ends) {
    // An edit at another end of the same fork may have removed it.
    if (!skeleton.isWhite(tip.row, tip.column) || !skeleton.isEnd(tip)) continue;
    const bar = barBehind(tip, halfWidth, skeleton);
    if (bar === undefined) continue;
    let reached = tip;
    for (const level of bar.levels) for (const position of level) if (aheadOf(reached, position, bar.direction) > 0) reached = position;
    const corner = cornerAhead(tip, reached, bar, skeleton, guoHall);
    if (corner !== undefined) redraw(corner, bar, skeleton);
  }
}

/** A bar at one of its ends. */
interface Bar {
  /** The pixels of the skeleton around the end by their number of steps from the tip, unwrapped. */
  readonly levels: readonly (readonly Position[])[];
  /** Pixels. */
  readonly halfWidth: number;
  /** A point of its axis. */
  readonly center: Position;
  /** Of its axis, toward the tip. */
  readonly direction: Direction;
}

/** The bar that ends at a tip, with a fork into the corners of its end; undefined where it is too short to have a direction. */
function barBehind(tip: Position, halfWidth: number, skeleton: EditableSkeleton): Bar | undefined {
  const levels = [[tip]];
  const seen = new Set([skeleton.indexOf(tip.row, tip.column)]);
  /** Adds the pixels one step farther from the tip; returns whether there are any. */
  const addLevel = (): boolean => {
    const level: Position[] = [];
    for (const from of levels.at(-1)!) {
      for (const i of skeleton.whiteDirections(from)) {
        const position = { row: from.row + neighborRows[i]!, column: from.column + neighborColumns[i]! };
        const pixel = skeleton.indexOf(position.row, position.column);
        if (!seen.has(pixel)) level.push(position);
        seen.add(pixel);
      }
    }
    if (level.length > 0) levels.push(level);
    return level.length > 0;
  };
  while (levels.length <= 3 * halfWidth + 3 && addLevel());
  const endLevels = levels.length;
  // The line is fitted to pixels clear of the end, behind the junction of a fork.
  const margin = Math.round(halfWidth) + 1;
  const first = Math.max(margin, levels.findLastIndex((level) => level.length > 1) + 1);
  const most = Math.round(10 * halfWidth) + 4;
  const positions: Position[] = [];
  for (let level = first; positions.length < most; level++) {
    if ((level >= levels.length && !addLevel()) || levels[level]!.length > 1) break;
    positions.push(levels[level]![0]!);
  }
  // Where the curve stops or forks sooner, the line also stays clear of that place.
  if (positions.length < most) positions.splice(Math.max(0, positions.length - margin));
  return positions.length < Math.max(3, 4 * halfWidth) ? undefined : { levels: levels.slice(0, endLevels), halfWidth, ...fittedLine(positions) };
}

/** The line nearest to the positions (least squares of their distances), toward the first of them. */
function fittedLine(positions: readonly Position[]): Pick<Bar, 'center' | 'direction'> {
  const mean = (value: (position: Position) => number): number => positions.reduce((sum, position) => sum + value(position), 0) / positions.length;
  const center = { row: mean(({ row }) => row), column: mean(({ column }) => column) };
  const vertical = mean(({ row }) => (row - center.row) ** 2);
  const horizontal = mean(({ column }) => (column - center.column) ** 2);
  const mixed = mean(({ row, column }) => (row - center.row) * (column - center.column));
  const angle = Math.atan2(2 * mixed, horizontal - vertical) / 2;
  const direction = { down: Math.sin(angle), right: Math.cos(angle) };
  const isTowardFirst = aheadOf(positions.at(-1)!, positions[0]!, direction) >= 0;
  return { center, direction: isTowardFirst ? direction : { down: -direction.down, right: -direction.right } };
}

/** The pixel around `tip` farthest ahead that Guo and Hall keep; undefined where none is ahead of `reached`. */
function cornerAhead(
  tip: Position,
  reached: Position,
  { halfWidth, center, direction }: Bar,
  skeleton: EditableSkeleton,
  guoHall: (image: Image2D<'binary'>) => Image2D<'binary'>,
): Position | undefined {
  const radius = 1.5 * halfWidth + 2;
  const margin = Math.ceil(radius) + 1;
  const side = 2 * margin + 1;
  /** The pixels of the bar around the tip. */
  const crop = new Uint8Array(side * side);
  const least = aheadOf(tip, reached, direction) + 1e-9;
  let isAhead = false;
  for (let down = -margin; down <= margin; down++) {
    for (let right = -margin; right <= margin; right++) {
      const aside = Math.abs((tip.row + down - center.row) * direction.right - (tip.column + right - center.column) * direction.down);
      if (aside > halfWidth + 1 || !skeleton.isWhiteInImage(tip.row + down, tip.column + right)) continue;
      crop[(down + margin) * side + right + margin] = 1;
      isAhead ||= down * direction.down + right * direction.right > least && Math.hypot(down, right) <= radius;
    }
  }
  if (!isAhead) return undefined;
  let best: Position | undefined;
  let most = least;
  const { data } = guoHall(imageOf('binary', side, side, crop));
  for (let pixel = 0; pixel < data.length; pixel++) {
    if (data[pixel] === 0) continue;
    const down = Math.floor(pixel / side) - margin;
    const right = (pixel % side) - margin;
    const ahead = down * direction.down + right * direction.right;
    if (ahead <= most || Math.hypot(down, right) > radius) continue;
    best = { row: tip.row + down, column: tip.column + right };
    most = ahead;
  }
  return best;
}

/** Replaces the last pixels of the skeleton by a line to `corner`, as few as possible; without such a line they stay. */
function redraw(corner: Position, { levels, halfWidth, direction }: Bar, skeleton: EditableSkeleton): void {
  for (let level = 1; level < levels.length && level <= 2 * halfWidth + 2; level++) {
    if (levels[level]!.length > 1) continue;
    const start = levels[level]![0]!;
    const distance = Math.hypot(corner.row - start.row, corner.column - start.column);
    // The line deviates by at most 45° from the bar, so that the curve does not turn aside at its end.
    if (aheadOf(start, corner, direction) < distance * Math.SQRT1_2) continue;
    const replaced = levels.slice(0, level).flat();
    const isErased = skeleton.erase(replaced);
    const drawn = isErased ? skeleton.drawLine(start, directionTo(corner, start), distance + 1e-9) : [];
    const last = drawn.at(-1);
    if (last?.row === corner.row && last.column === corner.column) return;
    skeleton.restore(replaced, drawn);
  }
}
