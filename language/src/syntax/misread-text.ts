/*
 * Notations of numbers, signs and quotes that other programs, keyboards and languages have and this
 * language does not: `−0.3` with a typographic minus sign, `0,3`, `3 × 10⁹`, `０．３`. Each is reported
 * with a replacement that keeps its value. They are looked for only in files that cannot be read.
 */
import { parseUnit } from '#units/parse-unit';
import { entries } from '#language/entries/entries';

export interface Misread {
  readonly start: number;
  readonly end: number;
  /** The number, range or word that it is part of: other findings there are consequences of this one. */
  readonly within: { readonly start: number; readonly end: number };
  readonly message: string;
  readonly remedy: string;
  /** Possible replacements; several where the text is ambiguous. */
  readonly texts: readonly string[];
}

type Reader = (text: string) => readonly Misread[];

/** All in a file; of those at the same place, the more specific ones come first. */
export function misreadIn(text: string): readonly Misread[] {
  return readers.flatMap((reader) => reader(text));
}

const dash = '\\u002D\\u2010-\\u2015\\u2212\\uFE58\\uFE63\\uFF0D\\u207B';
const digits = '(?:\\d+(?:[.,]\\d+)?|\\.\\d+)';
const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `3×10^9`, `3·10⁹`, `10^-6`. */
const powersOfTen: Reader = (text) =>
  matches(text, `(?<![\\w.,])(?:([+${dash}]?)(${digits})\\s{0,3}[×xX·⋅∙*]?\\s{0,3})?10\\s{0,3}(?:(?:\\^|\\*\\*)\\s{0,3}\\(?([+${dash}]?)(\\d+)\\)?|([⁺⁻]?)([${raised}]+))(?![\\w.])`).map(
    ({ start, end, found, groups: [sign = '', mantissa = '1', writtenSign, written, raisedSign, raisedDigits] }) => {
      const exponent = written ?? [...raisedDigits!].map((digit) => raised.indexOf(digit)).join('');
      const minus = (each: string | undefined): string => (each === undefined || each === '' || /[+⁺]/.test(each) ? '' : '-');
      const wanted = `${minus(sign)}${mantissa.replace(',', '.')}e${minus(writtenSign ?? raisedSign)}${exponent}`;
      return misread(start, end, `\`${found}\` is not a number: powers of ten are written with \`e\`.`, wanted);
    },
  );

/** `0,3`, `1,000,000`; `1,000` may be either. */
const commas: Reader = (text) =>
  matches(text, `(?<![\\w.,])([+${dash}]?)(\\d+)((?:,\\d+)+)((?:\\.\\d+)?(?:[eE][+-]?\\d+)?)(?![\\d.,])`).flatMap(({ start, end, found, groups: [sign = '', whole = '', rest = '', behind = ''] }) => {
    const groups = rest.split(',').slice(1);
    const grouped = /^[1-9]\d{0,2}$/.test(whole) && groups.every((group) => group.length === 3);
    const decimal = groups.length === 1 && !behind.startsWith('.');
    if (!grouped && !decimal) return [];
    const minus = sign === '' || sign === '+' ? '' : '-';
    const texts = [...(decimal ? [`${minus}${whole}.${groups[0]!}${behind}`] : []), ...(grouped ? [`${minus}${whole}${groups.join('')}${behind}`] : [])];
    return [misread(start, end, `\`${found}\` is not a number: ${decimal ? 'decimals are written with a point' : 'digits are not grouped'}.`, ...texts)];
  });

/** `1 000`, `1'000`, `1_000`. */
const groupedDigits: Reader = (text) =>
  matches(text, `(?<![\\w.,])[1-9]\\d{0,2}(?:[ \\u00A0\\u2009\\u202F'’_]\\d{3})+(?!\\d)`).map(({ start, end, found }) =>
    misread(start, end, `\`${found}\` is not a number: digits are not grouped.`, found.replace(/\D/g, '')),
  );

/** Dashes and signs of minus: in a word, between the ends of a range, before a number. */
const dashes: Reader = (text) =>
  matches(text, `[${dash}]|\\.{3,}|…`).flatMap(({ start: place, end: placeEnd, found: sign }) => {
    const start = place - /\s*$/.exec(text.slice(Math.max(0, place - 60), place))![0].length;
    const end = placeEnd + /^\s*/.exec(text.slice(placeEnd, placeEnd + 60))![0].length;
    const touches = start === place && end === placeEnd;
    const [before, after] = [text.slice(Math.max(0, start - 60), start), text.slice(end, end + 60)];
    const number = /^[+-]?(?:\d|\.\d)[^\s,{}]*/.exec(after)?.[0];
    const first = quantityAtEnd(before);
    if (number !== undefined && first !== undefined) {
      const within = { start: start - first.length, end: end + number.length };
      return [{ ...misread(start, end, `A range is written with two dots, not with \`${sign}\`.`, ' .. '), within }];
    }
    if (/[.…]/.test(sign)) return [];
    const [, word] = /([\p{L}\d_.-]+)$/u.exec(before) ?? [];
    const [rest] = /^[\p{L}\d][\p{L}\d_.-]*/u.exec(after) ?? [];
    const isEntry = word !== undefined && valued.has(word);
    if (touches && sign !== '-' && word !== undefined && rest !== undefined && !isEntry) {
      const within = { start: place - word.length, end: end + rest.length };
      return [{ ...misread(place, end, `\`${sign}\` (${codePoint(sign)}) is not the hyphen of names and numbers.`, '-'), within }];
    }
    // A hyphen that touches its number is a minus, or a part of a word.
    if (number === undefined || /^[+-]/.test(number) || (sign === '-' && end === placeEnd)) return [];
    const message = sign === '-' ? 'A minus stands directly before its number.' : `\`${sign}\` (${codePoint(sign)}) is not the minus of numbers.`;
    const wanted = misread(place, end, message, isEntry && start === place ? ' -' : '-');
    return [{ ...wanted, remedy: `Write \`-\`, as in \`-${number}\`.`, within: { start: place, end: end + number.length } }];
  });

