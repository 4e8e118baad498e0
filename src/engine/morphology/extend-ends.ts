/*
 * Extension of the ends of a skeleton to the outline (ours). Thinning also removes pixels from the ends of a bar, so the
 * skeleton stops up to half the bar's width before them. Here it is extended straight in the direction of the branch. A
 * round particle leaves a point or a curve that is too short to have a direction, so the end of a curve that meets no
 * other is extended by at most half the curve's length.
 */
import { directionTo, type EditableSkeleton, type Position } from './editable-skeleton';
import { neighborColumns, neighborRows } from './neighborhood';

/** The end of a bar, where its skeleton is extended. */
export interface BarEnd {
  /** The last pixel of the skeleton. */
  readonly tip: Position;
  /** Of the bar, pixels. */
  readonly halfWidth: number;
}

/**
 * Extends the ends of a skeleton inside the white phase of its image and returns those that are ends of bars. A pixel is
 * added only where it touches the end of the curve and no other white pixel, so components and holes do not change. Ends
 * are extended in raster order, which matters only where two of them meet.
 */
export function extendEnds(skeleton: EditableSkeleton): BarEnd[] {
  return skeleton.ends().flatMap((end) => {
    const branch = follow(end, skeleton);
    const halfWidth = distanceToBlack(end, skeleton);
    const tip = extend(end, branch, halfWidth, skeleton);
    const width = halfWidthOfBar(branch, halfWidth, skeleton);
    return width === undefined ? [] : [{ tip, halfWidth: width }];
  });
}

/** Extends one end straight; returns its new last pixel. */
function extend(end: Position, { path, length, meets }: Branch, halfWidth: number, skeleton: EditableSkeleton): Position {
  const back = path[Math.min(Math.max(3, Math.round(3 * halfWidth)), path.length - 1)]!;
  // The outline is up to one pixel beyond the disc that fits at the end.
  const farthest = Math.min(halfWidth + 1, meets ? Infinity : length / 2);
  return skeleton.drawLine(end, directionTo(end, back), farthest).at(-1) ?? end;
}

/** Half the width of the bar that a branch follows; undefined where it follows none: a bar keeps its width behind its end, a corner of a blob widens. */
function halfWidthOfBar({ path, meets }: Branch, halfWidth: number, skeleton: EditableSkeleton): number | undefined {
  const distanceAt = (steps: number): number => distanceToBlack(path[Math.min(Math.round(steps), path.length - 1)]!, skeleton);
  const near = distanceAt(2 * halfWidth + 2);
  // At the end of a bar, a skeleton may fork into its corners.
  const isFork = meets && path.length <= 1.5 * near + 2;
  if (!isFork && path.length <= 6 * near) return undefined;
  const far = distanceAt(3 * near + 3);
  return far <= 1.25 * near + 0.5 ? Math.max(near, far) : undefined;
}

interface Branch {
  /** The pixels from the end inward, unwrapped. */
  readonly path: readonly Position[];
  /** Pixels. */
  readonly length: number;
  /** Whether it ends at a junction instead of another end. */
  readonly meets: boolean;
}

function follow(end: Position, skeleton: EditableSkeleton): Branch {
  const path = [end];
  let length = 0;
  let { row, column } = end;
  let next = skeleton.whiteDirections(end);
  while (next.length === 1) {
    const step = next[0]!;
    row += neighborRows[step]!;
    column += neighborColumns[step]!;
    length += step % 2 === 0 ? 1 : Math.SQRT2;
    path.push({ row, column });
    next = skeleton.whiteDirections({ row, column }).filter((direction) => direction !== (step + 4) % 8);
  }
  return { path, length, meets: next.length > 1 };
}

/** Distance to the center of the nearest black pixel of the image, pixels. */
function distanceToBlack({ row, column }: Position, skeleton: EditableSkeleton): number {
  let nearest = Infinity;
  const visit = (down: number, right: number): void => {
    if (!skeleton.isWhiteInImage(row + down, column + right)) nearest = Math.min(nearest, Math.hypot(down, right));
  };
  // Squares around the pixel, each edge without its last corner.
  for (let ring = 1; ring < nearest; ring++) {
    for (let along = -ring; along < ring; along++) {
      visit(-ring, along);
      visit(along, ring);
      visit(ring, -along);
      visit(-along, -ring);
    }
  }
  return nearest;
}
