import type { Dimension, Unit } from './quantity';

/** N and m. */
const [poundForce, inch] = [4.448_221_615_260_5, 0.0254];

/** Every unit that is known, in the order in which a dimension's units are offered. */
export const units = {
  pascal: { symbol: 'Pa', dimension: 'stress', exponent: 0, otherSymbols: ['N/m2'] },
  kilopascal: { symbol: 'kPa', dimension: 'stress', exponent: 3, otherSymbols: ['kN/m2'] },
  megapascal: { symbol: 'MPa', dimension: 'stress', exponent: 6, otherSymbols: ['N/mm2', 'MN/m2'] },
  gigapascal: { symbol: 'GPa', dimension: 'stress', exponent: 9, usual: true, otherSymbols: ['kN/mm2', 'GN/m2'] },
  terapascal: { symbol: 'TPa', dimension: 'stress', exponent: 12 },
  // A pound-force over a square inch; both are exact in SI.
  psi: { symbol: 'psi', dimension: 'stress', exponent: 0, factor: poundForce / inch ** 2, readOnly: true },
  ksi: { symbol: 'ksi', dimension: 'stress', exponent: 3, factor: poundForce / inch ** 2, readOnly: true },
  megapsi: { symbol: 'Msi', dimension: 'stress', exponent: 6, factor: poundForce / inch ** 2, readOnly: true },
  // A difference of one kelvin is one of a degree Celsius.
  perKelvin: { symbol: '1/K', dimension: 'expansion', exponent: 0, usual: true, otherSymbols: ['/K', 'K-1', '1/°C', '/°C', '1/C', '/C', 'm/(m.K)', 'm/m/K'] },
  millionthPerKelvin: {
    symbol: 'ppm/K',
    dimension: 'expansion',
    exponent: -6,
    otherSymbols: ['ppm/°C', 'ppm/C', 'um/(m.K)', 'um/m/K', 'um/(m.°C)', 'um/m/°C', 'um/(m.C)', 'um/m/C'],
  },
  radian: { symbol: 'rad', dimension: 'angle', exponent: 0 },
  degree: { symbol: 'deg', dimension: 'angle', exponent: 0, factor: Math.PI / 180, usual: true, otherSymbols: ['°'] },
  percent: { symbol: '%', dimension: 'share', exponent: -2, usual: true },
  perMille: { symbol: '‰', dimension: 'share', exponent: -3, readOnly: true },
  // No entry uses these; they are known so that the finding of `young 3 mm` can name the dimension of mm.
  nanometer: { symbol: 'nm', dimension: 'length', exponent: -9 },
  micrometer: { symbol: 'um', dimension: 'length', exponent: -6 },
  millimeter: { symbol: 'mm', dimension: 'length', exponent: -3 },
  centimeter: { symbol: 'cm', dimension: 'length', exponent: -2, readOnly: true },
  meter: { symbol: 'm', dimension: 'length', exponent: 0, usual: true },
  kelvin: { symbol: 'K', dimension: 'temperature-difference', exponent: 0, usual: true },
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

/** The usual unit of a dimension; undefined for plain numbers. */
export function usualUnit<D extends Dimension>(dimension: D): Unit<D> | undefined {
  return unitsOf(dimension).find((unit) => unit.usual === true);
}
