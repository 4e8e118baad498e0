/*
 * Numbers as reports, panels and lists show them: in the unit that fits, with at least three significant
 * digits and a real minus sign, and with a zero for nothing but zero.
 */
import type { Sense } from '#domain/objective';

/** How values next to each other are shown: value × scale with at least `digits` digits after the point, and the unit. */
export interface NumberDisplay {
  /** Empty for pure numbers; one that begins with `10` is a power of ten by itself. */
  readonly unit: string;
  readonly scale: number;
  readonly digits: number;
}

/** The kinds of values that can be shown. */
export type DisplayedDimension = 'stress' | 'number' | 'expansion';

/** Between a number and its unit. */
const noBreak = '\u00a0';

/** At least this many significant digits are shown. */
const fewest = 3;
/** A number that is this many digits longer than those next to it, or than the longest column, is written with a power of ten. */
const longest = 2;
const longestColumn = 4;

/** One unit and one number of digits for a column, an axis or a value alone: those that fit the largest value. */
export function fittingDisplay(dimension: DisplayedDimension, values: Iterable<number>): NumberDisplay {
  let [least, most] = [Infinity, 0];
  for (const value of values) {
    const size = Math.abs(value);
    if (!Number.isFinite(size) || size === 0) continue;
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  const { unit, power } = unitFor(dimension, most === 0 ? usual[dimension] : most);
  const digitsOf = (value: number, significant: number): number => Math.min(longestColumn, Math.max(0, significant - 1 - (decimalExponent(value, significant) - power)));
  const digits = digitsOf(most === 0 ? usual[dimension] : most, dimension === 'number' ? fewest : 4);
  // The smallest says how many digits all have, unless it is of another kind altogether.
  const wanted = most === 0 ? 0 : fewest - 1 - (decimalExponent(least, fewest) - power);
  return { unit, scale: Number(`1e${-power}`), digits: wanted > Math.min(longestColumn, digits + longest) ? digits : Math.max(digits, wanted) };
}

/** The value of a column without values. */
const usual: Readonly<Record<DisplayedDimension, number>> = { stress: 1e11, number: 0.1, expansion: 1e-5 };

function unitFor(dimension: DisplayedDimension, most: number): { readonly unit: string; readonly power: number } {
  const exponent = decimalExponent(most, 4);
  switch (dimension) {
    case 'number':
      return { unit: '', power: 0 };
    case 'stress': {
      const power = Math.min(9, Math.max(0, 3 * Math.floor(exponent / 3)));
      return { unit: ['Pa', 'kPa', 'MPa', 'GPa'][power / 3]!, power };
    }
    case 'expansion': {
      // Millionths are the unit of the field, also for a tenth of one.
      const power = exponent >= -7 && exponent < -2 ? -6 : 3 * Math.floor(exponent / 3);
      return { unit: power === 0 ? '1/K' : `10${raised(power)}/K`, power };
    }
  }
}

/** The number alone, e.g. `146.3`; with a power of ten if it would be longer than those next to it. */
export function numberText({ scale, digits }: NumberDisplay, value: number): string {
  if (!Number.isFinite(value)) return '–';
  // Scales are powers of ten: moving the point rounds nothing.
  const shown = shifted(value, scale);
  if (shown === 0) return '0';
  const wanted = fewest - 1 - decimalExponent(shown, fewest);
  return wanted > digits + longest ? scientific(shown, fewest) : fixed(shown, Math.max(digits, wanted));
}

/** Number and unit, e.g. `146.3 GPa`, `12.31 × 10⁻⁶/K`. */
export function quantityText(display: NumberDisplay, value: number): string {
  const number = numberText(display, value);
  const { unit } = display;
  if (unit === '' || number === '–') return number;
  if (!unit.startsWith('10')) return `${number}${noBreak}${unit}`;
  // Of two powers of ten one is enough.
  return number.includes('×') || number === '0' ? `${scientific(value, fewest)}/K` : `${number}${noBreak}×${noBreak}${unit}`;
}

/** The value with `digits` digits after the point; a zero has no sign. */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** The text of a tick of an axis whose step needs `digits` digits; with many digits it is a power of ten. */
export function tickText(value: number, digits: number): string {
  // The tick at zero is a sum of steps, and not quite zero.
  const isZero = Math.abs(value) < 0.5 * 10 ** -digits;
  return digits > 6 ? scientific(isZero ? 0 : value, fewest) : fixed(value, digits);
}

/** `1 234 567` with thin no-break spaces. */
export function countText(count: number): string {
  return String(count).replace('-', '−').replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** `1 design`, `3 designs`, `2 patches`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : plural}`;
}

/** Decimal units, rounded so that it is enough: `12 MB`, `1.3 GB`. */
export function bytesText(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** A share as percent, e.g. `39.6 %`. */
export function percentText(share: number, digits = 1): string {
  if (!Number.isFinite(share)) return '–';
  return `${fixed(100 * share, digits)}${noBreak}%`;
}

/** `+4.2 %`: how much better a value is than another one, for objectives of both senses. */
export function gainText(value: number, other: number, sense: Sense): string {
  const gain = (sense === 'maximize' ? value / other : other / value) - 1;
  return `${gain >= 0 ? '+' : ''}${percentText(gain)}`;
}

/** A p value: `p = 0.031`, `p = 2.1 × 10⁻⁹`, `p < 10⁻³⁰⁰`. */
export function probabilityStatement(p: number): string {
  if (p > 0.999) return `p${noBreak}>${noBreak}0.999`;
  if (p < 1e-300) return `p${noBreak}<${noBreak}10⁻³⁰⁰`;
  return `p${noBreak}=${noBreak}${p >= 0.001 ? p.toFixed(3) : scientific(p, 2)}`;
}

/** A p value in a column: `0.031`, `2.1 × 10⁻⁹`, `< 10⁻³⁰⁰`. */
export function probabilityText(p: number): string {
  return probabilityStatement(p).slice(2).replace(/^=./, '');
}

/** `2.10 × 10⁻⁹` with the given number of significant digits. */
export function scientific(value: number, significant: number): string {
  if (value === 0) return '0';
  const [mantissa, exponent] = value.toExponential(significant - 1).split('e') as [string, string];
  return `${mantissa.replace('-', '−')}${noBreak}×${noBreak}10${raised(Number(exponent))}`;
}

function raised(exponent: number): string {
  return [...String(exponent)].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])).join('');
}

/** Exponent of the leading digit after rounding, read off the text: a logarithm rounds 1000 and 1e-6 the wrong way. */
function decimalExponent(value: number, significant: number): number {
  return Number(value.toExponential(significant - 1).split('e')[1]);
}

function shifted(value: number, scale: number): number {
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  return Number(`${mantissa}e${Number(exponent) + Number(scale.toExponential().split('e')[1])}`);
}
