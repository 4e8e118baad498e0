import type { Dimension, Quantity, Unit } from './quantity';
import { shiftDecimal, valueIn } from './quantity';
import { units, unitsOf } from './units';

/**
 * A quantity as people write it, rounded to `digits` significant digits without trailing zeros:
 * `152.2 GPa`, `12.31e-6 /K`, `39.5%`, `30 deg`, `0.3`. The number before the unit lies between 1
 * and 1000 where a unit or a power of a thousand allows. The text can be read back as it stands.
 */
export function formatQuantity<D extends Dimension>(q: Quantity<D>, dimension: D, digits = 4): string {
  switch (dimension as Dimension) {
    case 'number':
      return formatNumber(q, digits);
    case 'expansion':
      return `${formatEngineering(q, digits)} /K`;
    case 'share':
      return `${formatNumber(valueIn(q as number as Quantity<'share'>, units.percent), digits)}%`;
    case 'angle':
      return `${formatNumber(valueIn(q as number as Quantity<'angle'>, units.degree), digits)} deg`;
    default:
      return formatPrefixed(q, unitsOf(dimension), digits);
  }
}

/** A plain number with at most `digits` significant digits, as short as it can be written. */
export function formatNumber(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}

/** A number with what is counted: `1 image`, `800 images`, `2 patches`. */
export function formatCount(count: number | string, noun: string, plural = `${noun}s`): string {
  return `${count} ${String(count) === '1' ? noun : plural}`;
}

/** Two numbers with the same number of decimals: `0.39 .. 0.40`. */
export function formatWindow(lower: number, upper: number, digits = 6): string {
  const texts = [formatNumber(lower, digits), formatNumber(upper, digits)];
  if (texts.some((text) => text.includes('e'))) return texts.join(' .. ');
  const places = Math.max(...texts.map((text) => text.split('.')[1]?.length ?? 0));
  return texts.map((text) => Number(text).toFixed(places)).join(' .. ');
}

function formatEngineering(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  if (rounded === 0 || !Number.isFinite(rounded)) return String(rounded);
  const power = 3 * Math.floor(decimalExponent(rounded) / 3);
  if (power === 0) return String(rounded);
  return `${formatNumber(shiftDecimal(rounded, -power), digits)}e${power}`;
}

function formatPrefixed<D extends Dimension>(q: Quantity<D>, candidates: readonly Unit<D>[], digits: number): string {
  const offered = candidates.filter((unit) => unit.readOnly !== true).toSorted((a, b) => a.exponent - b.exponent);
  const rounded = Number((q as number).toPrecision(digits)) as Quantity<D>;
  const fitting = offered.findLast((unit) => Math.abs(valueIn(rounded, unit as Unit<NoInfer<D>>)) >= 1);
  const coherent = offered.find((unit) => unit.exponent === 0);
  const unit = rounded === 0 ? coherent : (fitting ?? offered[0]);
  if (unit === undefined) return formatNumber(q, digits);
  return `${formatNumber(valueIn(rounded, unit as Unit<NoInfer<D>>), digits)} ${unit.symbol}`;
}

/** Exponent of the leading digit, read off the text: a logarithm rounds 1000 and 1e-6 the wrong way. */
function decimalExponent(value: number): number {
  return Number(value.toExponential().split('e')[1]);
}
