/**
 * The sign test (Arbuthnot 1710): the probability that a fair coin gives at least `successes` heads in
 * `trials` throws. 1 without trials.
 */
export function signTest(successes: number, trials: number): number {
  let [term, sum] = [2 ** -trials, 0];
  // term is the probability of k heads.
  for (let k = 0; k <= trials; k++) {
    if (k >= successes) sum += term;
    term *= (trials - k) / (k + 1);
  }
  return Math.min(1, sum);
}