/** Words that numbers follow. */
const valued: ReadonlySet<string> = new Set(Object.values(entries).flatMap((block) => Object.entries(block).flatMap(([key, { rule }]) => (rule === undefined ? [] : [key]))));

/** The number, with or without a unit, that a text ends with. */
function quantityAtEnd(text: string): string | undefined {
  const [found, unit] = /(?<![\p{L}\d_.-])[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?:\s*([^\s\d.,{}<>]\S*))?$/u.exec(text) ?? [];
  return unit === undefined || parseUnit(unit).ok ? found : undefined;
}

/** Characters that look like those of the language: full-width ones, digits of other scripts, Cyrillic letters. */
const lookAlikes: Reader = (text) =>
  matches(text, '[\\uFF01-\\uFF5E\\p{Nd}\\p{Script=Cyrillic}\\w.+-]+').flatMap(({ start, end, found }) => {
    if (/^[\x20-\x7E]*$/.test(found)) return [];
    const plain = [...found].map((each) => plainCharacter(each)).join('');
    if (!/^[\x20-\x7E]*$/.test(plain)) return [];
    const strange = [...found].find((each) => each > '~')!;
    return [misread(start, end, `\`${strange}\` (${codePoint(strange)}) only looks like \`${plainCharacter(strange)}\`.`, plain)];
  });

const cyrillic: Readonly<Record<string, string>> = { А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', Х: 'X', а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x' };

function plainCharacter(character: string): string {
  const normal = cyrillic[character] ?? character.normalize('NFKC');
  if (normal <= '~' || !/^\p{Nd}$/u.test(normal)) return normal;
  // Digits of a script follow each other, zero first.
  let value = 0;
  for (let code = normal.codePointAt(0)! - 1; value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code)); code--) value++;
  return String(value);
}

/** `“a.xdesign”` */
const quotes: Reader = (text) =>
  matches(text, '[“”„«‟″]([^“”„«»‟″"\\n\\r]*)[“”»‟″]').map(({ start, end, groups: [path = ''] }) => misread(start, end, 'A path stands in straight quotes.', `"${path}"`));

/** Invisible characters that come from keyboards and web pages. */
const invisible: Reader = (text) =>
  matches(text, '[\\u00AD\\u200B-\\u200F\\u2060-\\u2064\\u0000-\\u0008]+').map(({ start, end, found }) => ({
    start,
    end,
    within: { start: start - /\S*$/.exec(text.slice(Math.max(0, start - 60), start))![0].length, end: end + /^\S*/.exec(text.slice(end, end + 60))![0].length },
    message: `There is an invisible character here (${codePoint(found)}).`,
    remedy: 'Remove it.',
    texts: [''],
  }));

/** `∞`, `NaN` */
const endless: Reader = (text) =>
  matches(text, `(?<![\\w.-])[+${dash}]?(?:∞|(?:nan|inf|infinity)(?![\\w-]))`, 'i').map(({ start, end, found }) => ({
    start,
    end,
    within: { start, end },
    message: `\`${found}\` is not a number that can be computed with.`,
    remedy: 'Write a finite number.',
    texts: [],
  }));

const readers: readonly Reader[] = [powersOfTen, commas, groupedDigits, lookAlikes, endless, dashes, quotes, invisible];

function misread(start: number, end: number, message: string, ...texts: readonly string[]): Misread {
  return { start, end, within: { start, end }, message, remedy: `Write ${texts.map((text) => `\`${text}\``).join(' or ')}.`, texts };
}

interface Match {
  readonly start: number;
  readonly end: number;
  readonly found: string;
  readonly groups: readonly (string | undefined)[];
}

function matches(text: string, pattern: string, flags = ''): readonly Match[] {
  return [...text.matchAll(new RegExp(pattern, `gu${flags}`))].map((match) => ({ start: match.index, end: match.index + match[0].length, found: match[0], groups: match.slice(1) }));
}

function codePoint(text: string): string {
  return `U+${text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
