/*
 * From a number as written to a number in SI, or to what is wrong with it. Checks report the issues,
 * the specification takes the value; both use these functions, so they cannot disagree.
 */
import { GrammarUtils } from 'langium';
import type { Interval } from '#domain/intervals';
import { formatQuantity } from '#units/format-quantity';
import { nearestUnit, parseUnit, prefixedUnit } from '#units/parse-unit';
import { quantity as inUnit, type Dimension, type Quantity as SiQuantity } from '#units/quantity';
import { dimensionNames, unitsOf, usualUnit } from '#units/units';
import type { ProposedFix } from '#language/findings';
import type { NumberRule } from './entries';
import type { FindingCode } from '#language/findings';
import type { Quantity, Range } from '#language/generated/ast';
import { capitalized, listed } from '#units/sentences';

/** What is wrong with a number. */
export interface NumberIssue {
  readonly code: FindingCode;
  readonly message: string;
  readonly remedy: string;
  readonly node: Quantity;
  /** The unit alone, or number and unit. */
  readonly at: 'unit' | 'whole';
  readonly fixes: readonly ProposedFix[];
}

/** A value in SI, or why there is none; a number that did not parse has no issue. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly NumberIssue[] };

/** Reads one number. `words` names what it is for in messages, such as `the bound of E`. */
export function readNumber(node: Quantity | undefined, rule: NumberRule, words: string, unit = node?.unit): Reading<number> {
  // In a broken file, properties may be missing that the generated types require.
  if (typeof node?.value !== 'number' || Number.isNaN(node.value)) return { ok: false, issues: [] };
  const converted = convert(node, rule, words, unit);
  return converted.ok ? withinBounds(node, converted.value, rule, words) : converted;
}

/**
 * Reads a range, or one number as the range that holds it alone (unless the rule wants a window). A
 * first number without a unit takes the second's, except for shares, where `0.38 .. 41%` would be
 * misread.
 */
export function readRange(range: Range | undefined, rule: NumberRule, words: string): Reading<Interval> {
  const { lower, upper } = range ?? {};
  if (lower === undefined) return { ok: false, issues: [] };
  const lowerUnit = lower.unit ?? (rule.dimension === 'share' ? undefined : upper?.unit);
  const own = readNumber(lower, rule, words, lowerUnit);
  // The second number reports the issue with the unit of both.
  const first = own.ok || lower.unit !== undefined ? own : { ...own, issues: own.issues.filter(({ at }) => at !== 'unit') };
  const second = upper === undefined ? first : readNumber(upper, rule, words);
  if (!first.ok || !second.ok) {
    return { ok: false, issues: [first, ...(upper === undefined ? [] : [second])].flatMap((each) => (each.ok ? [] : each.issues)) };
  }
  const [from, to] = [show(first.value, rule), show(second.value, rule)];
  const single = textOf(upper ?? lower);
  if (first.value > second.value) {
    const swapped = `${single} .. ${textOf(lower, lowerUnit)}`;
    return issue('reversed-range', capitalized(`${words} ranges from ${from} down to ${to}.`), `Write \`${swapped}\`.`, upper ?? lower, [{ text: swapped, at: { node: range! } }]);
  }
  if (rule.window === true && first.value === second.value) {
    return issue('empty-range', capitalized(`${words} is a range, and the single value ${from} has no width.`), 'Write two ends, such as `0.39 .. 0.40`.', upper ?? lower);
  }
  if (upper !== undefined && first.value === second.value) {
    return issue('empty-range', `The range of ${words} from ${from} to ${to} has no width.`, `Write two different ends, or a single value: \`${single}\`.`, upper, [{ text: single, at: { node: range! } }]);
  }
  return { ok: true, value: { lower: first.value, upper: second.value } };
}

/** A value in SI as the language writes it. */
export function show(value: number, rule: NumberRule): string {
  return rule.dimension === 'number' ? String(value) : formatQuantity(value as SiQuantity<Dimension>, rule.dimension, 6);
}

