/* The recorded optimizations as they are while a run optimizes: some have ended, one has come so far, the others wait. */
import { fromBase64, packColumn, packImageBits, unpackColumn, type ColumnType, type PackedColumn } from '#protocol/packed';
import type { OptimizationRunView, OptimizationView } from '#protocol/views/optimization-views';

/** After `cuts` cuts of all runs together, one run after the other. The cell of the run under way is its last one, moved down by the cuts that are missing. */
export function optimizationsUnderway({ outcome: _outcome, ...view }: OptimizationView, cuts: number): OptimizationView {
  let left = cuts;
  let missing = 0;
  const runs = view.runs.map((run): OptimizationRunView => {
    const { rank: _rank, cuts: all, ...rest } = run;
    const count = all?.iterations.length ?? 0;
    const come = Math.min(count, left);
    left -= come;
    // One always runs: the last cut does not end it.
    if (!all || left > 0) return { ...rest, ...(all && { cuts: all }) };
    if (come === 0) return { ...rest, state: 'waiting', iterations: 0 };
    missing = count - come;
    const first = <T extends ColumnType>(column: PackedColumn<T>): PackedColumn<T> => packColumn(column.type, unpackColumn(column).slice(0, come));
    const iterations = first(all.iterations);
    return { ...rest, state: 'running', iterations: unpackColumn(iterations).at(-1)!, cuts: { iterations, values: first(all.values), feasible: first(all.feasible) } };
  });
  const begun = runs.filter((run) => run.cuts).length;
  const { width, height, bits, count } = view.cells;
  const all = fromBase64(bits);
  const size = all.length / count;
  const bytes = all.slice(0, size * begun);
  const last = bytes.subarray(size * (begun - 1));
  const rows = (missing * width) / 8;
  if (missing > 0) last.set([...last.subarray(-rows), ...last.subarray(0, -rows)]);
  return { ...view, runs, cells: packImageBits(width, height, bytes) };
}
