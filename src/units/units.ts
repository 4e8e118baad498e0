import type { Dimension, Unit } from './quantity';

/** Every unit that is known, in the order in which a dimension's units are offered. */
export const units = {
  pascal: { symbol: 'Pa', dimension: 'stress', exponent: 0 },
  kilopascal: { symbol: 'kPa', dimension: 'stress', exponent: 3 },
  megapascal: { symbol: 'MPa', dimension: 'stress', exponent: 6 },
  gigapascal: { symbol: 'GPa', dimension: 'stress', exponent: 9 },
  perKelvin: { symbol: '1/K', dimension: 'expansion', exponent: 0, otherSymbols: ['/K'] },
  radian: { symbol: 'rad', dimension: 'angle', exponent: 0 },
  degree: { symbol: 'deg', dimension: 'angle', exponent: 0, factor: Math.PI / 180, otherSymbols: ['°'] },
  percent: { symbol: '%', dimension: 'share', exponent: -2 },
  // Nothing is measured in these; they are known so that `young 3 mm` can be told what mm is.
  nanometre: { symbol: 'nm', dimension: 'length', exponent: -9 },
  micrometre: { symbol: 'um', dimension: 'length', exponent: -6, otherSymbols: ['µm', 'μm'] },
  millimetre: { symbol: 'mm', dimension: 'length', exponent: -3 },
  centimetre: { symbol: 'cm', dimension: 'length', exponent: -2, readOnly: true },
  metre: { symbol: 'm', dimension: 'length', exponent: 0 },
  kelvin: { symbol: 'K', dimension: 'temperature-difference', exponent: 0 },
} as const satisfies Readonly<Record<string, Unit>>;

/** What a dimension is called in a sentence. */
export const dimensionNames: Readonly<Record<Dimension, string>> = {
  stress: 'a stress',
  expansion: 'a thermal expansion',
  angle: 'an angle',
  share: 'a share',
  number: 'a plain number',
  length: 'a length',
  'temperature-difference': 'a temperature difference',
};

/** The units of one dimension; none for plain numbers. */
export function unitsOf<D extends Dimension>(dimension: D): readonly Unit<D>[] {
  return Object.values<Unit>(units).filter((unit): unit is Unit<D> => unit.dimension === dimension);
}
