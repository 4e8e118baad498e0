/*
 * Whether the maps of a layer are to be trusted, in plain words, from the three ways in which they were examined. A
 * negative answer is stated as plainly as a positive one.
 */
import { agreementText, correlationLevels, noEvidence } from '#display/correlation';
import { counted, countText, fixed, percentText, probabilityStatement } from '#display/numbers';
import type { MapName } from '#domain/explanation';
import type { CaseResult, MapFaithfulness, PerturbationGain, PerturbationSummary } from '#engine/api';
import { significanceLevel } from './case-view';
import { listed } from '#units/sentences';

const { weak, moderate, strong } = correlationLevels;

/** A rank correlation above this in size with the map of a network that learned nothing makes it the same map. */
const sameMap = strong;

/** The result of the examination of one layer, or of one scale of exact contributions. */
export interface Trust {
  readonly layer: MapName;
  /** Of the three questions: ranked like the physics, better than chance in deletion, changed by random weights. */
  readonly answers: { readonly ranks: Answer; readonly perturbation: Answer; readonly weights: Answer };
  readonly verdict: 'trust' | 'partly' | 'no-trust';
  /** One per question, in their order; then what is missing. */
  readonly sentences: readonly string[];
}

/** `unknown` where the examination had no basis, `no-question` where the question is one to a network alone. */
export type Answer = 'yes' | 'no' | 'unknown' | 'no-question';

/** One entry per layer or scale. */
export function trustInMaps({ faithfulness, problem: { explain } }: CaseResult): Trust[] {
  const layers = [...new Set(faithfulness.maps.map(({ layer }) => layer))];
  return layers.map((layer) => {
    const maps = faithfulness.maps.filter((each) => each.layer === layer);
    const perturbation = faithfulness.perturbation.find(({ ranking }) => ranking === layer)?.finiteElements;
    const exact = faithfulness.perturbation.find(({ ranking }) => ranking === 'exact')?.finiteElements;
    if (explain.method === 'exact') {
      const answer = beatsChance(perturbation);
      return { layer, answers: { ranks: 'no-question', perturbation: answer, weights: 'no-question' }, verdict: answer === 'yes' ? 'trust' : 'no-trust', sentences: [exactSentence, perturbationSentence(perturbation, exact), ...evidenceSentences(maps)] };
    }
    const answers = { ranks: ranksLikePhysics(maps), perturbation: beatsChance(perturbation), weights: dependsOnWeights(maps) };
    const given = Object.values(answers);
    return {
      layer,
      answers,
      verdict: given.every((answer) => answer === 'yes') ? 'trust' : given.includes('yes') ? 'partly' : 'no-trust',
      sentences: [ranksSentence(maps), perturbationSentence(perturbation, exact), weightsSentence(maps), ...evidenceSentences(maps)],
    };
  });
}

const exactSentence =
  'These maps are the exact contributions of the pixels by the finite elements, smoothed: a correlation with the exact contributions does not apply, and there is no network whose weights could be random.';

function ranksLikePhysics(maps: readonly MapFaithfulness[]): Answer {
  return answerOf(worst(maps, ({ partialCorrelation }) => partialCorrelation.mean), (mean) => mean >= weak);
}

function ranksSentence(maps: readonly MapFaithfulness[]): string {
  const correlation = worst(maps, (map) => map.correlation.mean);
  const beyond = worst(maps, (map) => map.partialCorrelation.mean);
  if (Number.isNaN(correlation)) return 'The maps have no contrast, so they rank nothing.';
  const ranking = `rank correlation ${numberText(correlation)} with what each region contributes by the finite elements`;
  const first = `The maps’ ranking of regions ${agreementText(correlation)} the physics (${ranking}).`;
  if (Number.isNaN(beyond)) return `${first} They carry no information beyond the local share of white.`;
  const white = `${numberText(beyond)} with the local share of white held fixed`;
  if (beyond <= -weak) return `${first} Beyond the local share of white they mislead (${white}).`;
  const information = beyond >= strong ? 'much' : beyond >= moderate ? 'some' : beyond >= weak ? 'a little' : 'no';
  return `${first} They carry ${information} information beyond the local share of white (${white}).`;
}

