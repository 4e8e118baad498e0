/*
 * Speckles: connected components of few pixels take the other phase, first white ones, then black ones. So a hole in a
 * white speckle goes with it, and a second run changes nothing. Pixels that touch at a corner belong together, so that a
 * thin oblique line is not a row of speckles.
 *
 * Components are found from the runs of each row, which are joined with those of the row before (Rosenfeld & Pfaltz 1966,
 * doi:10.1145/321356.321357; runs instead of pixels): there are tens of times fewer runs than pixels.
 */
import { imageOf, type Boundary, type Image2D } from '#engine/grid/image-2d';

/** The image without components of fewer than `smallest` pixels. `periodic`: components go on at the opposite edge. */
export function withoutSpeckles({ width, height, data }: Image2D<'binary'>, smallest: number, boundary: Boundary): Image2D<'binary'> {
  const cleaned = data.slice();
  for (const phase of [1, 0] as const) replaceSpeckles(cleaned, width, height, phase, smallest, boundary);
  return imageOf('binary', width, height, cleaned);
}

/**
 * How far outside an image pixels can decide what is a speckle in it: a component of fewer than `smallest` pixels that is
 * partly in the image ends within that distance, and a larger one has that many pixels within it; twice, as white
 * speckles come before black ones.
 */
export function speckleMargin(smallest: number): number {
  return 2 * smallest;
}

/** Gives the components of a phase with fewer than `smallest` pixels the other phase, in place. */
function replaceSpeckles(data: Uint8Array, width: number, height: number, phase: 0 | 1, smallest: number, boundary: Boundary): void {
  const { starts, ends, firstOfRow } = runsOf(data, width, height, phase);
  // The runs of a component form a tree whose root is its first run.
  const parents = Int32Array.from(starts, (_, run) => run);
  const rootOf = (run: number): number => {
    let root = run;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]!]!;
      root = parents[root]!;
    }
    return root;
  };
  const join = (one: number, other: number): void => {
    const [a, b] = [rootOf(one), rootOf(other)];
    parents[Math.max(a, b)] = Math.min(a, b);
  };
  const isPeriodic = boundary === 'periodic';
  for (let row = 0; row < height; row++) {
    const [first, end] = [firstOfRow[row]!, firstOfRow[row + 1]!];
    if (isPeriodic && end - first > 1 && starts[first] === 0 && ends[end - 1] === width) join(first, end - 1);
    if (row === 0 && !isPeriodic) continue;
    const before = row === 0 ? height - 1 : row - 1;
    let candidate = firstOfRow[before]!;
    const lastOfBefore = firstOfRow[before + 1]!;
    for (let run = first; run < end; run++) {
      // Runs that touch, also at a corner.
      while (candidate < lastOfBefore && ends[candidate]! < starts[run]!) candidate++;
      for (let k = candidate; k < lastOfBefore && starts[k]! <= ends[run]!; k++) join(run, k);
    }
    if (!isPeriodic || first === end || firstOfRow[before] === lastOfBefore) continue;
    // Corners across the left and the right edge.
    if (starts[first] === 0 && ends[lastOfBefore - 1] === width) join(first, lastOfBefore - 1);
    if (ends[end - 1] === width && starts[firstOfRow[before]!] === 0) join(end - 1, firstOfRow[before]!);
  }
  const sizes = new Int32Array(starts.length);
  for (let run = 0; run < starts.length; run++) sizes[rootOf(run)]! += ends[run]! - starts[run]!;
  for (let row = 0; row < height; row++) {
    for (let run = firstOfRow[row]!; run < firstOfRow[row + 1]!; run++) {
      if (sizes[rootOf(run)]! < smallest) data.fill(1 - phase, row * width + starts[run]!, row * width + ends[run]!);
    }
  }
}

/** The runs of a phase: their first column and the one after their last, and the first run of each row. */
function runsOf(data: Uint8Array, width: number, height: number, phase: 0 | 1): { readonly starts: readonly number[]; readonly ends: readonly number[]; readonly firstOfRow: Int32Array } {
  const [starts, ends]: [number[], number[]] = [[], []];
  const firstOfRow = new Int32Array(height + 1);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; ) {
      const at = row * width;
      while (column < width && data[at + column] !== phase) column++;
      if (column === width) break;
      starts.push(column);
      while (column < width && data[at + column] === phase) column++;
      ends.push(column);
    }
    firstOfRow[row + 1] = starts.length;
  }
  return { starts, ends, firstOfRow };
}
