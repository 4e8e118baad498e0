/*
 * From a number as written to a number in SI, or to what is wrong with it. Checks tell the trouble,
 * the specification takes the value; both ask here, so they cannot disagree.
 */
import { formatQuantity } from '#units/format-quantity';
import { parseUnit } from '#units/parse-unit';
import { quantity as inUnit, type Dimension, type Quantity as SiQuantity } from '#units/quantity';
import { dimensionNames, unitsOf } from '#units/units';
import type { NumberRule } from './entries';
import type { FindingCode } from './finding-codes';
import type { Quantity, Range } from './generated/ast';
import type { IntervalSpecification } from './specification';

/** What is wrong with a number. */
export interface NumberTrouble {
  readonly code: FindingCode;
  readonly message: string;
  readonly wayOut: string;
  readonly node: Quantity;
  /** The unit alone, or number and unit. */
  readonly at: 'unit' | 'whole';
}

/** A value in SI, or why there is none; no trouble is told for text that did not parse. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly troubles: readonly NumberTrouble[] };

/** Reads one number. `words` names what it is for in messages, such as `the bound of E`. */
export function readNumber(node: Quantity | undefined, rule: NumberRule, words: string, unit = node?.unit): Reading<number> {
  // A broken text leaves holes that the generated types do not know of.
  if (typeof node?.value !== 'number' || Number.isNaN(node.value)) return { ok: false, troubles: [] };
  const converted = convert(node, rule.dimension, words, unit);
  return converted.ok ? withinBounds(node, converted.value, rule, words) : converted;
}

/**
 * Reads a range, or one number as the range that holds it alone (unless the rule wants a window). A
 * first number without a unit takes the second's, except for shares, where `0.38 .. 41%` would be
 * misread.
 */
export function readRange(range: Range | undefined, rule: NumberRule, words: string): Reading<IntervalSpecification> {
  const { lower, upper } = range ?? {};
  if (lower === undefined) return { ok: false, troubles: [] };
  const lowerUnit = lower.unit ?? (rule.dimension === 'share' ? undefined : upper?.unit);
  const first = readNumber(lower, rule, words, lowerUnit);
  const second = upper === undefined ? first : readNumber(upper, rule, words);
  if (!first.ok || !second.ok) {
    return { ok: false, troubles: [first, ...(upper === undefined ? [] : [second])].flatMap((each) => (each.ok ? [] : each.troubles)) };
  }
  const [from, to] = [show(first.value, rule), show(second.value, rule)];
  if (first.value > second.value) {
    return trouble('reversed-range', sentence(`${words} ranges from ${from} down to ${to}.`), `Write \`${to} .. ${from}\`.`, upper ?? lower);
  }
  if (rule.window === true && first.value === second.value) {
    return trouble('empty-range', sentence(`${words} is a window, and ${from} alone has no width.`), 'Give two ends, such as `0.39 .. 0.40`.', upper ?? lower);
  }
  if (upper !== undefined && first.value === second.value) {
    return trouble('empty-range', `The range of ${words} from ${from} to ${to} has no width.`, `Give two different ends, or a single value: \`${from}\`.`, upper);
  }
  return { ok: true, value: { lower: first.value, upper: second.value } };
}

/** A value in SI as the language writes it. */
export function show(value: number, rule: NumberRule): string {
  return rule.dimension === 'number' ? String(value) : formatQuantity(value as SiQuantity<Dimension>, rule.dimension, 6);
}

function convert(node: Quantity, dimension: Dimension, words: string, symbol: string | undefined): Reading<number> {
  const wanted = `${words} is ${dimensionNames[dimension]}`;
  if (symbol === undefined) {
    if (dimension === 'number' || dimension === 'share') return { ok: true, value: node.value };
    const symbols = unitsOf(dimension).map((unit) => unit.symbol);
    const others = symbols.slice(0, -1);
    const wayOut = `Write \`${node.$cstNode?.text ?? node.value} ${symbols.at(-1)}\`${others.length === 0 ? '' : `, or use ${list(others)}`}.`;
    return trouble('missing-unit', sentence(`${wanted} and needs a unit.`), wayOut, node);
  }
  const parsed = parseUnit(symbol);
  if (!parsed.ok) {
    const wayOut = parsed.nearest === undefined ? useOf(dimension) : `Did you mean \`${parsed.nearest}\`?`;
    return trouble('unknown-unit', `There is no unit \`${symbol}\`.`, wayOut, node, 'unit');
  }
  if (parsed.unit.dimension !== dimension) {
    const message = `\`${symbol}\` is a unit of ${dimensionNames[parsed.unit.dimension]}, but ${wanted}.`;
    return trouble('wrong-dimension', message, useOf(dimension), node, 'unit');
  }
  return { ok: true, value: inUnit(node.value, parsed.unit) };
}

function withinBounds(node: Quantity, value: number, rule: NumberRule, words: string): Reading<number> {
  if (rule.whole === true && Number.isFinite(value) && !Number.isInteger(value)) {
    const wayOut = `Write \`${Math.max(1, Math.round(value))}\`.`;
    return trouble('not-a-whole-number', sentence(`${words} is ${show(value, rule)}, but must be a whole number.`), wayOut, node);
  }
  const { above = -Infinity, atLeast = -Infinity, below = Infinity, atMost = Infinity } = rule;
  if (Number.isFinite(value) && value > above && value >= atLeast && value < below && value <= atMost) return { ok: true, value };
  const meantPercent = rule.dimension === 'share' && node.unit === undefined && value >= 2 && value <= 100;
  const wayOut = meantPercent ? `Did you mean \`${value}%\`?` : rule.wayOut;
  const limits = bounds(rule) ?? 'a finite number';
  const message = wayOut === undefined ? `${words} cannot be ${show(value, rule)}.` : `${words} is ${show(value, rule)}, but must be ${limits}.`;
  return trouble(rule.code ?? 'value-out-of-range', sentence(message), wayOut ?? `It must be ${limits}.`, node);
}

/** The bounds of a rule in words: `above 0 and at most 1`; undefined when every number will do. */
export function bounds(rule: NumberRule): string | undefined {
  const words = { above: 'above', atLeast: 'at least', below: 'below', atMost: 'at most' } as const;
  const parts = (['above', 'atLeast', 'below', 'atMost'] as const).flatMap((key) => {
    const bound = rule[key];
    return bound === undefined ? [] : [`${words[key]} ${show(bound, rule)}`];
  });
  return parts.length === 0 ? undefined : parts.join(' and ');
}

function useOf(dimension: Dimension): string {
  const symbols = unitsOf(dimension).map((unit) => unit.symbol);
  if (symbols.length === 0) return 'Leave the unit out.';
  return `Use ${list(symbols)}${dimension === 'share' ? ', or a plain number' : ''}.`;
}

/** Words such as `the bound of E` stand in the middle of sentences and at their start. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function list(symbols: readonly string[]): string {
  const words = symbols.map((symbol) => `\`${symbol}\``);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function trouble(
  code: FindingCode,
  message: string,
  wayOut: string,
  node: Quantity,
  at: NumberTrouble['at'] = 'whole',
): { readonly ok: false; readonly troubles: readonly NumberTrouble[] } {
  return { ok: false, troubles: [{ code, message, wayOut, node, at }] };
}
