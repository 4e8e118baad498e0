/*
 * The values of a setting of a study, one after another: rows of numbers such as `0.3 .. 0.9 by 0.1` are written out.
 * Each value comes with what an entry of a case would hold.
 */
import { GrammarUtils, type CstNode, type Reference } from 'langium';
import type { Interval } from '#domain/intervals';
import type { VariedValue } from '#domain/study';
import type { Case, NumberSetting, Quantity, Range, RangeSetting, Setting, SourceSetting, Steps } from '#language/generated/ast';
import { formatNumber } from '#units/format-quantity';
import type { NumberRule } from './entries';
import { readNumber, readRange, type NumberIssue } from './read-number';
import { settingName, settingRule } from './settings';

/** What an entry of a case holds. */
export type EntryContent =
  | { readonly kind: 'number'; readonly quantity: Quantity }
  | { readonly kind: 'range'; readonly range: Range }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'case'; readonly source: Reference<Case> };

export interface SettingValue extends VariedValue {
  readonly content: EntryContent;
  /** Where the value stands; all values of a row stand where the row does. */
  readonly place: CstNode;
  /** Whether it is one of a row. */
  readonly inRow: boolean;
  /** Of a range: its ends in SI. */
  readonly interval?: Interval;
}

/** The values that can be read, and what is wrong with the others. */
export interface SettingReading {
  readonly values: readonly SettingValue[];
  readonly issues: readonly NumberIssue[];
}

/** A row has no more values than this; a study with so many variants is refused anyway. */
export const mostValues = 10_000;

/** A tree never changes once it is parsed. */
const readings = new WeakMap<Setting, SettingReading>();

export function readSetting(setting: Setting): SettingReading {
  const known = readings.get(setting) ?? read(setting);
  readings.set(setting, known);
  return known;
}

function read(setting: Setting): SettingReading {
  switch (setting.$type) {
    case 'NumberSetting':
      return joined(setting.values.map((steps) => readSteps(setting, steps)));
    case 'RangeSetting':
      return joined(setting.values.map((range) => readOneRange(setting, range)));
    case 'ChoiceSetting':
      return { values: wordsOf(setting, 'choices', setting.choices), issues: [] };
    case 'SourceSetting':
      return { values: sourcesOf(setting), issues: [] };
    case 'PathSetting':
      return { values: pathsOf(setting, 'paths', setting.paths), issues: [] };
    case 'TransferSetting':
      return {
        values: setting.sources.flatMap((source) => (source.$refNode === undefined ? [] : [{ text: source.$refText, content: { kind: 'case', source }, place: source.$refNode, inRow: false } as const])),
        issues: [],
      };
  }
}

function joined(parts: readonly SettingReading[]): SettingReading {
  return { values: parts.flatMap(({ values }) => values), issues: parts.flatMap(({ issues }) => issues) };
}

function wordsOf(setting: Setting, property: string, words: readonly string[]): readonly SettingValue[] {
  return placed(setting, property, words, (word) => ({ text: word, content: { kind: 'word', word } }));
}

function pathsOf(setting: Setting, property: string, paths: readonly string[]): readonly SettingValue[] {
  return placed(setting, property, paths, (path, { text }) => ({ text, content: { kind: 'path', path } }));
}

/** Values with where they stand; those that broken text cuts off are left out. */
function placed(setting: Setting, property: string, values: readonly string[], valueOf: (value: string, place: CstNode) => Pick<SettingValue, 'text' | 'content'>): readonly SettingValue[] {
  const places = GrammarUtils.findNodesForProperty(setting.$cstNode, property);
  return values.flatMap((value, index) => (places[index] === undefined ? [] : [{ ...valueOf(value, places[index]), place: places[index], inRow: false }]));
}

/** Words and files in the order of the file. */
function sourcesOf(setting: SourceSetting): readonly SettingValue[] {
  return [...wordsOf(setting, 'choices', setting.choices), ...pathsOf(setting, 'pictures', setting.pictures)].toSorted((a, b) => a.place.offset - b.place.offset);
}

function readOneRange(setting: RangeSetting, range: Range): SettingReading {
  const rule = settingRule(setting);
  if (rule === undefined || range.$cstNode === undefined) return { values: [], issues: [] };
  const reading = readRange(range, rule, `\`${settingName(setting)}\``);
  if (!reading.ok) return { values: [], issues: reading.issues };
  const { lower, upper } = range;
  const text = upper === undefined ? textOf(lower.value, lower.unit) : `${textOf(lower.value, lower.unit)} .. ${textOf(upper.value, upper.unit)}`;
  return { values: [{ text, content: { kind: 'range', range }, place: range.$cstNode, inRow: false, interval: reading.value }], issues: [] };
}

