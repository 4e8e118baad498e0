/*
 * Numbers that know their dimension at compile time. They guard the public interfaces; arithmetic drops
 * the brand (the sum of a stress and a length still compiles), so kernels take plain SI numbers.
 */

/** Physical dimensions that a specification can name. */
export type Dimension = 'stress' | 'expansion' | 'angle' | 'share' | 'number' | 'length' | 'temperature-difference';

declare const dimension: unique symbol;

/** A number held in the coherent SI unit of its dimension. */
export type Quantity<D extends Dimension> = number & { readonly [dimension]: D };

/** A unit: its value in SI is `value · 10^exponent · factor`. */
export interface Unit<D extends Dimension = Dimension> {
  readonly symbol: string;
  readonly dimension: D;
  /** Power of ten, kept as an integer so that 7 % is exactly the number 0.07. */
  readonly exponent: number;
  /** What a power of ten cannot say, such as π/180; absent means 1. */
  readonly factor?: number;
  /** Other spellings that are read, never written; in the plain form of parse-unit.ts. */
  readonly otherSymbols?: readonly string[];
  /** Read but not used to print numbers. */
  readonly readOnly?: true;
  /** The usual unit of the dimension. */
  readonly usual?: true;
}

/** `value` of `unit` in SI. */
export function quantity<D extends Dimension>(value: number, unit: Unit<D>): Quantity<D> {
  return (shiftDecimal(value, unit.exponent) * (unit.factor ?? 1)) as Quantity<D>;
}

/** The number that, followed by `unit`, denotes `q`. A unit of another dimension does not compile. */
export function valueIn<D extends Dimension>(q: Quantity<D>, unit: Unit<NoInfer<D>>): number {
  return shiftDecimal(q / (unit.factor ?? 1), -unit.exponent);
}

/**
 * `value · 10^exponent`, correctly rounded from the decimal that `value` prints as. A product with
 * 1e-2 would turn 7 into 0.07000000000000001, and the same stress in GPa and MPa into two numbers.
 */
export function shiftDecimal(value: number, exponent: number): number {
  if (!Number.isFinite(value)) return value;
  const [mantissa, written] = String(value).split('e');
  return Number(`${mantissa}e${Number(written ?? 0) + exponent}`);
}