function beatsChance(perturbation: PerturbationSummary | undefined): Answer {
  if (perturbation === undefined) return 'unknown';
  return perturbation.deletionGain.mean > 0 && perturbation.deletionGain.p < significanceLevel ? 'yes' : 'no';
}

function perturbationSentence(perturbation: PerturbationSummary | undefined, exact: PerturbationSummary | undefined): string {
  if (perturbation === undefined) return 'Replacing all regions of the images costs them nothing, so no region can carry the property.';
  const { own, shifted, deletionGain, insertionGain, images } = perturbation;
  const [lost, elsewhere] = [1 - own.deletion[1]! / own.deletion[0]!, 1 - shifted.deletion[1]! / shifted.deletion[0]!];
  const best = exact && exact.deletionGain.mean > 0 ? ` The gain of deletion is ${percentText(deletionGain.mean / exact.deletionGain.mean, 0)} of what the exact sensitivities gain over chance.` : '';
  const verdict =
    beatsChance(perturbation) === 'yes'
      ? 'The regions that the maps rank as relevant carry the property:'
      : deletionGain.mean > 0
        ? 'It is not shown that the regions that the maps rank as relevant carry the property:'
        : 'The regions that the maps rank as relevant carry no more than other regions:';
  return (
    `${verdict} when the quarter they rank most relevant is replaced, images lose ${percentText(lost, 0)} of their advantage,` +
    ` and with a quarter of the same shape elsewhere ${percentText(elsewhere, 0)}. Deletion does better than chance in ${imagesText(deletionGain, images)},` +
    ` insertion in ${imagesText(insertionGain, images)}.${beatsChance(perturbation) === 'yes' ? best : ''}`
  );
}

function imagesText({ better, p }: PerturbationGain, images: number): string {
  return `${countText(better)} of ${counted(images, 'image')} (${probabilityStatement(p)})`;
}

function dependsOnWeights(maps: readonly MapFaithfulness[]): Answer {
  return answerOf(-worst(maps, (map) => -(map.randomized.at(-1)?.mean ?? NaN)), (mean) => mean < sameMap);
}

function weightsSentence(maps: readonly MapFaithfulness[]): string {
  const after = -worst(maps, (map) => -(map.randomized.at(-1)?.mean ?? NaN));
  if (Number.isNaN(after)) return 'It could not be measured whether the maps depend on what was learned.';
  const size = `|rank correlation| ${numberText(after)}`;
  return after < sameMap
    ? `The maps depend on what was learned: a network with random weights gives ${after < moderate ? 'a different map' : 'a partly similar map'} (${size}).`
    : `The maps show the image rather than what was learned: a network with random weights gives nearly the same map (${size}).`;
}

/** Nothing where every explained image has positive evidence. */
function evidenceSentences(maps: readonly MapFaithfulness[]): string[] {
  const without = maps.filter(({ evidence }) => evidence.none > 0);
  if (without.length === 0) return [];
  const counts = without.map(({ direction, evidence }) => `${countText(evidence.none)} of ${countText(evidence.images)} along ${direction}`);
  return [`Some maps say “${noEvidence}”, as they are zero or negative everywhere: ${listed(counts)}. No heat is drawn from them, and no patch is cut.`];
}

/** The smallest of the directions' numbers; NaN when one is not known. */
function worst(maps: readonly MapFaithfulness[], pick: (map: MapFaithfulness) => number): number {
  return Math.min(...maps.map(pick));
}

function answerOf(value: number, passes: (value: number) => boolean): Answer {
  return Number.isNaN(value) ? 'unknown' : passes(value) ? 'yes' : 'no';
}

function numberText(value: number): string {
  return fixed(value, 2);
}
