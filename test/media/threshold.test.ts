import { expect, test } from 'vitest';
import { chosenThreshold } from '#media/heat-map/controls';

test.each([
  ['the first, when none was chosen', undefined, [], [0.3, 0.5], 0.3],
  ['the chosen one, wherever it stands', 0.5, [0.4, 0.5], [0.5, 0.6, 0.7], 0.5],
  ['the one that came in its place', 0.3, [0.3, 0.5], [0.5, 0.7], 0.7],
  ['the nearest that came, when several did', 0.3, [0.3, 0.5], [0.1, 0.35, 0.9], 0.35],
  ['the nearest that is left', 0.6, [0.3, 0.5, 0.6], [0.3, 0.5], 0.5],
  ['of a run whose thresholds the text no longer has, the nearest', 0.62, [], [0.5, 0.6, 0.7], 0.6],
])('the threshold that is looked at is %s', (_name, wanted, among, thresholds, chosen) => {
  expect(chosenThreshold(wanted, among, thresholds)).toBe(chosen);
});
