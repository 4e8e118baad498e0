/* Two constructions of the same patches: which one is better, and one sentence that says so. */
import { constructionNames } from '#display/arms';
import { countText, counted, percentText, probabilityStatement } from '#display/numbers';
import { significanceLevel } from '#display/significance';
import { propertyText } from '#display/properties';
import type { PatchConstruction } from '#domain/arms';
import { isBetter } from '#domain/objective';
import type { ArmComparison, CaseResult, PairedArm, PairedComparison, SignedRankResult } from '#engine/api';
import { capitalized } from '#units/sentences';

/** Of the first construction; `divided` where one makes more cells feasible and the other better ones. */
export type PairedOutcome = 'better' | 'worse' | 'divided' | 'no-difference';

export function pairedOutcome({ feasibleByImage, valuesByImage }: Pick<PairedComparison, 'feasibleByImage' | 'valuesByImage'>): PairedOutcome {
  const sides = [sideOf(feasibleByImage), sideOf(valuesByImage)];
  if (sides.includes(1) && sides.includes(-1)) return 'divided';
  if (sides.includes(1)) return 'better';
  return sides.includes(-1) ? 'worse' : 'no-difference';
}

/** 1 or −1 for the side that has significantly more, 0 for neither. */
function sideOf({ rankShare, pTwoSided }: SignedRankResult): -1 | 0 | 1 {
  if (pTwoSided >= significanceLevel) return 0;
  return rankShare > 0.5 ? 1 : -1;
}

/** What an arm's construction is called in a sentence. */
export function constructionName({ arms }: Pick<CaseResult, 'arms'>, arm: string): string {
  return constructionNames[arms.find(({ name }) => name === arm)!.spec.construct as PatchConstruction];
}

/** A construction in the comparison, and the number of patches for which its cell is better. */
interface Side {
  readonly name: string;
  readonly arm: PairedArm;
  readonly better: number;
}

/** `The mirror construction is better than the graph construction on the same 1 340 patches: it makes …`. */
export function pairedSentence(result: Pick<CaseResult, 'arms' | 'problem'>, names: ArmComparison['arms'], paired: PairedComparison): string {
  const [first, second] = ([paired.firstBetter, paired.secondBetter] as const).map((better, i): Side => ({ name: constructionName(result, names[i]!), arm: paired.arms[i]!, better })) as [Side, Side];
  const patches = `the same ${counted(paired.patches, 'patch', 'patches')}`;
  const outcome = pairedOutcome(paired);
  const best = bestWords(result.problem, first, second);
  switch (outcome) {
    case 'better':
    case 'worse': {
      const [winner, loser] = outcome === 'better' ? [first, second] : [second, first];
      return `${capitalized(winner.name)} is better than ${loser.name} on ${patches}: ${feasibleWords(winner, loser, paired, 'it')}${reasonWords(winner, loser, paired)}; ${valueWords(winner, paired)}${best}.`;
    }
    case 'divided': {
      const [more, higher] = paired.feasibleByImage.rankShare > 0.5 ? [first, second] : [second, first];
      return `Neither construction is better in every respect on ${patches}: ${feasibleWords(more, higher, paired)}${reasonWords(more, higher, paired)}, but ${valueWords(higher, paired)}${best}.`;
    }
    case 'no-difference':
      return `Neither construction is measurably better on ${patches}: ${feasibleWords(first, second, paired)}; ${valueWords(first, paired)}${best}.`;
  }
}

function feasibleWords(one: Side, other: Side, { patches, feasibleByImage }: PairedComparison, subject = one.name): string {
  const share = ({ arm: { feasible } }: Side): string => `${countText(feasible)} (${percentText(feasible / Math.max(patches, 1))})`;
  return `${subject} makes ${share(one)} of them feasible and ${other.name} ${share(other)}, ${probabilityStatement(feasibleByImage.pTwoSided)}`;
}

function valueWords({ name, better }: Side, { bothFeasible, valuesByImage }: PairedComparison): string {
  if (bothFeasible === 0) return 'no patch is feasible by both';
  const patches = bothFeasible === 1 ? 'the one patch that is feasible by both' : `the ${countText(bothFeasible)} patches that are feasible by both`;
  return `of ${patches}, ${name} makes the better cell of ${countText(better)}, ${probabilityStatement(valuesByImage.pTwoSided)}`;
}

/** Which construction has the best feasible cell: not always the one that is better for most patches. */
function bestWords({ objective }: CaseResult['problem'], first: Side, second: Side): string {
  const [one, other] = [first.arm.best, second.arm.best];
  if (!one || !other || one.objectiveValue === other.objectiveValue) return '';
  const [better, best, worse] = isBetter(objective, one.objectiveValue, other.objectiveValue) ? [first, one, other] : [second, other, one];
  const [value, less] = [best, worse].map(({ objectiveValue }) => propertyText(objective.property, objectiveValue));
  return `; the best cell is one of ${better.name}, with ${value} instead of ${less}`;
}

/** A reason is named from this difference of shares on. */
const noticeable = 0.05;

/** Why the first one makes more patches feasible, where its patches give more cells or its cells break a constraint less often. */
function reasonWords(one: Side, other: Side, { patches, feasibleByImage }: PairedComparison): string {
  if (feasibleByImage.pTwoSided >= significanceLevel) return '';
  const cells = ({ arm }: Side): number => arm.cells / Math.max(patches, 1);
  const broken = ({ arm }: Side, c: number): number => arm.violations[c]!.count / Math.max(arm.cells, 1);
  const reasons = [
    ...(cells(one) - cells(other) >= noticeable ? [`${percentText(cells(other), 0)} instead of ${percentText(cells(one), 0)} of its patches give a cell`] : []),
    ...other.arm.violations.flatMap(({ name }, c) => {
      if (one.arm.violations[c] === undefined || broken(other, c) - broken(one, c) < noticeable) return [];
      return [`${percentText(broken(other, c), 0)} instead of ${percentText(broken(one, c), 0)} of its cells violate “${name}”`];
    }),
  ];
  return reasons.length === 0 ? '' : ` (by ${other.name}, ${reasons.join(', and ')})`;
}

/** With blanks that every terminal and program knows. */
export function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
