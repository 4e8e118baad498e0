import { formatNumber } from '#units/format-quantity';
import { valueIn, type Quantity as SiQuantity } from '#units/quantity';
import { unitsOf } from '#units/units';
import { describeRule, withArticle } from '#language/describe-entry';
import type { Quantity } from '#language/generated/ast';
import { quantityRule } from '#language/quantity-rule';
import { readNumber } from '#language/read-number';

/** A quantity in all units of its dimension, and what it may be. */
export function quantityHover(node: Quantity): string | undefined {
  const rule = quantityRule(node);
  if (rule === undefined) return undefined;
  const inRange = node.$container.$type === 'Range' ? (node.$container.upper?.unit ?? node.unit) : node.unit;
  const reading = readNumber(node, { dimension: rule.dimension }, 'the number', node.unit ?? (rule.dimension === 'share' ? undefined : inRange));
  const must = `It is ${withArticle(describeRule(rule))}.`;
  if (!reading.ok) return must;
  const value = reading.value as SiQuantity<typeof rule.dimension>;
  const shown = unitsOf(rule.dimension).filter((unit) => unit.readOnly !== true).map((unit) => `${formatNumber(valueIn(value, unit), 6)}${unit.symbol === '%' ? '' : ' '}${unit.symbol}`);
  if (rule.dimension === 'share') shown.push(formatNumber(value, 6));
  return shown.length === 0 ? must : `${shown.join(' = ')}\n\n${must}`;
}