function readSteps(setting: NumberSetting, steps: Steps): SettingReading {
  const rule = settingRule(setting);
  if (rule === undefined || steps.$cstNode === undefined) return { values: [], issues: [] };
  const words = `\`${settingName(setting)}\``;
  const inRow = steps.last !== undefined;
  const row = steps.last === undefined ? [steps.first] : quantitiesOf(steps, steps.last, rule, words);
  if (!Array.isArray(row)) return { values: [], issues: [row as NumberIssue] };
  const values: SettingValue[] = [];
  for (const quantity of row as readonly Quantity[]) {
    const reading = readNumber(quantity, rule, words);
    // The other values of a row would be wrong in the same way.
    if (!reading.ok) return { values: [], issues: reading.issues };
    values.push({ text: textOf(quantity.value, quantity.unit), number: reading.value, content: { kind: 'number', quantity }, place: steps.$cstNode, inRow });
  }
  return { values, issues: [] };
}

/** The numbers of a row with the unit that its ends and its step share, or why there are none. */
function quantitiesOf(steps: Steps, last: Quantity, rule: NumberRule, words: string): readonly Quantity[] | NumberIssue {
  const { first, step } = steps;
  const numbers = [first, last, ...(step === undefined ? [] : [step])];
  if (numbers.some(({ value }) => typeof value !== 'number' || Number.isNaN(value))) return [];
  const { unit } = first;
  const [from, to] = [first.value, last.value];
  const shown = (value: number): string => textOf(value, unit);
  const issue = (code: NumberIssue['code'], message: string, remedy: string, node: Quantity, fixes: NumberIssue['fixes'] = []): NumberIssue => ({ code, message, remedy, node, at: 'whole', fixes });
  if (numbers.some((each) => each.unit !== unit)) {
    const texts = numbers.map((each) => `\`${textOf(each.value, each.unit)}\``).join(', ');
    return issue('steps-in-different-units', `The row of ${words} mixes units: ${texts}.`, 'Write its ends and its step with the same unit.', numbers.find((each) => each.unit !== unit)!);
  }
  if (from > to) {
    const swapped = `${shown(to)} .. ${shown(from)}${step === undefined ? '' : ` by ${shown(Math.abs(step.value))}`}`;
    return issue('reversed-range', `The row of ${words} goes from ${shown(from)} down to ${shown(to)}.`, `Write \`${swapped}\`.`, last, [{ text: swapped, at: { node: steps } }]);
  }
  if (from === to) {
    return issue('empty-range', `The row of ${words} from ${shown(from)} to ${shown(to)} has one value.`, `Write two different ends, or the value alone: \`${shown(from)}\`.`, last, [{ text: shown(from), at: { node: steps } }]);
  }
  if (step === undefined && !(rule.whole === true && [from, to].every(Number.isInteger))) {
    const tenth = shown(Number(((to - from) / 10).toPrecision(12)));
    return issue('step-does-not-fit', `The row of ${words} says no step, and it is not of whole numbers.`, `Add a step, such as \`by ${tenth}\`.`, last, [{ title: `Add \`by ${tenth}\``, text: `${steps.$cstNode!.text} by ${tenth}`, at: { node: steps } }]);
  }
  const distance = step?.value ?? 1;
  if (step !== undefined && distance <= 0) {
    return issue('step-does-not-fit', `The step of ${words} is ${shown(distance)}, with which the row never ends.`, 'Use a step above 0.', step);
  }
  const count = Math.round((to - from) / distance);
  if (Math.abs(from + count * distance - to) > 1e-6 * distance || count === 0) {
    const places = decimalsOf(from, distance);
    const [below, above] = [Math.floor((to - from) / distance), Math.ceil((to - from) / distance)].map((n) => shown(exact(from + n * distance, places)));
    const fitting = below === shown(from) ? [above!] : [below!, above!];
    const choices = fitting.map((text) => `\`${text}\``).join(' or ');
    return issue('step-does-not-fit', `Steps of ${shown(distance)} from ${shown(from)} do not end at ${shown(to)}.`, `End the row at ${choices}, or change the step.`, last, fitting.map((text) => ({ text })));
  }
  if (count >= mostValues) {
    return issue('too-many-variants', `The row of ${words} has ${formatNumber(count + 1)} values.`, 'Use a larger step.', step ?? last);
  }
  const places = decimalsOf(from, distance);
  return Array.from({ length: count + 1 }, (_, index) => ({
    $type: 'Quantity',
    $container: steps,
    $cstNode: steps.$cstNode,
    value: exact(from + index * distance, places),
    ...(unit !== undefined && { unit }),
  }) as unknown as Quantity);
}

/** Decimal places that are enough to write both numbers. */
function decimalsOf(...numbers: readonly number[]): number {
  return Math.min(100, Math.max(...numbers.map((value) => {
    const [mantissa, exponent = '0'] = String(value).split('e');
    return Math.max(0, (mantissa!.split('.')[1]?.length ?? 0) - Number(exponent));
  })));
}

/** The double that the decimal number is written as: 0.3 + 2 · 0.1 is 0.5. */
function exact(value: number, places: number): number {
  return Number(value.toFixed(places));
}

/** A number with its unit as the language writes it. */
function textOf(value: number, unit: string | undefined): string {
  if (unit === undefined) return String(value);
  return `${value}${/^[%‰°]/.test(unit) ? '' : ' '}${unit}`;
}
