/* Matching of points on a line in order, so that lines between matched points never cross, and positions at a distance. */

/**
 * The pairs (index in `a`, index in `b`) with the least total cost among all matchings that keep the order: the squared
 * distance of each pair, and `drop`² for each point without a partner. `a` and `b` ascend; so do the pairs. Dynamic
 * programme over the beginnings of both lists.
 */
export function matchInOrder(a: readonly number[], b: readonly number[], drop: number): [number, number][] {
  const width = b.length + 1;
  const dropCost = drop * drop;
  const cost = new Float64Array((a.length + 1) * width);
  const pairCost = (i: number, j: number): number => cost[(i - 1) * width + j - 1]! + (a[i - 1]! - b[j - 1]!) ** 2;
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) cost[i * width + j] = (i + j) * dropCost;
      else cost[i * width + j] = Math.min(pairCost(i, j), cost[(i - 1) * width + j]! + dropCost, cost[i * width + j - 1]! + dropCost);
    }
  }
  const pairs: [number, number][] = [];
  let [i, j] = [a.length, b.length];
  while (i > 0 && j > 0) {
    if (cost[i * width + j] === pairCost(i, j)) pairs.unshift([--i, --j]);
    else if (cost[i * width + j] === cost[(i - 1) * width + j]! + dropCost) i--;
    else j--;
  }
  return pairs;
}

export interface WeightedPosition {
  readonly at: number;
  /** > 0 */
  readonly weight: number;
}

/**
 * The positions nearest to the given ones (weighted least squares) that keep their order, lie at least `spacing` apart,
 * and as far from 0 and `length`. Where `length` has no room for that, the spacing is what there is room for. Without
 * the spacing's offsets this is isotonic regression, by pooling adjacent violators (Ayer et al., Ann. Math. Stat. 26
 * (1955) 641–647); bounds then only clamp.
 */
export function spreadInOrder(positions: readonly WeightedPosition[], spacing: number, length: number): number[] {
  const apart = Math.min(spacing, length / (positions.length + 1));
  const blocks: { sum: number; weight: number; count: number }[] = [];
  positions.forEach(({ at, weight }, k) => {
    let block = { sum: weight * (at - (k + 1) * apart), weight, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.sum / last.weight > block.sum / block.weight; last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count };
    }
    blocks.push(block);
  });
  const room = length - (positions.length + 1) * apart;
  const offsets = blocks.flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => Math.min(Math.max(sum / weight, 0), Math.max(room, 0))));
  return offsets.map((offset, k) => offset + (k + 1) * apart);
}
