/* What a study says, in sentences that claim no more than its variants show. */
import { looksOf } from '#display/arms';
import { areConstructionsOfOne } from '#domain/arms';
import { counted, fixed, type NumberDisplay, numberText, percentText, quantityText } from '#display/numbers';
import { displayOf, propertyText, type PropertyDisplay } from '#display/properties';
import { outcomeOfTest, significanceLevel } from '#display/significance';
import { armNamed, armsOf, bestValue, groupBySeed, meanOf, ownArm, rankBy, type Ranked, type SeedGroup, shareBetter, shownValues } from './compare-variants';
import { seedSentences } from './over-seeds-words';
import type { StudyResult, VariantResult } from './study-result';
import { capitalized, listed } from '#units/sentences';
import { settingsText } from '#domain/study';

export interface StudyWords {
  /** The answer in one sentence. */
  readonly headline: string;
  /** What limits it: the spread over seeds, the comparison with chance, refused variants. */
  readonly sentences: readonly string[];
  /** What the seeds say of the own arm against others; empty where the seed is not varied. */
  readonly seeds: readonly string[];
}

/** All of them in their order. */
export function saysOfStudy({ headline, seeds, sentences }: StudyWords): readonly string[] {
  return [headline, ...seeds, ...sentences];
}

type Answer = Omit<StudyWords, 'seeds'>;

export function studyWords(study: StudyResult): StudyWords {
  const groups = groupBySeed(study);
  const { headline, sentences } = groups === undefined ? ofSingleRuns(study) : groups.length > 1 ? ofGroups(study, groups) : ofSeeds(study);
  return { headline, sentences: [...sentences, ...withoutDesigns(study), ...(groups === undefined ? chanceSentences(study) : []), ...regionSentences(study), ...refusedSentences(study)], seeds: seedSentences(study) };
}

/** How values of the study are shown next to each other. */
export function displayOfStudy({ objective, variants }: StudyResult): PropertyDisplay {
  return displayOf(objective.property, shownValues(variants));
}

const nothing: Answer = { headline: 'No variant has a feasible design.', sentences: [] };

function ofSingleRuns(study: StudyResult): Answer {
  const { objective, variants } = study;
  const ranked = rankBy(variants, objective, bestValue);
  const [first] = ranked;
  if (!first) return nothing;
  const percent = ownArm(first.item)?.best?.percentOfLimit;
  const reached = `${valueText(study, first.value)}${percent === undefined ? '' : `, ${fixed(percent, 1)} % of the limit`}`;
  const tied = ranked.filter(({ value }) => value === first.value);
  const oneSeed = 'Each combination ran with one seed. The study does not show how much another seed alone would change a result, so a difference smaller than that means nothing; vary the seed as well to see it.';
  if (ranked.length === 1) return { headline: `Only one variant has a feasible design, ${labelOf(first)}: ${reached}.`, sentences: [] };
  if (tied.length === ranked.length) return { headline: `All ${ranked.length} variants with a feasible design end with the same best value, ${reached}.`, sentences: [] };
  return { headline: `The best design comes from ${listed(tied.map(labelOf))}: ${reached}, ${comparedWith(study, first, ranked.slice(tied.length), 'that')}.`, sentences: [oneSeed] };
}

