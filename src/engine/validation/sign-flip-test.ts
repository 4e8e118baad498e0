/*
 * Fisher's randomization test of paired differences (Fisher 1935, The Design of Experiments, section 21):
 * if a gain were chance, each difference could as well have the other sign. Exact, by all 2ⁿ choices of
 * signs; it assumes no distribution.
 */
import { ensure } from '#engine/core/bug-error';

/** Share of the choices of signs with a mean at least as large as that of the differences (one-sided). At most 20 differences. */
export function signFlipTest(differences: readonly number[]): number {
  const count = differences.length;
  ensure(count <= 20, `${2 ** count} choices of signs`);
  const size = differences.reduce((sum, value) => sum + Math.abs(value), 0);
  // Rounding may not decide whether the given signs themselves count.
  const observed = differences.reduce((sum, value) => sum + value, 0) - 1e-12 * size;
  let reaching = 0;
  const choose = (next: number, sum: number): void => {
    if (next === count) {
      if (sum >= observed) reaching++;
      return;
    }
    choose(next + 1, sum + differences[next]!);
    choose(next + 1, sum - differences[next]!);
  };
  choose(0, 0);
  return reaching / 2 ** count;
}
