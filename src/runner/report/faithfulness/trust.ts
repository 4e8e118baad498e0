/*
 * Whether the maps of a layer are to be trusted, in plain words, from all rows of the table of faithfulness that were
 * measured. A negative answer is stated as plainly as a positive one, with the measures that do not support the maps.
 */
import { noEvidence } from '#display/correlation';
import { mapText } from '#display/maps';
import { counted, countText } from '#display/numbers';
import type { MapName } from '#domain/explanation';
import type { CaseResult, MapFaithfulness } from '#engine/api';
import { capitalized, listed } from '#units/sentences';
import { plain } from '../construction-words';
import type { FaithfulnessJudgment } from './judgments';
import { faithfulnessRows } from './rows';

/** The result of the examination of one layer, or of squares of one edge. */
export interface Trust {
  readonly layer: MapName;
  /**
   * `trust`: all measures support the maps, and their gain by the finite elements was measured with both fillings. `partly`:
   * a gain by the finite elements supports them. `not-shown`: none does, but chance alone may be why, or none was measured.
   * `no-trust`: none does.
   */
  readonly verdict: 'trust' | 'partly' | 'not-shown' | 'no-trust';
  /** The verdict in words, with the first measure that does not support the maps. */
  readonly sentence: string;
  /** The measures that support the maps, and those that do not, in the order of the table. */
  readonly supporting: readonly FaithfulnessJudgment[];
  readonly against: readonly FaithfulnessJudgment[];
  /** What else is to be known of these maps; whole sentences. */
  readonly notes: readonly string[];
}

/** Deletion and insertion, each with both fillings. */
const gainsByFiniteElements = 4;

/** One entry per layer, or edge of squares. */
export function trustInMaps({ faithfulness, problem: { explain } }: Pick<CaseResult, 'faithfulness' | 'problem'>): Trust[] {
  return faithfulness.layers.map(({ layer }) => {
    const judgments = faithfulnessRows({ faithfulness }, layer).flatMap(({ judgment }) => judgment ?? []);
    const [supporting, against] = [true, false].map((supports) => judgments.filter((judgment) => judgment.supports === supports)) as [FaithfulnessJudgment[], FaithfulnessJudgment[]];
    const gains = judgments.filter(({ isGain }) => isGain);
    const verdict = verdictOf(judgments, gains);
    return {
      layer,
      verdict,
      sentence: verdictWords(`the maps of ${mapText(layer)}`, verdict, judgments, gains),
      supporting,
      against,
      notes: [...(explain.method === 'exact' ? [exactSentence] : []), ...evidenceSentences(faithfulness.maps.filter((each) => each.layer === layer))],
    };
  });
}

function verdictOf(judgments: readonly FaithfulnessJudgment[], gains: readonly FaithfulnessJudgment[]): Trust['verdict'] {
  if (gains.some(({ supports }) => supports)) return judgments.every(({ supports }) => supports) && gains.length === gainsByFiniteElements ? 'trust' : 'partly';
  return gains.length === 0 || gains.some(({ isOpen }) => isOpen) ? 'not-shown' : 'no-trust';
}

function verdictWords(maps: string, verdict: Trust['verdict'], judgments: readonly FaithfulnessJudgment[], gains: readonly FaithfulnessJudgment[]): string {
  const against = judgments.filter(({ supports }) => !supports);
  // The gains come first: they measure what a design takes from a region.
  const first = against.find(({ isGain }) => isGain) ?? against[0];
  const others = against.length - 1;
  const rest = [
    ...(first ? [` No support comes from ${judgmentText(first)}${others === 0 ? '' : ` and ${counted(others, 'other measure')}`}.`] : []),
    ...(gains.length < gainsByFiniteElements ? [' It was not measured with both fillings whether replacing their regions costs the images more than replacing others.'] : []),
  ].join('');
  const supporting = `${judgments.length - against.length} of ${judgments.length} measures support them`;
  switch (verdict) {
    case 'trust':
      return `${capitalized(maps)} are to be trusted, as far as this was examined: all ${judgments.length} measures support them, and what they gain holds with both fillings and beats every control.`;
    case 'partly':
      return `${capitalized(maps)} are to be trusted only in part: ${supporting}.${rest}`;
    case 'not-shown':
      return `It is not shown that ${maps} are to be trusted: ${gains.length === 0 ? 'no gain by the finite elements was measured' : 'chance explains what they gain by the finite elements'}.${rest}`;
    case 'no-trust':
      return `${capitalized(maps)} are not to be trusted: no gain by the finite elements supports them.${rest}`;
  }
}

/** `deletion with …, by the finite elements (loses 2.6 % against the same order elsewhere)`. */
export function judgmentText({ name, finding }: FaithfulnessJudgment): string {
  return `${name} (${finding})`;
}

const exactSentence =
  'These maps are the exact contributions of squares by the finite elements: a correlation with the exact contributions does not apply, and there is no network whose weights could be random.';

/** Nothing where every explained image has positive evidence. */
function evidenceSentences(maps: readonly MapFaithfulness[]): string[] {
  const without = maps.filter(({ evidence }) => evidence.none > 0);
  if (without.length === 0) return [];
  const counts = without.map(({ direction, evidence }) => `${countText(evidence.none)} of ${countText(evidence.images)} along ${direction}`);
  return [`Some maps say “${noEvidence}”, as they are zero or negative everywhere: ${listed(counts)}. No heat is drawn from them, and no patch is cut.`];
}

/** The verdicts for programs: what speaks for the maps and against them in words. */
export function trustJson(result: Pick<CaseResult, 'faithfulness' | 'problem'>): object[] {
  return trustInMaps(result).map(({ layer, verdict, sentence, supporting, against }) => ({
    layer,
    verdict,
    sentence: plain(sentence),
    supporting: supporting.map((each) => plain(judgmentText(each))),
    against: against.map((each) => plain(judgmentText(each))),
  }));
}
