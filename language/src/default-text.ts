import { formatNumber, formatQuantity } from '#units/format-quantity';
import type { Dimension, Quantity as SiQuantity } from '#units/quantity';
import type { DefaultValue } from './defaults';
import { entries, type BlockName, type NumberRule } from './entries';
import type { Learn } from './generated/ast';
import { defaultsOf } from './read-block';

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
