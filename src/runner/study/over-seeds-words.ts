/* What the seeds of a study say of the own arm against others, in one sentence each, chosen by the test. */
import { constructionNames, looksOf } from '#display/arms';
import { counted, countText, fixed, percentText, probabilityStatement, probabilityText } from '#display/numbers';
import { significanceLevel } from '#display/significance';
import { areConstructionsOfOne, type ArmSpec, isPatchConstruction } from '#domain/arms';
import { settingsText } from '#domain/study';
import { capitalized, listed } from '#units/sentences';
import { armsOf, type Mean } from './compare-variants';
import { type ArmsOverSeeds, compareOverSeeds, fewestSeeds, type OutcomeOverSeeds } from './over-seeds';
import type { StudyResult } from './study-result';

/** For each compared arm the verdict and, where the seed alone is varied, what it rests on. */
export function seedSentences(study: StudyResult): readonly string[] {
  const all = compareOverSeeds(study);
  const names = namesIn(study);
  const arms = [...new Set(all.map(({ other }) => other.name))].map((name) => all.filter(({ other }) => other.name === name));
  const looks = looksIn(study);
  return arms.flatMap((groups) => (groups.length === 1 ? [`${verdictOverSeeds(groups[0]!, names)}${conclusionOf(groups[0]!, looks)}`, ...(groups[0]!.tested > 0 ? [measuresText(groups[0]!)] : [])] : [groupsText(groups, names)]));
}

/** What the own arm and another one are called when they are compared. */
export type NamesOfArms = (comparison: Pick<ArmsOverSeeds, 'own' | 'other'>) => readonly [own: string, other: string];

export function namesIn(study: Pick<StudyResult, 'variants'>): NamesOfArms {
  const looks = looksIn(study);
  return ({ own, other }) => [areConstructionsOfOne(own, other) ? constructionOf(own) : looks.get(own.name)!.standsFor, looks.get(other.name)!.standsFor];
}

function looksIn({ variants }: Pick<StudyResult, 'variants'>): ReturnType<typeof looksOf> {
  return looksOf(armsOf(variants).map(({ spec }) => spec));
}

/** What follows from the outcome against this arm, behind its sentence. */
function conclusionOf({ other, outcome }: ArmsOverSeeds, looks: ReturnType<typeof looksOf>): string {
  const conclusion = outcome === 'too-few-seeds' ? undefined : looks.get(other.name)!.conclusions?.[outcome];
  return conclusion === undefined ? '' : ` ${conclusion}`;
}

function constructionOf({ construct, name }: ArmSpec): string {
  return isPatchConstruction(construct) ? constructionNames[construct] : name;
}

/** One plain sentence: better, no difference, worse, or that there are too few seeds to say so. */
export function verdictOverSeeds({ own, other, seeds, tested, bestTenth: { better }, signFlip, outcome }: ArmsOverSeeds, names: NamesOfArms): string {
  const [one, another] = names({ own, other });
  const leftOut = seeds > tested ? ` (${counted(seeds - tested, 'seed')} without designs of both arms ${seeds - tested === 1 ? 'is' : 'are'} left out)` : '';
  const over = `Over ${counted(tested, 'seed')}${leftOut}`;
  const inSeeds = `in ${better} of ${counted(tested, 'seed')}`;
  const test = signFlip.method === 'exact' ? 'exact sign-flip test over the seeds' : 'sign-flip test over the seeds, normal approximation';
  const least = signFlip.pOneSided === signFlip.least ? ', the least that as many seeds can give' : '';
  switch (outcome) {
    case 'better':
      return `${over}, ${one} does better than ${another}: the best tenth of its designs reaches further ${inSeeds} (${test}, one-sided ${probabilityStatement(signFlip.pOneSided)}${least}).`;
    case 'worse':
      return `${over}, ${one} does worse than ${another}: the best tenth of its designs reaches further in only ${better} of them (${test}, two-sided ${probabilityStatement(signFlip.pTwoSided)}).`;
    case 'no-difference':
      return `${over}, no difference shows between ${one} and ${another}: the best tenth of the designs of the former reaches further ${inSeeds}, which chance explains (${test}, one-sided ${probabilityStatement(signFlip.pOneSided)}).`;
    case 'too-few-seeds':
      return tested === 0
        ? `No seed has designs of both arms, so the study does not compare ${one} with ${another}.`
        : `${capitalized(counted(tested, 'seed'))}${leftOut} ${tested === 1 ? 'is' : 'are'} too few to say whether ${one} does better than ${another}: the best tenth of its designs reaches further ${inSeeds}, and no outcome could have p below ${probabilityText(signFlip.least)} (${test}). At least ${fewestSeeds} seeds can.`;
  }
}

