import { parseUnit } from '#units/parse-unit';
import { quantity, valueIn, type Unit } from '#units/quantity';
import { unitsOf } from '#units/units';
import type { Quantity } from '#language/generated/ast';
import { quantityRule } from '#language/quantity-rule';
import type { Offer, Rewrite } from './offer';

/** A number is written in each other unit of its dimension; a share also without one. */
export const convertUnits: Rewrite = (node) => {
  if (node.$type !== 'Quantity' || node.$cstNode === undefined) return [];
  const { value, unit, $container } = node as Quantity;
  const rule = quantityRule(node as Quantity);
  if (rule === undefined || typeof value !== 'number') return [];
  const parsed = unit === undefined ? undefined : parseUnit(unit);
  if (parsed === undefined ? rule.dimension !== 'share' : !parsed.ok || parsed.unit.dimension !== rule.dimension) return [];
  const from = parsed?.ok === true ? parsed.unit : undefined;
  const to: readonly (Unit | undefined)[] = [
    ...unitsOf(rule.dimension).filter((each) => each.symbol !== from?.symbol && each.readOnly !== true),
    ...(rule.dimension === 'share' && from !== undefined ? [undefined] : []),
  ];
  // The first number of a range may take the unit of the second: then both are written again.
  const first = $container.$type === 'Range' && $container.upper === node && $container.lower.unit === undefined && rule.dimension !== 'share' ? $container.lower : undefined;
  return to.flatMap((each): Offer[] => {
    const [text, firstText] = [textIn(value, from, each), first === undefined ? '' : numberIn(first.value, from, each)];
    if (text === undefined || firstText === undefined) return [];
    const edits = [...(first?.$cstNode === undefined ? [] : [{ range: first.$cstNode.range, newText: firstText }]), { range: node.$cstNode!.range, newText: text }];
    return [{ title: `Write \`${first === undefined ? '' : `${firstText} .. `}${text}\``, edits }];
  });
};

function textIn(value: number, from: Unit | undefined, to: Unit | undefined): string | undefined {
  const number = numberIn(value, from, to);
  if (number === undefined || to === undefined) return number;
  return `${number}${to.symbol === '%' ? '' : ' '}${to.symbol}`;
}

/** All digits of the number in another unit; undefined where doubles do not have it. */
function numberIn(value: number, from: Unit | undefined, to: Unit | undefined): string | undefined {
  const si = from === undefined ? value : quantity(value, from);
  const shown = to === undefined ? si : valueIn(si as never, to);
  const back = to === undefined ? shown : quantity(shown, to);
  if (!Number.isFinite(shown) || Math.abs(back - si) > 1e-14 * Math.abs(si)) return undefined;
  return String(Number(shown.toPrecision(15)));
}
