/* The results of stored cases, assembled once each. */
import { assembleCaseResult, BugError, failure, success, type ArmResult, type CaseResult, type Result, type StoredCase } from '#engine/api';
import type { Arm } from '#protocol/vocabulary';
import { formatCount } from '#units/format-quantity';
import { designName } from '#runner/report/result-files';

/** All values that a result is made of. */
export const resultNeeds = ['images', 'tests', 'outliers', 'learned', 'regions', 'examination', 'explained', 'control', 'armTests'] as const;

const results = new WeakMap<StoredCase, CaseResult>();

/** The result of a case whose values are all there. Panels show no times, so it has none. */
export function resultOf(stored: StoredCase): CaseResult {
  const known = results.get(stored);
  if (known) return known;
  const values = Object.fromEntries(resultNeeds.map((name) => [name, stored.read(name)]));
  const result = assembleCaseResult(stored.problem, values, { stages: [], secondsOf: () => 0 });
  if (!result) throw new BugError('a result was asked for before its values are there');
  results.set(stored, result);
  return result;
}

/** An arm, empty when the case has none. */
export function armOf({ explained, control }: CaseResult, arm: Arm): ArmResult | undefined {
  return arm === 'explained' ? explained : control;
}

/** A design by its rank from 1. Finding: `no-such-design`. */
export function designOf(result: CaseResult, arm: Arm, rank: number): Result<{ readonly arm: ArmResult; readonly index: number }> {
  const found = armOf(result, arm);
  if (found?.designs[rank - 1]) return success({ arm: found, index: rank - 1 });
  return failure('no-such-design', `There is no ${designName(arm, rank)}; this arm has ${formatCount(found?.designs.length ?? 0, 'design')}.`, 'Ask for a rank that the result lists.');
}
