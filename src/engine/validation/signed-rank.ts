/*
 * Wilcoxon's signed rank test (Biometrics Bulletin 1 (1945) 80–83): whether paired differences tend to be positive. Zeros
 * are left out, ties share their mean rank. Up to 50 differences p is exact, by counting all choices of signs, with ties,
 * too; beyond, it is the normal approximation with corrections for ties and continuity (Lehmann, Nonparametrics, 1975,
 * section 3.2).
 */
import { ensure } from '#engine/core/bug-error';
import { standardNormalUpperTail } from './significance-tests';

export interface SignedRankResult {
  /** Numbers of differences: above, below and equal to zero. */
  readonly positive: number;
  readonly negative: number;
  readonly zero: number;
  /** Sum of the ranks of the positive differences, by size, the smallest first. */
  readonly rankSum: number;
  /** Their share of the sum of all ranks; 0.5 where nothing differs. */
  readonly rankShare: number;
  /** Probability of this rank sum or a larger one if each difference could as well have the other sign. */
  readonly pOneSided: number;
  /** Probability of a rank sum at least as far from its mean in either direction. */
  readonly pTwoSided: number;
  readonly method: 'exact' | 'normal-approximation';
}

/** The most differences for which p is counted: 2⁵⁰ choices are whole numbers in double precision. */
const mostCounted = 50;

/** Tests whether the differences, which must be finite, tend to be larger than zero. */
export function signedRank(differences: readonly number[]): SignedRankResult {
  ensure(differences.every(Number.isFinite), 'signedRank needs finite differences');
  const sorted = differences.filter((value) => value !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  const count = sorted.length;
  // Twice the mean ranks, which are whole numbers.
  const ranks = new Float64Array(count);
  let tieTerm = 0;
  for (let start = 0; start < count; ) {
    let end = start + 1;
    while (end < count && Math.abs(sorted[end]!) === Math.abs(sorted[start]!)) end++;
    ranks.fill(start + 1 + end, start, end);
    tieTerm += (end - start) ** 3 - (end - start);
    start = end;
  }
  const total = count * (count + 1); // twice the sum of all ranks
  const sum = sorted.reduce((all, value, i) => all + (value > 0 ? ranks[i]! : 0), 0);
  const exact = count <= mostCounted;
  const upperTail = exact ? countedUpperTail(ranks, total) : normalUpperTail(count, tieTerm);
  const positive = sorted.filter((value) => value > 0).length;
  return {
    positive,
    negative: count - positive,
    zero: differences.length - count,
    rankSum: sum / 2,
    rankShare: count === 0 ? 0.5 : sum / total,
    pOneSided: upperTail(sum),
    pTwoSided: Math.min(1, 2 * upperTail(Math.max(sum, total - sum))),
    method: exact ? 'exact' : 'normal-approximation',
  };
}

/** P(sum of doubled ranks ≥ s) for every s, from the number of choices of signs with each sum. */
function countedUpperTail(ranks: Float64Array, total: number): (sum: number) => number {
  const counts = new Float64Array(total + 1);
  counts[0] = 1;
  for (const rank of ranks) for (let sum = total; sum >= rank; sum--) counts[sum]! += counts[sum - rank]!;
  return (sum) => counts.subarray(sum).reduce((all, count) => all + count, 0) / 2 ** ranks.length;
}

function normalUpperTail(count: number, tieTerm: number): (sum: number) => number {
  const mean = (count * (count + 1)) / 4;
  const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24 - tieTerm / 48);
  return (sum) => standardNormalUpperTail((sum / 2 - mean - 0.5) / deviation);
}
