/*
 * The threshold that separates the values of a picture best: Otsu (1979), A threshold selection method from gray-level
 * histograms, IEEE Transactions on Systems, Man, and Cybernetics 9, 62–66, doi:10.1109/TSMC.1979.4310076. It maximizes
 * the variance between the means of the two classes.
 *
 * Where we differ: the threshold is the middle between the largest value of the lower class and the smallest value of
 * the upper one, so it equals no value and does not depend on empty bins between the classes; programs that give the
 * upper value of the lower class, such as scikit-image, separate the same pixels of whole-number pictures. Means are
 * those of the pixels, not of the centers of bins.
 */
import type { ValueLevels } from './value-levels';

/** Otsu's threshold, in the units of the picture; undefined where all values are in one bin. Of equally good ones the lowest. */
export function otsuThreshold({ smallest, largest, sums, counts, total }: ValueLevels): number | undefined {
  const sum = sums.reduce((a, b) => a + b, 0);
  let best = -1;
  let threshold: number | undefined;
  let lowerCount = 0;
  let lowerSum = 0;
  for (let k = 0; k + 1 < counts.length; k++) {
    lowerCount += counts[k]!;
    lowerSum += sums[k]!;
    // Shares and means instead of counts and sums would only divide by total².
    const between = (sum * lowerCount - total * lowerSum) ** 2 / (lowerCount * (total - lowerCount));
    if (between > best) {
      best = between;
      threshold = (largest[k]! + smallest[k + 1]!) / 2;
    }
  }
  return threshold;
}