function ofGroups(study: StudyResult, groups: readonly SeedGroup[]): Answer {
  const { objective } = study;
  const ofGroup = (group: SeedGroup) => meanOf(group.variants.map(bestValue));
  // A mean over some of the seeds is no match for one over all: which seeds fail is not by chance.
  const complete = groups.filter(({ variants }) => variants.every((variant) => bestValue(variant) !== undefined));
  const ranked = rankBy(complete, objective, (group) => ofGroup(group).mean);
  const [first, second] = ranked;
  if (!first) {
    const [single] = rankBy(study.variants, objective, bestValue);
    if (!single) return nothing;
    return { headline: `No combination gave a feasible design with every seed, so the study cannot compare them. The best single design comes from ${labelOf(single)}: ${valueText(study, single.value)}.`, sentences: [] };
  }
  const { mean, deviation, count } = ofGroup(first.item);
  const seeds = `on average over ${counted(count, 'seed')}`;
  const spread = Number.isNaN(deviation) ? '' : `; spread over seeds ±${percentText(deviation / Math.abs(mean))}`;
  if (!second) return { headline: `Only ${labelOf(first)} has feasible designs with every seed: the best reach ${meanText(study, first)} ${seeds}${spread}.`, sentences: unevenSentences(groups, complete) };
  const headline = `The best designs come from ${labelOf(first)}: ${meanText(study, first)} ${seeds}, ${comparedWith(study, first, ranked.slice(1), 'those')}${spread}.`;
  return { headline, sentences: [spreadSentence(ofGroup(first.item), ofGroup(second.item), labelOf(second)), ...unevenSentences(groups, complete)] };

  function spreadSentence(best: ReturnType<typeof meanOf>, next: ReturnType<typeof meanOf>, name: string): string {
    const larger = Math.max(best.deviation, next.deviation);
    const difference = Math.abs(best.mean - next.mean);
    return difference > larger
      ? `The distance from ${name} is larger than the spread of single runs over their seeds (one standard deviation).`
      : `The distance from ${name} is not larger than the spread of single runs over their seeds (one standard deviation), so the study does not tell the two apart.`;
  }
}

/** Groups that lack a feasible design with some of their seeds. */
function unevenSentences(groups: readonly SeedGroup[], complete: readonly SeedGroup[]): string[] {
  const fewer = groups.filter((group) => !complete.includes(group));
  if (fewer.length === 0) return [];
  return [`Not every seed gave a feasible design with ${listed(fewer.map(({ settings }) => settingsText(settings)))}, so the comparison leaves ${fewer.length === 1 ? 'it' : 'them'} out.`];
}

function ofSeeds(study: StudyResult): Answer {
  const ranked = rankBy(study.variants, study.objective, bestValue);
  const { mean, deviation, count } = meanOf(ranked.map(({ value }) => value));
  const [best, worst] = [ranked[0], ranked.at(-1)];
  if (!best || !worst) return nothing;
  if (count === 1) return { headline: `Only ${labelOf(best)} gave a feasible design: ${valueText(study, best.value)}.`, sentences: [] };
  return {
    headline: `Over ${counted(count, 'seed')}, the best design reaches ${meanText(study, { value: mean, deviation })} (from ${valueText(study, worst.value)} to ${valueText(study, best.value)}); spread over seeds ±${percentText(deviation / Math.abs(mean))}.`,
    sentences: ['A difference between two single runs of this case that is smaller than this spread means nothing.'],
  };
}

/** `1.4 % better than that of threshold 0.6, the next, and 3.0 % better than that of threshold 0.3, the worst`. */
function comparedWith<T extends { readonly settings: VariantResult['settings'] }>({ objective }: StudyResult, first: Ranked<T>, others: readonly Ranked<T>[], what: 'that' | 'those'): string {
  const [next, last] = [others[0]!, others.at(-1)!];
  const better = ({ value, item }: Ranked<T>): string => `${percentText(shareBetter(objective, first.value, value))} better than ${what} of ${settingsText(item.settings)}`;
  return next === last ? better(next) : `${better(next)}, the next, and ${better(last)}, the worst`;
}

/** Variants that ran and ended without a feasible design. */
function withoutDesigns({ variants }: StudyResult): string[] {
  const none = variants.filter((variant) => variant.outcome && bestValue(variant) === undefined);
  if (none.length === 0 || none.length === variants.length) return [];
  return [`${none.length} of ${counted(variants.length, 'variant')} ended without a feasible design (${none.map(({ settings }) => settingsText(settings)).join('; ')}).`];
}

