/* Numbers as people read them in panels and lists: those of src/units/display, and what only views need. */
import type { Direction, Property, Sense } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { counted as countedText, countText as groupedText, displayedNumber, displayedQuantity, fittingDisplay, fixed as fixedText, tickText as textOfTick } from '#units/display';
import type { PropertyDisplay } from './vocabulary';

/** Between a number and its unit. */
export const noBreak = '\u00a0';

/** The number alone, e.g. `146.3`, with three significant digits at least. */
export function numberText(display: Pick<PropertyDisplay, 'unit' | 'scale' | 'digits'>, value: number): string {
  return displayedNumber(display, value);
}

/** Number and unit, e.g. `146.3 GPa`, `12.31 × 10⁻⁶/K`. */
export function quantityText(display: Pick<PropertyDisplay, 'unit' | 'scale' | 'digits'>, value: number): string {
  return displayedQuantity(display, value);
}

/** How moduli that no property describes are shown beside each other. */
export function modulusDisplay(values: Iterable<number>): Pick<PropertyDisplay, 'unit' | 'scale' | 'digits'> {
  return fittingDisplay('stress', values);
}

/** The same for pure numbers. */
export function ratioDisplay(values: Iterable<number>): Pick<PropertyDisplay, 'unit' | 'scale' | 'digits'> {
  return fittingDisplay('number', values);
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
  if (!Number.isFinite(share)) return '–';
  return `${fixed(100 * share, digits)}${noBreak}%`;
}

/** `+4.2 %`: how much better a value is than another one, for objectives of both senses. */
export function gainText(value: number, other: number, sense: Sense): string {
  const gain = (sense === 'maximize' ? value / other : other / value) - 1;
  return `${gain >= 0 ? '+' : ''}${percentText(gain)}`;
}

/** `1 234 567` with thin no-break spaces. */
export function countText(count: number): string {
  return groupedText(count);
}

/** `1 design`, `3 designs`, `2 patches`. */
export function counted(count: number, noun: string, plural?: string): string {
  return countedText(count, noun, plural);
}

/** The text of a tick of an axis whose step needs so many digits. */
export function tickText(value: number, digits: number): string {
  return textOfTick(value, digits);
}

/** With so many digits after the point; no zero has a sign. */
export function fixed(value: number, digits: number): string {
  return fixedText(value, digits);
}

/** The name of a test within a sentence. */
export function testName(test: VirtualTestKind): string {
  return `${test} test`;
}
