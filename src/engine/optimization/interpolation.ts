/*
 * Constants of pixels between the phases. Bulk and shear modulus of the plane follow a power of the density
 * (SIMP, Bendsøe 1989, doi 10.1007/BF01650949), each from its softer or from its stiffer end: from the one that makes pixels
 * between the phases worse than a mixture for the objective. Their expansion is Levin's, A + B / k, so that the
 * expansion of a periodic cell follows from its stiffness between the phases as well, and thermal stress is linear
 * in the bulk modulus.
 */
import { isotropicModuli, type PhasePair, type PlaneAssumption } from '#domain/materials';
import { optimizationExponent } from '#domain/optimization';
import type { GrayPixels } from '#engine/fem/gray/gray-pixels';

/** Whether an objective is better for a larger or for a smaller modulus. */
export interface WantedModuli {
  readonly bulk: 1 | -1;
  readonly shear: 1 | -1;
}

/** Pixels of densities, and how their laws change with density. */
export interface Interpolated {
  readonly pixels: GrayPixels;
  /** Three numbers per pixel: derivatives of its bulk and shear modulus, Pa, and of its thermal stress per kelvin, −2 k times its expansion in the plane, Pa/K. */
  readonly slopes: Float64Array;
}

export type Interpolation = (densities: Float64Array) => Interpolated;

/** From the densities of white pixels, in [0, 1]. */
export function interpolationOf({ white, black }: PhasePair, plane: PlaneAssumption, wanted: WantedModuli): Interpolation {
  const [one, other] = [isotropicModuli(white, plane), isotropicModuli(black, plane)];
  const bulk = power(other.bulk, one.bulk, wanted.bulk);
  const shear = power(other.shear, one.shear, wanted.shear);
  const expansion = expansionOf(one, other);
  return (densities) => {
    const count = densities.length;
    const [E, nu, alpha, slopes] = [new Float64Array(count), new Float64Array(count), new Float64Array(expansion ? count : 0), new Float64Array(3 * count)];
    for (let p = 0; p < count; p++) {
      const x = densities[p]!;
      const [k, g] = [bulk(x), shear(x)];
      if (plane === 'plane-stress') {
        E[p] = (4 * k.value * g.value) / (k.value + g.value);
        nu[p] = (k.value - g.value) / (k.value + g.value);
      } else {
        nu[p] = (k.value - g.value) / (2 * k.value);
        E[p] = 2 * g.value * (1 + nu[p]!);
      }
      slopes[3 * p] = k.slope;
      slopes[3 * p + 1] = g.slope;
      if (!expansion) continue;
      const inPlane = expansion(x, k);
      alpha[p] = inPlane.value / (plane === 'plane-stress' ? 1 : 1 + nu[p]!);
      slopes[3 * p + 2] = -2 * (k.slope * inPlane.value + k.value * inPlane.slope);
    }
    return { pixels: { youngsModulus: E, poissonRatio: nu, ...(expansion && { thermalExpansion: alpha }) }, slopes };
  };
}

interface Sloped {
  readonly value: number;
  readonly slope: number;
}

/** A modulus between its values at densities 0 and 1; `wanted` is 1 where more of it is better. */
function power(black: number, white: number, wanted: 1 | -1): (x: number) => Sloped {
  const rises = white > black ? 1 : -1;
  const p = optimizationExponent;
  // Convex where more is wanted of what rises with density: pixels between are then softer than a mixture.
  if (rises === wanted) return (x) => ({ value: black + x ** p * (white - black), slope: p * x ** (p - 1) * (white - black) });
  return (x) => ({ value: white + (1 - x) ** p * (black - white), slope: p * (1 - x) ** (p - 1) * (white - black) });
}

function expansionOf(white: ReturnType<typeof isotropicModuli>, black: typeof white): ((x: number, bulk: Sloped) => Sloped) | undefined {
  const { thermalExpansion: a } = white;
  const { thermalExpansion: b } = black;
  if (a === undefined || b === undefined) return undefined;
  if (white.bulk === black.bulk) return (x) => ({ value: b + x * (a - b), slope: a - b });
  const share = (a - b) / (1 / white.bulk - 1 / black.bulk);
  return (_, { value, slope }) => ({ value: b + share * (1 / value - 1 / black.bulk), slope: (-share * slope) / (value * value) });
}
