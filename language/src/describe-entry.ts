import type { Dimension } from '#units/quantity';
import type { EntryDescription, NumberRule } from './entries';
import { bounds } from './read-number';

const dimensionWords: Readonly<Record<Dimension, string>> = {
  stress: 'stress',
  expansion: 'expansion',
  angle: 'angle',
  share: 'share',
  number: 'number',
  length: 'length',
  'temperature-difference': 'temperature difference',
};

/** What an entry takes, in a few words: `range: share above 0% and at most 50%`. Choices are in the grammar. */
export function takes({ form, rule }: EntryDescription): string {
  if (form === 'properties') return 'one or more of `E`, `poisson`, `expansion`';
  if (form === 'path') return 'path in quotes';
  if (form === 'case') return '`from` and the name of a case';
  if (rule === undefined) return 'choice';
  return `${form === 'number' ? '' : `${form}: `}${describeRule(rule)}`;
}

/** Which numbers a rule admits: `whole number of at least 1`. */
export function describeRule(rule: NumberRule): string {
  const kind = `${rule.whole === true ? 'whole ' : ''}${dimensionWords[rule.dimension]}`;
  const limits = bounds(rule);
  return limits === undefined ? kind : `${kind} ${limits}`;
}

/** The same behind `a` or `an`. */
export function withArticle(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}
