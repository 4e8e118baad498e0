import type { IntervalSpecification, MaterialSpecification } from '../specification';

/**
 * Between which values E lies in any direction, for the best fraction of a window (white's share) and
 * any arrangement: the means of Reuss (uniform stress) and Voigt (uniform strain). In plane strain this
 * is the plane modulus, which is what the tests measure. Pa.
 */
export function stiffnessLimits(
  white: MaterialSpecification,
  black: MaterialSpecification,
  fraction: IntervalSpecification,
  plane: 'plane-stress' | 'plane-strain',
): IntervalSpecification {
  const [a, b] = [planeConstants(white, plane), planeConstants(black, plane)];
  const mean = (share: number, first: number, second: number): number => share * first + (1 - share) * second;
  const ends = [fraction.lower, fraction.upper].map((share) => {
    const [bulk, shear] = [mean(share, a.bulk, b.bulk), mean(share, a.shear, b.shear)];
    return { lower: 1 / mean(share, 1 / a.young, 1 / b.young), upper: (4 * bulk * shear) / (bulk + shear) };
  });
  return { lower: Math.min(...ends.map((end) => end.lower)), upper: Math.max(...ends.map((end) => end.upper)) };
}

function planeConstants({ youngsModulus, poissonRatio }: MaterialSpecification, plane: 'plane-stress' | 'plane-strain') {
  const young = plane === 'plane-stress' ? youngsModulus : youngsModulus / (1 - poissonRatio ** 2);
  const poisson = plane === 'plane-stress' ? poissonRatio : poissonRatio / (1 - poissonRatio);
  return { young, bulk: young / (2 * (1 - poisson)), shear: young / (2 * (1 + poisson)) };
}
