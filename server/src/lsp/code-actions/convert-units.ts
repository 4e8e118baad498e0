import { formatNumber } from '#units/format-quantity';
import { parseUnit } from '#units/parse-unit';
import { quantity, valueIn } from '#units/quantity';
import { unitsOf } from '#units/units';
import type { Quantity } from '#language/generated/ast';
import { quantityRule } from '#language/quantity-rule';
import type { Rewrite } from './offer';

/** A number is written in each other unit of its dimension; a share also without one. */
export const convertUnits: Rewrite = (node) => {
  if (node.$type !== 'Quantity' || node.$cstNode === undefined) return [];
  const { value, unit } = node as Quantity;
  const { range } = node.$cstNode;
  const rule = quantityRule(node as Quantity);
  if (rule === undefined || typeof value !== 'number') return [];
  const offer = (text: string) => ({ title: `Write \`${text}\``, edits: [{ range, newText: text }] });
  if (unit === undefined) return rule.dimension === 'share' ? [offer(`${formatNumber(100 * value, 12)}%`)] : [];
  const parsed = parseUnit(unit);
  if (!parsed.ok || parsed.unit.dimension !== rule.dimension) return [];
  const si = quantity(value, parsed.unit);
  const others = unitsOf(parsed.unit.dimension).filter((each) => each.symbol !== parsed.unit.symbol && each.readOnly !== true);
  const texts = others.map((each) => `${formatNumber(valueIn(si, each), 12)} ${each.symbol}`);
  return [...texts, ...(rule.dimension === 'share' ? [formatNumber(si, 12)] : [])].map(offer);
};