/** A number as it is written, with its unit: words and numbers without what stands between them. */
function textOf(node: Quantity, unit = node.unit): string {
  return unit === undefined ? literalOf(node) : `${literalOf(node)}${/^[%‰°]/.test(unit) ? '' : ' '}${unit}`;
}

/** The digits of a number as they are written. */
function literalOf(node: Quantity): string {
  return GrammarUtils.findNodeForProperty(node.$cstNode, 'value')?.text ?? String(node.value);
}

function convert(node: Quantity, rule: NumberRule, words: string, symbol: string | undefined): Reading<number> {
  const { dimension } = rule;
  const wanted = `${words} is ${dimensionNames[dimension]}`;
  if (symbol === undefined) {
    if (dimension === 'number' || dimension === 'share') return inSi(node, node.value, words);
    const usual = usualUnit(dimension)!;
    const admitted = unitsOf(dimension).filter((unit) => unit.readOnly !== true && isWithin(inUnit(node.value, unit), rule) && inSi(node, inUnit(node.value, unit), words).ok);
    // A number that no unit brings into range is reported as out of range.
    if (admitted.length === 0) return inSi(node, inUnit(node.value, usual), words);
    const [first, ...others] = admitted.toSorted((a, b) => Number(b === usual) - Number(a === usual));
    const texts = [first!, ...others].map((unit) => textOf(node, unit.symbol));
    const remedy = `Write \`${texts[0]}\`${others.length === 0 ? '' : `, or use ${list(others.map((unit) => unit.symbol))}`}.`;
    return issue('missing-unit', capitalized(`${wanted} and needs a unit.`), remedy, node, texts.map((text) => ({ text })));
  }
  const parsed = parseUnit(symbol);
  if (!parsed.ok) return unknownUnit(node, rule, symbol);
  if (parsed.unit.dimension !== dimension) {
    const message = `\`${symbol}\` is a unit of ${dimensionNames[parsed.unit.dimension]}, but ${wanted}.`;
    const value = inUnit(node.value, parsed.unit);
    const isPlain = parsed.unit.dimension === 'share' && dimension === 'number' && rule.whole !== true && isWithin(value, rule) && inSi(node, value, words).ok;
    if (!isPlain) return issue('wrong-dimension', message, useOf(dimension), node, [], 'unit');
    const plain = String(value);
    return issue('wrong-dimension', message, `Write \`${plain}\`.`, node, [{ text: plain, at: { node } }], 'unit');
  }
  return inSi(node, inUnit(node.value, parsed.unit), words);
}

/** A unit that this language does not know; no fix changes the value of the number. */
function unknownUnit(node: Quantity, rule: NumberRule, symbol: string): Reading<number> {
  const { dimension } = rule;
  const message = `There is no unit \`${symbol}\`.`;
  const nearest = nearestUnit(symbol, dimension)?.symbol;
  if (nearest !== undefined) return issue('unknown-unit', message, `Did you mean \`${nearest}\`?`, node, [{ text: nearest, preferred: true }], 'unit');
  const prefixed = prefixedUnit(symbol);
  if (prefixed?.dimension !== dimension) return issue('unknown-unit', message, useOf(dimension), node, [], 'unit');
  const si = inUnit(node.value, prefixed);
  const text = dimension === 'angle' ? `${si} rad` : formatQuantity(si as SiQuantity<Dimension>, dimension, 15);
  const meant = unitsOf(dimension).find((unit) => unit.symbol !== symbol && unit.symbol.toLowerCase() === symbol.toLowerCase());
  const remedy = `Write \`${text}\`${meant === undefined ? '' : `, or \`${textOf(node, meant.symbol)}\` if that is what you mean`}.`;
  // A number that takes its unit from this one would become another.
  const shared = node.$container.$type === 'Range' && node.$container.lower?.unit === undefined && node.$container.upper === node;
  const exact = node.unit === symbol && !shared && si !== 0 && isWithin(si, rule) && inSi(node, si, '').ok;
  return issue('unknown-unit', message, exact ? remedy : useOf(dimension), node, exact ? [{ text, at: { node } }] : [], 'unit');
}

/** A value in SI, if it is within the range that can be computed with. */
function inSi(node: Quantity, value: number, words: string): Reading<number> {
  const written = textOf(node);
  const beyond = `numbers other than 0 lie between ${smallest} and ${largest} in SI units`;
  if (Math.abs(value) > largest) {
    return issue('value-out-of-range', capitalized(`${words} is ${written}, which is too large to compute with.`), `Check its exponent and unit: ${beyond}.`, node);
  }
  if (Math.abs(value) < smallest && /[1-9]/.test(literalOf(node).replace(/[eE].*/, ''))) {
    return issue('value-out-of-range', capitalized(`${words} is ${written}, which is too small to compute with.`), `Check its exponent and unit, or write \`0\`: ${beyond}.`, node);
  }
  return { ok: true, value };
}

