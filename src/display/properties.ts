/* Properties as reports and panels write them: names, symbols, and numbers in the unit of the field. */
import type { Direction, Property } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { fittingDisplay, quantityText, type DisplayedDimension, type NumberDisplay } from './numbers';

/** How the values of one property are shown next to each other. */
export interface PropertyDisplay extends NumberDisplay {
  readonly property: Property;
  /** In a sentence: `Young’s modulus`. */
  readonly name: string;
  /** `E`, `ν`, `α`. */
  readonly symbol: string;
}

interface PropertyTerms {
  readonly name: string;
  readonly symbol: string;
  readonly subscript: Readonly<Record<Direction, string>>;
  readonly dimension: DisplayedDimension;
}

const terms: Readonly<Record<Property, PropertyTerms>> = {
  'youngs-modulus': { name: 'Young’s modulus', symbol: 'E', subscript: { x: 'x', y: 'y' }, dimension: 'stress' },
  'poisson-ratio': { name: 'Poisson’s ratio', symbol: 'ν', subscript: { x: 'xy', y: 'yx' }, dimension: 'number' },
  'thermal-expansion': { name: 'thermal expansion', symbol: 'α', subscript: { x: 'x', y: 'y' }, dimension: 'expansion' },
};

/** How values of a property are shown next to each other: in the one unit that fits them. */
export function displayOf(property: Property, values: Iterable<number> = []): PropertyDisplay {
  const { name, symbol, dimension } = terms[property];
  return { property, name, symbol, ...fittingDisplay(dimension, values) };
}

/** Subscript of the symbol: `E_x`, `ν_xy`. */
export function subscript(property: Property, direction: Direction): string {
  return terms[property].subscript[direction];
}

/** Number and unit, e.g. `146.3 GPa`, `12.31 × 10⁻⁶/K`, `0.393`. Without a display, the unit and digits fit the value. */
export function propertyText(property: Property, value: number, display: NumberDisplay = displayOf(property, [value])): string {
  return quantityText(display, value);
}

/** Title of an axis or a column, e.g. `E along x (GPa)`. */
export function axisTitle({ symbol, unit }: Pick<PropertyDisplay, 'symbol' | 'unit'>, direction: Direction): string {
  return `${symbol} along ${direction}${unit === '' ? '' : ` (${unit})`}`;
}

/** The name of a test in a sentence: `the compression test`. */
export function testName(test: VirtualTestKind | 'any'): string {
  return test === 'any' ? 'any test' : `the ${test} test`;
}
