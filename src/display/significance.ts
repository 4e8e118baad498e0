/* When a difference is called one. */

/** A difference is significant if its p value is below this. */
export const significanceLevel = 0.05;

/** Of the first of two arms. */
export type TestOutcome = 'better' | 'no-difference' | 'worse';

/**
 * The outcome of a test of the first arm against the second, which the level of significance decides: better is one-sided.
 * A difference in either direction that is not better is worse.
 */
export function outcomeOfTest({ pOneSided, pTwoSided }: { readonly pOneSided: number; readonly pTwoSided: number }): TestOutcome {
  if (pOneSided < significanceLevel) return 'better';
  return pTwoSided < significanceLevel ? 'worse' : 'no-difference';
}