/** In how many variants the own arm does better than each arm that needs no optimization, in how many chance would say so, and in how many the other arm wins. */
function chanceSentences({ variants }: StudyResult): string[] {
  const arms = armsOf(variants);
  const looks = looksOf(arms.map(({ spec }) => spec));
  const own = arms[0] && looks.get(arms[0].name)!;
  return arms.slice(1).flatMap(({ name, spec }): string[] => {
    const tests = variants.flatMap((variant) => armNamed(variant, name)?.comparison ?? []);
    if (!own || tests.length === 0 || spec.construct === 'optimize' || areConstructionsOfOne(arms[0]!.spec, spec)) return [];
    const [better, worse] = (['better', 'worse'] as const).map((outcome) => tests.filter((test) => outcomeOfTest(test) === outcome).length);
    const verb = `${capitalized(own.standsFor)} does measurably better than ${looks.get(name)!.standsFor} in ${better} of ${counted(tests.length, 'variant')} (one-sided p < ${significanceLevel})`;
    return [
      tests.length === 1 ? `${verb}.` : `${verb}; if it never did, about ${fixed(significanceLevel * tests.length, 1)} of ${tests.length} such tests would say so by chance.`,
      ...(worse === 0 ? [] : [`${capitalized(looks.get(name)!.called)} wins in ${worse} of ${counted(tests.length, 'variant')} (two-sided p < ${significanceLevel}).`]),
    ];
  });
}

/** Per layer, whether networks of other seeds find the regions of the first one; nothing where the seed is not varied. */
function regionSentences({ variants }: StudyResult): string[] {
  const found = variants.flatMap(({ outcome }) => outcome?.regionsAgain ?? []);
  return [...new Set(found.map(({ layer }) => layer))].map((layer) => {
    const ofLayer = found.filter((each) => each.layer === layer);
    const [overlap, elsewhere] = [meanOf(ofLayer.map((each) => each.overlap.mean)).mean, meanOf(ofLayer.map((each) => each.elsewhere.mean)).mean];
    const networks = `${counted(ofLayer.length, 'network')} of other seeds`;
    if (Number.isNaN(overlap)) return `Whether ${networks} find the same regions could not be measured: their maps (layer ${layer}) have no region.`;
    const verdict = overlap >= 0.5 ? 'mostly the same regions' : overlap >= 2 * elsewhere ? 'partly the same regions' : 'other regions';
    return `In the same images, ${networks} find ${verdict} (layer ${layer}): they share ${percentText(overlap, 0)} of their union with those of the first seed, and elsewhere in the image they would share ${percentText(elsewhere, 0)}.`;
  });
}

function refusedSentences({ variants }: StudyResult): string[] {
  const refused = variants.filter(({ outcome }) => outcome === undefined);
  if (refused.length === 0) return [];
  return [`${refused.length} of ${counted(variants.length, 'variant')} ${refused.length === 1 ? 'was' : 'were'} refused (${refused.map(({ settings }) => settingsText(settings)).join('; ')}); the findings say why.`];
}

function valueText(study: StudyResult, value: number): string {
  return propertyText(study.objective.property, value, displayOfStudy(study));
}

/** `153.2 GPa`, or `153.2 ± 0.9 GPa` where the deviation is given. */
function meanText(study: StudyResult, { value, deviation = NaN }: { readonly value: number; readonly deviation?: number }): string {
  const whole = valueText(study, value);
  if (Number.isNaN(deviation)) return whole;
  const display = displayOfStudy(study);
  return `${numberText(display, value)} ± ${quantityText(display, deviation).replace(numberText(display, deviation), deviationText(display, deviation))}`;
}

/** A deviation with the digits of the values that it belongs to. */
export function deviationText({ scale, digits }: NumberDisplay, deviation: number): string {
  return fixed(deviation * scale, digits);
}

function labelOf({ item: { settings } }: Ranked<{ readonly settings: VariantResult['settings'] }>): string {
  return settingsText(settings);
}
