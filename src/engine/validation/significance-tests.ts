/*
 * Two significance tests without assumptions about distributions, and p values of several tests as one.
 *
 * Mann–Whitney U test (Mann & Whitney, Annals of Mathematical Statistics 18 (1947) 50–60): whether the values of one
 * group tend to be larger than those of another. Without ties and for small groups p is exact, by counting all orders;
 * otherwise it is the normal approximation with corrections for ties and continuity (Lehmann, Nonparametrics, 1975,
 * section 1.4).
 *
 * Fisher's randomization test of paired differences (Fisher 1935, The Design of Experiments, section 21): if a gain
 * were chance, each difference could as well have the other sign. It is exact, by all 2ⁿ choices of signs, up to 40
 * differences (two halves, whose sums are counted against each other); beyond that the sum is taken as normal.
 *
 * Fisher's combination of independent p values (Fisher 1932, Statistical Methods for Research Workers, 4th edition, section
 * 21.1): under chance −2 Σ ln p has the χ² distribution with two degrees of freedom for each p.
 */
import { ensure } from '#engine/core/bug-error';

/** Outcome of the test of a first against a second group. */
export interface MannWhitneyResult {
  /** U of the first group: the number of pairs in which its value is the larger one; a tie counts one half. */
  readonly u: number;
  readonly firstCount: number;
  readonly secondCount: number;
  /** Probability of this U or a larger one if both groups had the same distribution. */
  readonly pOneSided: number;
  /** Probability of a U at least as far from its mean in either direction. */
  readonly pTwoSided: number;
  /** Probability that a value of the first group is larger than one of the second, U / (n₁ n₂). */
  readonly superiority: number;
  readonly method: 'exact' | 'normal-approximation';
}

/** The largest groups for which p is counted exactly. */
const largestExactGroup = 20;

/**
 * Tests whether values of `first` tend to be larger than those of `second`; negate both for smaller.
 * Both groups need at least one value, and all must be finite.
 */
export function mannWhitney(first: ArrayLike<number>, second: ArrayLike<number>): MannWhitneyResult {
  const n1 = first.length;
  const n2 = second.length;
  ensure(n1 > 0 && n2 > 0, 'mannWhitney needs values in both groups');
  const { rankSum, tieTerm } = rankFirst(first, second);
  const u = rankSum - (n1 * (n1 + 1)) / 2;
  const exact = tieTerm === 0 && n1 <= largestExactGroup && n2 <= largestExactGroup;
  const upperTail = exact ? exactUpperTail(n1, n2) : normalUpperTail(n1, n2, tieTerm);
  const pOneSided = upperTail(u);
  const pTwoSided = Math.min(1, 2 * upperTail(Math.max(u, n1 * n2 - u)));
  return {
    u,
    firstCount: n1,
    secondCount: n2,
    pOneSided,
    pTwoSided,
    superiority: u / (n1 * n2),
    method: exact ? 'exact' : 'normal-approximation',
  };
}

/** Sum of the mean ranks of the first group, and Σ (t³ − t) over groups of t tied values. */
function rankFirst(first: ArrayLike<number>, second: ArrayLike<number>): { rankSum: number; tieTerm: number } {
  const n1 = first.length;
  const total = n1 + second.length;
  const values = new Float64Array(total);
  values.set(Float64Array.from(first), 0);
  values.set(Float64Array.from(second), n1);
  ensure(values.every(Number.isFinite), 'mannWhitney needs finite values');
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  let rankSum = 0;
  let tieTerm = 0;
  for (let start = 0; start < total; ) {
    let end = start + 1;
    while (end < total && values[order[end]!] === values[order[start]!]) end++;
    const tied = end - start;
    const meanRank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) if (order[i]! < n1) rankSum += meanRank;
    tieTerm += tied ** 3 - tied;
    start = end;
  }
  return { rankSum, tieTerm };
}

