/* How properties and numbers are written for people: units of the field, few digits, real minus signs. */
import type { Direction, Property } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import type { CaseResult } from '#engine/api';
import { counted, countText, displayedNumber, displayedQuantity, fittingDisplay, fixed, noBreak, scientific, type DisplayedDimension, type NumberDisplay } from '#units/display';

export { counted, countText, fixed, noBreak, scientific };

/** How one property is shown. */
export interface PropertyDisplay extends NumberDisplay {
  /** In a sentence: `Young's modulus`. */
  readonly name: string;
  /** `E`, `ν`, `α`. */
  readonly symbol: string;
  /** Subscript of each direction. */
  readonly subscript: Readonly<Record<Direction, string>>;
}

interface PropertyWords extends Pick<PropertyDisplay, 'name' | 'symbol' | 'subscript'> {
  readonly dimension: DisplayedDimension;
}

const words: Readonly<Record<Property, PropertyWords>> = {
  'youngs-modulus': { name: 'Young’s modulus', symbol: 'E', subscript: { x: 'x', y: 'y' }, dimension: 'stress' },
  'poisson-ratio': { name: 'Poisson’s ratio', symbol: 'ν', subscript: { x: 'xy', y: 'yx' }, dimension: 'number' },
  'thermal-expansion': { name: 'thermal expansion', symbol: 'α', subscript: { x: 'x', y: 'y' }, dimension: 'expansion' },
};

/** How values of a property are shown beside each other: in the one unit that fits them. */
export function displayOf(property: Property, values: Iterable<number> = []): PropertyDisplay {
  const { name, symbol, subscript, dimension } = words[property];
  return { name, symbol, subscript, ...fittingDisplay(dimension, values) };
}

/** How a property is shown wherever values of a case stand beside each other: by those of its images. */
export function displayIn({ database }: Pick<CaseResult, 'database'>, property: Property): PropertyDisplay {
  const columns = database.properties[property];
  if (columns === undefined) return displayOf(property);
  const known = ofColumns.get(columns);
  if (known !== undefined) return known;
  const display = displayOf(property, [columns.x, columns.y].flatMap(endsOf));
  ofColumns.set(columns, display);
  return display;
}

/** A page asks for each of its rows. */
const ofColumns = new WeakMap<object, PropertyDisplay>();

/** The values of a column that are nearest to zero and farthest from it: only they decide how all are shown. */
function endsOf(column: Iterable<number>): number[] {
  let [least, most] = [Infinity, 0];
  for (const value of column) {
    const size = Math.abs(value);
    if (!Number.isFinite(size) || size === 0) continue;
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  return [least, most];
}

/** The number alone, e.g. `146.3`, with three significant digits at least. */
export function propertyNumber(display: NumberDisplay, value: number): string {
  return displayedNumber(display, value);
}

/** Number and unit, e.g. `146.3 GPa`, `12.31 × 10⁻⁶/K`; `0.393` for a pure number. Without a display, those that fit the value. */
export function propertyText(property: Property, value: number, display: NumberDisplay = displayOf(property, [value])): string {
  return displayedQuantity(display, value);
}

/** Title of an axis or a column, e.g. `E along x (GPa)`. */
export function propertyTitle({ symbol, unit }: PropertyDisplay, direction: Direction): string {
  return `${symbol} along ${direction}${unit === '' ? '' : ` (${unit})`}`;
}

/** A share as percent, e.g. `39.6 %`. */
export function percentText(share: number, digits = 1): string {
  if (!Number.isFinite(share)) return '–';
  return `${fixed(100 * share, digits)}${noBreak}%`;
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
