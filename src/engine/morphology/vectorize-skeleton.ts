/*
 * The curves of a skeleton without the stairs of the pixels, so that a design thickened from them has smooth struts at
 * any resolution (ours; the source of the method thickens pixels).
 *
 * Each branch is smoothed by repeated averaging of neighboring points with fixed ends, and then simplified: D. H. Douglas and T. K. Peucker, Cartographica 10 (1973) 112–122,
 * doi:10.3138/FM57-6770-U75U-7727.
 */
import type { SkeletonGraph } from './skeleton-graph';

export interface VectorizeSettings {
  /** Standard deviation of the smoothing in pixels along the curve; 0 keeps the stairs of the pixels. */
  readonly smoothing: number;
  /** Largest distance of an omitted point from the simplified curve, pixels. */
  readonly tolerance: number;
}

/** A polyline of alternating rows and columns, pixel units, unwrapped; a single point for an isolated pixel. */
export type Curve = Float64Array;

/** One curve per branch in the graph's order, then one point per isolated pixel. */
export function vectorizeSkeleton(graph: SkeletonGraph, { smoothing, tolerance }: VectorizeSettings): Curve[] {
  const curves = graph.branches.map(({ path, from }) => {
    const closed = graph.nodes[from]!.kind === 'loop';
    return simplify(smooth(path, smoothing, closed), tolerance);
  });
  const points = graph.nodes.filter(({ kind }) => kind === 'point').map(({ row, column }) => Float64Array.of(row, column));
  return [...curves, ...points];
}

/** Averaging m times with weights ¼, ½, ¼ has the variance m / 2. */
function smooth(path: Float64Array, deviation: number, closed: boolean): Float64Array {
  const count = path.length / 2;
  let current = Float64Array.from(path);
  let next = Float64Array.from(path);
  const period = [path.at(-2)! - path[0]!, path.at(-1)! - path[1]!];
  for (let round = 0; round < Math.round(2 * deviation * deviation); round++) {
    for (let k = 0; k < 2; k++) {
      for (let i = 1; i < count - 1; i++) {
        next[2 * i + k] = current[2 * i + k]! / 2 + (current[2 * i + k - 2]! + current[2 * i + k + 2]!) / 4;
      }
      if (!closed) continue;
      const before = current[2 * (count - 2) + k]! - period[k]!;
      next[k] = current[k]! / 2 + (before + current[2 + k]!) / 4;
      next[2 * (count - 1) + k] = next[k]! + period[k]!;
    }
    [current, next] = [next, current];
  }
  return current;
}

function simplify(path: Float64Array, tolerance: number): Float64Array {
  const count = path.length / 2;
  const keep = new Uint8Array(count);
  keep[0] = 1;
  keep[count - 1] = 1;
  const waiting: [number, number][] = [[0, count - 1]];
  for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
    const [first, last] = piece;
    let farthest = -1;
    let largest = tolerance;
    for (let i = first + 1; i < last; i++) {
      const distance = Math.sqrt(
        squaredDistanceToSegment(path[2 * i]!, path[2 * i + 1]!, path[2 * first]!, path[2 * first + 1]!, path[2 * last]!, path[2 * last + 1]!),
      );
      if (distance > largest) {
        largest = distance;
        farthest = i;
      }
    }
    if (farthest < 0) continue;
    keep[farthest] = 1;
    waiting.push([first, farthest], [farthest, last]);
  }
  return path.filter((_, i) => keep[i >> 1] === 1);
}

/** The squared distance of the point (row, column) to the segment from (r0, c0) to (r1, c1). */
export function squaredDistanceToSegment(row: number, column: number, r0: number, c0: number, r1: number, c1: number): number {
  const dr = r1 - r0;
  const dc = c1 - c0;
  const squaredLength = dr * dr + dc * dc;
  const along = squaredLength === 0 ? 0 : ((row - r0) * dr + (column - c0) * dc) / squaredLength;
  const share = along < 0 ? 0 : along > 1 ? 1 : along;
  const offRow = row - r0 - share * dr;
  const offColumn = column - c0 - share * dc;
  return offRow * offRow + offColumn * offColumn;
}