/** The other numbers of a comparison with tested seeds. */
function measuresText({ seeds, superiorityByImage, combinedP, bestAtLeast, beating, fewTries }: ArmsOverSeeds): string {
  const parts = [
    `the mean of an image’s designs is better than that of an image of the compared arm with probability ${meanWith(superiorityByImage, 2)} (Fisher’s combination of the p by image: ${probabilityStatement(combinedP)})`,
    `the best design is at least as good in ${bestAtLeast} of ${counted(seeds, 'seed')}`,
    `${counted(beating.own, 'feasible design')} ${beating.own === 1 ? 'beats' : 'beat'} all images, against ${countText(beating.other)}${timesText(ratioOf(beating.own, beating.other), 'many')}`,
    ...(fewTries.own.count > 0 ? [`ten tries gain ${percentText(fewTries.own.mean, 2)} over the best image, against ${percentText(fewTries.other.mean, 2)}${timesText(ratioOf(fewTries.own.mean, fewTries.other.mean), 'much')}`] : []),
  ];
  return `${capitalized(listed(parts))}.`;
}

function timesText(ratio: number | undefined, noun: 'many' | 'much'): string {
  return ratio === undefined ? '' : ` (${fixed(ratio, 1)} times as ${noun})`;
}

/** The own number over the other; undefined where the other is nothing. */
export function ratioOf(own: number, other: number): number | undefined {
  return other > 0 ? own / other : undefined;
}

/** `0.86 ± 0.02`. */
export function meanWith({ mean, deviation }: Mean, digits: number): string {
  return `${fixed(mean, digits)}${Number.isNaN(deviation) ? '' : ` ± ${fixed(deviation, digits)}`}`;
}

/** One sentence about all combinations of the other settings. */
function groupsText(groups: readonly ArmsOverSeeds[], names: NamesOfArms): string {
  const [one, another] = names(groups[0]!);
  const withOutcome = (outcome: OutcomeOverSeeds): readonly ArmsOverSeeds[] => groups.filter((group) => group.outcome === outcome);
  const combinations = (these: readonly ArmsOverSeeds[]): string => listed(these.map(({ settings }) => settingsText(settings)));
  const tested = groups.filter(({ outcome }) => outcome !== 'too-few-seeds');
  const few = withOutcome('too-few-seeds');
  if (tested.length === 0) return `Too few seeds have designs of both arms to say whether ${one} does better than ${another}: each combination needs at least ${fewestSeeds}.`;
  const [better, worse, none] = [withOutcome('better'), withOutcome('worse'), withOutcome('no-difference')];
  const parts = [
    ...(better.length > 0 ? [`${one} does better than ${another} with ${combinations(better)}`] : []),
    ...(worse.length > 0 ? [`${better.length > 0 ? 'worse' : `${one} does worse than ${another}`} with ${combinations(worse)}`] : []),
    ...(none.length > 0 ? [better.length + worse.length > 0 ? `no difference shows with ${combinations(none)}` : `no difference shows between ${one} and ${another}, whatever the other settings`] : []),
    ...(few.length > 0 ? [`there are too few seeds with ${combinations(few)}`] : []),
  ];
  return `Over the seeds, ${listed(parts)} (sign-flip tests); if it never did better, about ${fixed(significanceLevel * tested.length, 1)} of ${counted(tested.length, 'such test')} would say so by chance.`;
}
