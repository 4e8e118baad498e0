import { InvalidArgumentError } from 'commander';
import { parseUnit } from '#units/parse-unit';
import { quantity, valueIn, type Quantity, type Unit } from '#units/quantity';
import { units } from '#units/units';

/** Parses an option that is a positive whole number, as commander's argument parser. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('A whole number of at least 1 is expected.');
  return value;
}

/** Parses an option that is a seed: a whole number from 0 on. */
export function seedNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('A whole number of at least 0 is expected.');
  return value;
}

/** Parses an option that is a brightness of pixels: a number from 0 on. */
export function brightness(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError('A number of at least 0 is expected.');
  return value;
}

/** Parses an option that is a length, from the words after it: `20 mm`, `20mm`, `2 cm`. Millimeters; undefined for anything else. */
export function millimeters(words: readonly string[]): number | undefined {
  const [, digits, symbol] = /^(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)\s*(\S+)$/i.exec(words.join(' ').trim()) ?? [];
  const parsed = parseUnit(symbol ?? '');
  if (digits === undefined || !parsed.ok || parsed.unit.dimension !== 'length') return undefined;
  const length: Quantity<'length'> = quantity(Number(digits), parsed.unit as Unit<'length'>);
  return length > 0 && length <= longestLength ? valueIn(length, units.millimeter) : undefined;
}

/** Meters. Files have 32-bit numbers of millimeters. */
const longestLength = 1000;

/** Parses an option that is a number of columns and rows: `2x3`. */
export function columnsAndRows(text: string): { readonly columns: number; readonly rows: number } {
  const [, columns, rows] = /^([1-9]\d{0,3})[x×]([1-9]\d{0,3})$/.exec(text) ?? [];
  if (columns === undefined) throw new InvalidArgumentError('Columns and rows are expected, such as 2x2.');
  return { columns: Number(columns), rows: Number(rows) };
}

/** What the command's exit status means. */
export const exitCodes = {
  success: 0,
  /** Findings that are errors, or a run that could not be finished. */
  findings: 1,
  /** Unknown option, missing argument. */
  usage: 2,
  /** An internal error, as in sysexits.h (EX_SOFTWARE). */
  bug: 70,
  /** Ctrl-C, as in shells: 128 + SIGINT. */
  interrupted: 130,
} as const;
