/*
 * Spearman's rank correlation (Spearman 1904): Pearson's correlation of the ranks, where tied values
 * share the mean of their ranks.
 */
import { ensure } from '#engine/core/bug-error';

/** In [−1, 1]; NaN when one side is constant, as there is nothing to correlate. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  ensure(a.length === b.length, `${a.length} values cannot be paired with ${b.length}`);
  const [x, y] = [ranksOf(a), ranksOf(b)];
  const mean = (a.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [dx, dy] = [x[i]! - mean, y[i]! - mean];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx === 0 || yy === 0 ? NaN : xy / Math.sqrt(xx * yy);
}

function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]!] === values[order[first]!]) end++;
    // Ranks first + 1 … end, shared.
    for (let i = first; i < end; i++) ranks[order[i]!] = (first + 1 + end) / 2;
    first = end;
  }
  return ranks;
}
