/*
 * How the case's own arm compares with another one, in one sentence. That the other arm wins, or that chance explains
 * the difference, is said as plainly as that the own arm does better, wherever comparisons are shown.
 */
import { counted, countText, percentText, probabilityStatement } from '#display/numbers';
import { outcomeOfTest, type TestOutcome } from '#display/significance';
import type { ArmComparison, CaseResult } from '#engine/api';
import { capitalized } from '#units/sentences';
import { type ArmInView, armsInView, isDrawn } from './case-view';
import { pairedOutcome, type PairedOutcome, pairedSentence, plain } from './construction-words';

/** `unknown` where one of the two arms has no design. */
export type ComparisonOutcome = TestOutcome | 'unknown';

const outcomeOfPairs: Readonly<Record<PairedOutcome, ComparisonOutcome>> = { better: 'better', worse: 'worse', divided: 'no-difference', 'no-difference': 'no-difference' };

/** Of the first arm of the comparison. */
export function outcomeOfComparison(comparison: ArmComparison | undefined): ComparisonOutcome {
  if (!comparison) return 'unknown';
  return comparison.paired ? outcomeOfPairs[pairedOutcome(comparison.paired)] : outcomeOfTest(comparison.byImage);
}

/** Which of the two arms does better, or that neither does measurably, and what follows from it. */
export function comparisonSentence(result: Pick<CaseResult, 'arms' | 'problem'>, comparison: ArmComparison): string {
  if (comparison.paired) return pairedSentence(result, comparison.arms, comparison.paired);
  const [own, other] = comparison.arms.map((name) => armsInView(result).find(({ arm }) => arm.name === name)!) as [ArmInView, ArmInView];
  const outcome = outcomeOfTest(comparison.byImage);
  return [significanceSentence(comparison, outcome, own, other), ...(other.look.conclusions ? [other.look.conclusions[outcome]] : [])].join(' ');
}

function significanceSentence(comparison: ArmComparison, outcome: TestOutcome, own: ArmInView, other: ArmInView): string {
  const { superiority, byImage } = comparison;
  const { pOneSided, pTwoSided } = byImage;
  const images = `Mann–Whitney on the means of ${countText(byImage.firstCount)} and ${counted(byImage.secondCount, 'image')}`;
  const counts = `${countText(own.arm.designs.length)} against ${counted(other.arm.designs.length, 'design')}; ${images}`;
  switch (outcome) {
    case 'better':
      return (
        `${capitalized(own.look.standsFor)} does better than ${other.look.standsFor}: a design from ${own.look.one} beats one from ${other.look.one} in` +
        ` ${percentText(superiority, 0)} of all pairs (${counts}, one-sided ${probabilityStatement(pOneSided)}).`
      );
    case 'worse':
      return (
        `${capitalized(other.look.called)} wins: a design from ${other.look.one} beats one from ${own.look.one} in` +
        ` ${percentText(1 - superiority, 0)} of all pairs (${counts}, two-sided ${probabilityStatement(pTwoSided)}).`
      );
    case 'no-difference':
      return (
        `${capitalized(own.look.standsFor)} does not do measurably better than ${other.look.standsFor}: its designs beat those of ${other.look.sources} in` +
        ` ${percentText(superiority, 0)} of all pairs, which chance explains (${counts}, one-sided ${probabilityStatement(pOneSided)}).`
      );
  }
}

/** The comparisons of a result for programs, with their sentence; arms that optimize are not judged by it. */
export function comparisonsJson(result: Pick<CaseResult, 'arms' | 'comparisons' | 'problem'>): readonly (ArmComparison & { readonly verdict?: string })[] {
  const judged = new Set(armsInView(result).filter(isDrawn).map(({ arm }) => arm.name));
  return result.comparisons.map((comparison) => ({
    ...comparison,
    ...(judged.has(comparison.arms[1]) && { verdict: plain(comparisonSentence(result, comparison)) }),
  }));
}
