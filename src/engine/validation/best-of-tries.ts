/*
 * What to expect when only some of an arm's cells can be built and tested: the best feasible one of k patches that are drawn at
 * random, without replacement. With the values of all N patches known this is exact: the j-th best of them is the best of the
 * draw if it is drawn and none of the j − 1 better ones is, C(N − j, k − 1) of the C(N, k) draws (order statistics of finite
 * populations; David & Nagaraja, Order Statistics, 2003, section 3.7).
 */
import { compareObjective, isBetter, type Objective } from '#domain/objective';
import { ensure } from '#engine/core/bug-error';

/** What the draws are of. */
export interface TriedPatches {
  /** Objective values of the feasible cells, SI, in any order. */
  readonly feasible: readonly number[];
  /** All patches that may be drawn: the feasible ones, and those that give no cell or none that is feasible. */
  readonly patches: number;
  /** Objective value of the best image, SI. */
  readonly bestImage: number;
}

/** The mean over all draws of this many patches. */
export interface BestOfTries {
  readonly tries: number;
  /** The share of the draws that have a feasible design. */
  readonly feasible: number;
  /** The share of the draws with a feasible design that is better than the best image. */
  readonly beating: number;
  /** The mean of the best feasible value, SI, over the draws that have one; absent where none has. */
  readonly best?: number;
  /**
   * The mean of what the best feasible design gains over the best image, SI, never negative: without a better design the image
   * itself is used, so such a draw gains nothing.
   */
  readonly gain: number;
}

/** One entry for each number of tries; at least one try, and no more than there are patches. */
export function bestOfTries({ sense }: Pick<Objective, 'sense'>, { feasible, patches, bestImage }: TriedPatches, tries: number): BestOfTries {
  ensure(Number.isInteger(tries) && tries >= 1 && tries <= patches && feasible.length <= patches, `${tries} of ${patches} patches cannot be drawn`);
  const ranked = feasible.toSorted((a, b) => compareObjective({ sense }, a, b));
  // The share of draws whose best patch is the one of this rank.
  let share = tries / patches;
  let [any, beating, sum, gain] = [0, 0, 0, 0];
  for (const [rank, value] of ranked.entries()) {
    any += share;
    // Relative to the image, so that a mean of near values keeps its digits.
    sum += share * (value - bestImage);
    if (isBetter({ sense }, value, bestImage)) {
      beating += share;
      gain += share * Math.abs(value - bestImage);
    }
    share *= (patches - rank - tries) / (patches - rank - 1);
    if (share <= 0) break;
  }
  return { tries, feasible: Math.min(1, any), beating: Math.min(1, beating), ...(any > 0 && { best: bestImage + sum / any }), gain };
}