/** Computations contain powers and quotients of numbers, and doubles end at 1e±308. */
const [smallest, largest] = [1e-30, 1e30];

function withinBounds(node: Quantity, value: number, rule: NumberRule, words: string): Reading<number> {
  const isWhole = rule.whole !== true || Number.isInteger(value);
  if (isWhole && isWithin(value, rule)) return { ok: true, value };
  const allowed = nearestAllowed(value, rule);
  if (!isWhole && allowed !== undefined) {
    return issue('not-a-whole-number', capitalized(`${words} is ${show(value, rule)}, but must be a whole number.`), `Write \`${allowed}\`.`, node, [{ text: allowed, preferred: true }]);
  }
  const meantPercent = rule.dimension === 'share' && node.unit === undefined && value >= 2 && value <= 100 && isWithin(value / 100, rule);
  const percent = `${literalOf(node)}%`;
  const tooSmall = rule.atLeast !== undefined && value < rule.atLeast ? rule.tooSmall : undefined;
  const { code = 'value-out-of-range', remedy: usual } = tooSmall ?? rule;
  const remedy = meantPercent ? `Did you mean \`${percent}\`?` : usual;
  const limits = bounds(rule)!;
  const message = remedy === undefined ? `${words} cannot be ${show(value, rule)}.` : `${words} is ${show(value, rule)}, but must be ${limits}.`;
  const fixes: readonly ProposedFix[] = meantPercent ? [{ text: percent, preferred: true }] : tooSmall ? [{ text: show(rule.atLeast!, rule) }] : [];
  return issue(code, capitalized(message), remedy ?? `It must be ${limits}.`, node, fixes);
}

function isWithin(value: number, { above = -Infinity, atLeast = -Infinity, below = Infinity, atMost = Infinity }: NumberRule): boolean {
  return value > above && value >= atLeast && value < below && value <= atMost;
}

/** The whole number nearest to a value that a rule admits, as the language writes it; undefined where there is none. */
function nearestAllowed(value: number, rule: NumberRule): string | undefined {
  const { atLeast = -Infinity, atMost = Infinity } = rule;
  const nearest = rule.nearest?.(value) ?? Math.min(atMost, Math.max(atLeast, Math.round(value)));
  return Number.isInteger(nearest) && isWithin(nearest, rule) ? String(nearest) : undefined;
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
  const symbols = unitsOf(dimension).filter((unit) => unit.readOnly !== true).map((unit) => unit.symbol);
  if (symbols.length === 0) return 'Leave the unit out.';
  return `Use ${list(symbols)}${dimension === 'share' ? ', or a plain number' : ''}.`;
}

function list(symbols: readonly string[]): string {
  return listed(symbols.map((symbol) => `\`${symbol}\``), 'or');
}

function issue(
  code: FindingCode,
  message: string,
  remedy: string,
  node: Quantity,
  fixes: readonly ProposedFix[] = [],
  at: NumberIssue['at'] = 'whole',
): { readonly ok: false; readonly issues: readonly NumberIssue[] } {
  return { ok: false, issues: [{ code, message, remedy, node, at, fixes }] };
}
