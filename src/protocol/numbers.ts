/* Numbers as people read them: few digits, real minus signs, units of the field. */
import type { Direction, Property, PropertyDisplay, TestKind } from './vocabulary';

/** Between a number and its unit. */
export const noBreak = '\u00a0';

/** The number alone, e.g. `146.3`; small ones as powers of ten. */
export function numberText({ scale, digits }: PropertyDisplay, value: number): string {
  if (!Number.isFinite(value)) return '–';
  const shown = value * scale;
  const small = shown !== 0 && Math.abs(shown) < 10 ** (1 - digits);
  return small ? scientific(shown) : fixed(shown, digits);
}

/** Number and unit, e.g. `146.3 GPa`, `12.31 × 10⁻⁶/K`. */
export function quantityText(display: PropertyDisplay, value: number): string {
  const { unit } = display;
  const number = numberText(display, value);
  if (unit === '') return number;
  return unit.startsWith('10') ? `${number}${noBreak}×${noBreak}${unit}` : `${number}${noBreak}${unit}`;
}

/** Subscripts of the symbol: `E_x`, `ν_xy`. */
export function subscript(property: Property, direction: Direction): string {
  return property === 'poisson-ratio' ? (direction === 'x' ? 'xy' : 'yx') : direction;
}

/** Title of an axis, e.g. `E along x (GPa)`. */
export function axisTitle({ symbol, unit }: PropertyDisplay, direction: Direction): string {
  return `${symbol} along ${direction}${unit === '' ? '' : ` (${unit})`}`;
}

/** A share as percent, e.g. `39.6 %`. */
export function percentText(share: number, digits = 1): string {
  return `${fixed(100 * share, digits)}${noBreak}%`;
}

/** `+4.2 %`: how much better a value is than another one, for objectives of both senses. */
export function gainText(value: number, other: number, sense: 'maximize' | 'minimize'): string {
  const gain = (sense === 'maximize' ? value / other : other / value) - 1;
  return `${gain >= 0 ? '+' : ''}${percentText(gain)}`;
}

/** `1 234 567` with thin no-break spaces. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

export function fixed(value: number, digits: number): string {
  return value.toFixed(digits).replace('-', '−');
}

/** The name of a test within a sentence. */
export function testName(test: TestKind): string {
  return `${test} test`;
}

/** `2.1 × 10⁻⁹`. */
function scientific(value: number): string {
  const [mantissa, exponent] = value.toExponential(1).split('e') as [string, string];
  const above = [...String(Number(exponent))].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]));
  return `${mantissa.replace('-', '−')}${noBreak}×${noBreak}10${above.join('')}`;
}