/** P(U ≥ u) for every u, from the number of orders with each U (the recurrence of the 1947 paper). */
function exactUpperTail(n1: number, n2: number): (u: number) => number {
  const largest = n1 * n2;
  // counts[u] of the Gaussian binomial coefficient: multiply by (1 − q^(n2 + i)), divide by (1 − q^i).
  const counts = new Float64Array(largest + 1);
  counts[0] = 1;
  for (let i = 1; i <= n1; i++) {
    for (let u = largest; u >= n2 + i; u--) counts[u]! -= counts[u - n2 - i]!;
    for (let u = i; u <= largest; u++) counts[u]! += counts[u - i]!;
  }
  let total = 0;
  for (const count of counts) total += count;
  return (u) => {
    let tail = 0;
    for (let v = largest; v >= u; v--) tail += counts[v]!;
    return tail / total;
  };
}

function normalUpperTail(n1: number, n2: number, tieTerm: number): (u: number) => number {
  const n = n1 + n2;
  const deviation = Math.sqrt(((n1 * n2) / 12) * (n + 1 - tieTerm / (n * (n - 1))));
  // When all values are equal there is no order, so there is no evidence.
  if (!(deviation > 0)) return () => 1;
  return (u) => standardNormalUpperTail((u - (n1 * n2) / 2 - 0.5) / deviation);
}

/**
 * P(Z ≥ z), relative error below 1e-12: power series of erf near the middle, continued fraction of
 * erfc in the tail (Abramowitz & Stegun 7.1.6 and 7.1.14).
 */
export function standardNormalUpperTail(z: number): number {
  if (z < 0) return 1 - standardNormalUpperTail(-z);
  const x = z / Math.SQRT2;
  const gauss = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 1.5) {
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 0.5 - gauss * sum;
  }
  let fraction = x;
  for (let k = 120; k > 0; k--) fraction = x + k / 2 / fraction;
  return gauss / (2 * fraction);
}

/** The largest number of differences for which `signFlipTest` counts all choices of signs. */
export const largestExactFlips = 40;

/**
 * The share of all choices of signs with a mean at least as large as that of the differences (one-sided); above
 * `largestExactFlips` differences its normal approximation. Its least value is 1/2ⁿ for n differences.
 */
export function signFlipTest(differences: readonly number[]): number {
  const count = differences.length;
  const size = differences.reduce((sum, value) => sum + Math.abs(value), 0);
  if (size === 0) return 1;
  // Rounding must not decide whether the observed signs themselves count.
  const observed = differences.reduce((sum, value) => sum + value, 0) - 1e-12 * size;
  if (count > largestExactFlips) return standardNormalUpperTail(observed / Math.hypot(...differences));
  const half = count >> 1;
  const [ascending, descending] = [sumsOfFlips(differences.slice(0, half)).sort(), sumsOfFlips(differences.slice(half)).sort().reverse()];
  let reaching = 0;
  let enough = 0;
  for (const sum of ascending) {
    while (enough < descending.length && sum + descending[enough]! >= observed) enough++;
    reaching += enough;
  }
  return reaching / 2 ** count;
}

/** The sums of the values with all choices of their signs. */
function sumsOfFlips(values: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** values.length);
  values.forEach((value, i) => {
    for (let known = 2 ** i, sum = 0; sum < known; sum++) {
      sums[known + sum] = sums[sum]! - value;
      sums[sum]! += value;
    }
  });
  return sums;
}

/**
 * Probability that independent tests give p values whose product is this small by chance alone; 1 without any. Discrete tests
 * make it larger than it is. A small value says that in at least one of the tests there is a difference, not in all.
 */
export function combineByFisher(pValues: readonly number[]): number {
  ensure(pValues.every((p) => p >= 0 && p <= 1), 'p values are in [0, 1]');
  // The upper tail of χ² with 2n degrees of freedom at 2h is exp(−h) Σ hⁱ/i! over i < n; no term is larger than 1.
  const h = -pValues.reduce((sum, p) => sum + Math.log(p), 0);
  if (h === 0) return 1;
  if (h === Infinity) return 0;
  let logTerm = -h;
  let tail = 0;
  for (let i = 0; i < pValues.length; i++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(h / (i + 1));
  }
  return Math.min(1, tail);
}
