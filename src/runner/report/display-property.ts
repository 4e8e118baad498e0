/* How properties and numbers are written for people: units of the field, few digits, real minus signs. */
import type { Direction, Property, VirtualTestKind } from '#engine/api';

/** Between a number and its unit. */
export const noBreak = '\u00a0';

/** How one property is shown. */
export interface PropertyDisplay {
  /** In a sentence: `Young's modulus`. */
  readonly name: string;
  /** `E`, `ν`, `α`. */
  readonly symbol: string;
  /** Subscript of each direction. */
  readonly subscript: Readonly<Record<Direction, string>>;
  /** Empty for pure numbers. */
  readonly unit: string;
  /** Shown value = SI value × scale. */
  readonly scale: number;
  /** Digits after the point. */
  readonly digits: number;
}

const displays: Readonly<Record<Property, PropertyDisplay>> = {
  'youngs-modulus': { name: 'Young’s modulus', symbol: 'E', subscript: { x: 'x', y: 'y' }, unit: 'GPa', scale: 1e-9, digits: 1 },
  'poisson-ratio': { name: 'Poisson’s ratio', symbol: 'ν', subscript: { x: 'xy', y: 'yx' }, unit: '', scale: 1, digits: 3 },
  'thermal-expansion': { name: 'thermal expansion', symbol: 'α', subscript: { x: 'x', y: 'y' }, unit: '10⁻⁶/K', scale: 1e6, digits: 2 },
};

export function displayOf(property: Property): PropertyDisplay {
  return displays[property];
}

/** The number alone, e.g. `146.3`. A compliant foam may need more digits than a metal. */
export function propertyNumber(property: Property, value: number): string {
  const { scale, digits } = displays[property];
  const shown = value * scale;
  const small = shown !== 0 && Math.abs(shown) < 10 ** (1 - digits);
  return small ? scientific(shown, 3) : withMinus(shown.toFixed(digits));
}

/** Number and unit, e.g. `146.3 GPa`, `12.31 × 10⁻⁶/K`; `0.393` for a pure number. */
export function propertyText(property: Property, value: number): string {
  const { unit } = displays[property];
  const number = propertyNumber(property, value);
  if (unit === '') return number;
  return unit.startsWith('10') ? `${number}${noBreak}×${noBreak}${unit}` : `${number}${noBreak}${unit}`;
}

/** Title of an axis or a column, e.g. `E along x (GPa)`. */
export function propertyTitle(property: Property, direction: Direction): string {
  const { symbol, unit } = displays[property];
  return `${symbol} along ${direction}${unit === '' ? '' : ` (${unit})`}`;
}

/** A share as percent, e.g. `39.6 %`. */
export function percentText(share: number, digits = 1): string {
  return `${withMinus((100 * share).toFixed(digits))}${noBreak}%`;
}

/** A probability: `0.031`, `2.1 × 10⁻⁹`. */
export function probabilityText(p: number): string {
  if (p >= 0.001) return p > 0.999 ? '> 0.999' : p.toFixed(3);
  return p < 1e-300 ? '< 10⁻³⁰⁰' : scientific(p, 2);
}

/** `p = 0.031`, `p < 10⁻³⁰⁰`. */
export function probabilityStatement(p: number): string {
  const text = probabilityText(p);
  return /^[<>]/.test(text) ? `p${noBreak}${text.replace(' ', noBreak)}` : `p${noBreak}=${noBreak}${text}`;
}

/** `2.10 × 10⁻⁹` with the given number of significant digits. */
export function scientific(value: number, significant: number): string {
  if (value === 0) return '0';
  const [mantissa, exponent] = value.toExponential(significant - 1).split('e') as [string, string];
  const superscript = String(Number(exponent)).replace(/[-\d]/g, (digit) => superscripts[digit]!);
  return `${withMinus(mantissa)}${noBreak}×${noBreak}10${superscript}`;
}

/** `1 234 567` with thin no-break spaces. */
export function countText(count: number): string {
  return withMinus(String(count)).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** `1 design`, `3 designs`, `2 patches`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : plural}`;
}

/** `0.4 s`, `38 s`, `4 min 06 s`, `3 h 20 min`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** The name of a test within a sentence. */
export function testName(test: VirtualTestKind | 'any'): string {
  return test === 'any' ? 'any test' : `the ${test} test`;
}

const superscripts: { readonly [digit: string]: string } = {
  '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹',
};

function withMinus(text: string): string {
  return text.replace('-', '−');
}
