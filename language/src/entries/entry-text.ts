import type { Learn } from '#language/generated/ast';
import { formatNumber, formatQuantity } from '#units/format-quantity';
import type { Dimension, Quantity as SiQuantity } from '#units/quantity';
import type { DefaultValue } from './defaults';
import { entries, type EntryDescription, type NumberRule, type BlockName } from './entries';
import { defaultsOf } from './read-block';
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

const wordsOfForms: Readonly<Partial<Record<EntryDescription['form'], string>>> = {
  properties: 'one or more of `E`, `poisson`, `expansion`',
  path: 'path in quotes',
  paths: 'one or more paths in quotes',
  case: '`from` and the name of a case',
  white: '`above` or `below` a value or `otsu`, or `is` a value or `darker`',
  labels: 'path in quotes and a block',
  column: 'column in quotes',
  columns: 'two columns in quotes, along x and along y, and a unit',
};

/** What an entry takes, in a few words: `range: share above 0% and at most 50%`. Choices are in the grammar. */
export function takes({ form, rule }: EntryDescription): string {
  const words = wordsOfForms[form];
  if (words !== undefined) return words;
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

/** The default of an entry as a file would say it; undefined when there is none. */
export function defaultText(block: BlockName, key: string, network?: Learn['network']): string | undefined {
  const value = defaultsOf(block, network)[key];
  return value === undefined ? undefined : valueText(value, entries[block][key]?.rule ?? { dimension: 'number' });
}

/** A value in SI as a file says it. */
export function valueText(value: DefaultValue, rule: NumberRule): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value, rule);
  if (Array.isArray(value)) return (value as readonly (string | number)[]).map((each) => (typeof each === 'string' ? each : formatNumber(each))).join(', ');
  const { lower, upper } = value as { readonly lower: number; readonly upper: number };
  return `${numberText(lower, rule)} .. ${numberText(upper, rule)}`;
}

function numberText(value: number, rule: NumberRule): string {
  return rule.dimension === 'number' ? formatNumber(value, 15) : formatQuantity(value as SiQuantity<Dimension>, rule.dimension);
}
