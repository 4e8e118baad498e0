/*
 * What no arrangement of two isotropic phases can pass at a volume fraction, for a property in both
 * directions x and y at once: min(Px, Py) of a maximized, max(Px, Py) of a minimized property.
 *
 * With S* the effective compliance, 1/k = S₁₁ + S₂₂ + 2S₁₂ and 1/μ = S₁₁ + S₂₂ − 2S₁₂ are its answers
 * to mean stress and to the shear 11 − 22, and the worse direction obeys E ≤ 4kμ/(k + μ) and
 * ν ≤ (k − μ)/(k + μ) (≥ when minimized). The Hashin–Shtrikman principle with free choice of the
 * directions of lamination (Avellaneda 1987, SIAM J. Appl. Math. 47, 1216–1228; Allaire & Kohn 1993,
 * Quart. Appl. Math. 51, 643–674) bounds k by shifted means with the shears as shifts, and μ from above by
 * that with the larger bulk modulus as shift (laminates at 0°/90°), from below by the harmonic mean
 * (laminates at ±45°). The thermal expansion follows k (Levin 1967). The free edges of the heating
 * test only soften a cell; then uniform stress (Reuss) takes the place of the lower bound of k.
 */
import { extremes, hashinShtrikmanBulk, shiftedMean, twoPhases, uniformYoung, type TwoPhases } from './bounds';
import type { FractionEnd, Interval } from './intervals';
import { poissonRatioOf, youngsModulusOf, type PhasePair, type PlaneAssumption } from './materials';
import { isBetter, type Direction, type Property, type Sense } from './objective';
import { measures, type VirtualTestKind } from './virtual-tests';

/** Which limit to compute. */
export interface LimitQuestion {
  readonly phases: PhasePair;
  readonly plane: PlaneAssumption;
  /** Of white, in [0, 1]. */
  readonly volumeFraction: number;
  readonly property: Property;
  readonly sense: Sense;
  /** The test that measures the property. */
  readonly test: VirtualTestKind;
  /** Directions of the objective; both when absent. */
  readonly directions?: readonly Direction[];
}

/**
 * How firm a limit is: `attained` – nothing passes it, and laminates come arbitrarily close;
 * `bound` – nothing passes it, but perhaps nothing reaches it; `periodic` – attained under periodicity,
 * while the free edges of the test may let an image pass it a little.
 */
export type Attainability = 'attained' | 'bound' | 'periodic';

/** A limit in SI units. */
export interface AttainableLimit {
  readonly value: number;
  /** What sets the limit, to be printed with it. */
  readonly name: string;
  readonly attainability: Attainability;
}

/** The limit of the property, or undefined when none is known or the test does not give the property. */
export function attainableLimit(requested: LimitQuestion): AttainableLimit | undefined {
  if (!measures(requested.test, requested.property)) return undefined;
  const question = measuredBy(requested);
  const pair = twoPhases(question.phases, question.plane, question.volumeFraction);
  const bothDirections = question.directions === undefined || new Set(question.directions).size === 2;
  switch (question.property) {
    case 'youngs-modulus':
      return bothDirections ? youngsModulusLimit(pair, question) : singleYoungsModulusLimit(pair, question.sense);
    case 'poisson-ratio':
      return bothDirections ? poissonRatioLimit(pair, question) : undefined;
    case 'thermal-expansion':
      return bothDirections ? thermalExpansionLimit(pair, question) : undefined;
  }
}

const fractionSteps = 32;

/** The limit at the best volume fraction of a window; undefined where none is known. */
export function limitInWindow(question: Omit<LimitQuestion, 'volumeFraction'>, window: Interval): AttainableLimit | undefined {
  const coarse = bestInWindow(question, window);
  if (coarse === undefined || window.upper === window.lower) return coarse?.limit;
  // Limits are smooth: between the neighbors of the best fraction lies a better one, if anywhere.
  const step = (window.upper - window.lower) / fractionSteps;
  return bestInWindow(question, { lower: Math.max(window.lower, coarse.volumeFraction - step), upper: Math.min(window.upper, coarse.volumeFraction + step) })?.limit;
}

function bestInWindow(question: Omit<LimitQuestion, 'volumeFraction'>, { lower, upper }: Interval): { readonly limit: AttainableLimit; readonly volumeFraction: number } | undefined {
  let best: { limit: AttainableLimit; volumeFraction: number } | undefined;
  for (let step = 0; step <= fractionSteps; step++) {
    const volumeFraction = lower + ((upper - lower) * step) / fractionSteps;
    const limit = attainableLimit({ ...question, volumeFraction });
    if (limit === undefined) return undefined;
    if (best === undefined || isBetter(question, limit.value, best.limit.value)) best = { limit, volumeFraction };
  }
  return best;
}

/**
 * The end of a window of volume fractions where the limit is better: more white makes stiffer cells, less white
 * those that expand less. Where no limit is known, the upper end.
 */
export function betterEnd(question: Omit<LimitQuestion, 'volumeFraction'>, window: Interval): FractionEnd {
  const [lower, upper] = [window.lower, window.upper].map((volumeFraction) => attainableLimit({ ...question, volumeFraction })?.value);
  return lower !== undefined && upper !== undefined && isBetter(question, lower, upper) ? 'lower' : 'upper';
}

/** The heating test measures moduli by compressing on the same supports. */
function measuredBy(question: LimitQuestion): LimitQuestion {
  const compressed = question.test === 'heating' && question.property !== 'thermal-expansion';
  return compressed ? { ...question, test: 'compression' } : question;
}

/**
 * How near a value comes to its limit in percent: 100 is the limit itself, less is worse, for both
 * senses. Undefined where a ratio says nothing: a limit that is not positive, or a minimized value that
 * is not.
 */
export function percentOfLimit(value: number, limit: number, sense: Sense): number | undefined {
  if (!(limit > 0)) return undefined;
  if (sense === 'maximize') return (100 * value) / limit;
  return value > 0 ? (100 * limit) / value : undefined;
}

function youngsModulusLimit(pair: TwoPhases, { sense, test }: LimitQuestion): AttainableLimit {
  const bulk = hashinShtrikmanBulk(pair);
  if (sense === 'maximize') {
    return {
      value: youngsModulusOf(bulk.upper, largestShear(pair)),
      name: 'rank-2 laminate at 0°/90°, stiff phase as matrix',
      attainability: attainabilityOfMatrix(pair),
    };
  }
  // Compression leaves an edge free, which only softens: there the bound of uniform stress holds.
  if (test === 'compression') return singleYoungsModulusLimit(pair, sense);
  return {
    value: youngsModulusOf(bulk.lower, smallestShear(pair)),
    name: 'rank-2 laminate at ±45°, soft phase as matrix',
    attainability: attainabilityOfMatrix(pair),
  };
}

/** One direction alone: uniform strain or uniform stress. */
function singleYoungsModulusLimit(pair: TwoPhases, sense: Sense): AttainableLimit {
  const { lower, upper } = uniformYoung(pair);
  return sense === 'maximize' ? { value: upper, name: 'uniform strain (Voigt)', attainability: 'bound' } : { value: lower, name: 'uniform stress (Reuss)', attainability: 'bound' };
}

function poissonRatioLimit(pair: TwoPhases, { sense, test }: LimitQuestion): AttainableLimit | undefined {
  const bulk = hashinShtrikmanBulk(pair);
  if (sense === 'maximize') {
    return {
      value: poissonRatioOf(bulk.upper, smallestShear(pair)),
      name: 'rank-2 laminate at ±45°, phase of larger shear modulus as matrix',
      attainability: test === 'periodic' ? 'attained' : 'periodic',
    };
  }
  // The two ends have different matrices, so one structure cannot reach both: no limit, only a bound.
  return test === 'periodic'
    ? {
        value: poissonRatioOf(bulk.lower, largestShear(pair)),
        name: 'smallest bulk and largest shear modulus, each by itself',
        attainability: 'bound',
      }
    : undefined;
}

function thermalExpansionLimit(pair: TwoPhases, { sense, test }: LimitQuestion): AttainableLimit | undefined {
  const { white, black, volumeFraction: f } = pair;
  const alphaWhite = white.thermalExpansion;
  const alphaBlack = black.thermalExpansion;
  if (alphaWhite === undefined || alphaBlack === undefined) return undefined;
  const { shear } = extremes(pair);
  const isVoid = [white, black].some(({ bulk }) => bulk === 0);
  // Beside a void every periodic cell that carries a load expands as its solid does.
  if (isVoid && test === 'periodic') return undefined;

  // Levin's relation at the bulk modulus with this shift, written so that equal bulk moduli do no harm.
  const meanExpansion = (shift: number): number => {
    if (isVoid) return white.bulk === 0 ? alphaBlack : alphaWhite;
    const whiteWeight = f * (1 / black.bulk + 1 / shift);
    const blackWeight = (1 - f) * (1 / white.bulk + 1 / shift);
    return (whiteWeight * alphaWhite + blackWeight * alphaBlack) / (whiteWeight + blackWeight);
  };
  const ends: AttainableLimit[] = [
    { value: meanExpansion(shear.upper), name: 'largest bulk modulus (Hashin–Shtrikman)', attainability: 'attained' },
    test === 'heating'
      ? { value: f * alphaWhite + (1 - f) * alphaBlack, name: 'uniform stress (Reuss)', attainability: 'bound' }
      : { value: meanExpansion(shear.lower), name: 'smallest bulk modulus (Hashin–Shtrikman)', attainability: 'attained' },
  ];
  const sign = sense === 'maximize' ? 1 : -1;
  return ends.reduce((best, end) => (sign * end.value > sign * best.value ? end : best));
}

/** Upper bound of the modulus for the shear 11 − 22 over all directions of lamination. */
function largestShear(pair: TwoPhases): number {
  return shiftedMean(pair, 'shear', extremes(pair).bulk.upper);
}

/** Lower bound of the same: the harmonic mean. */
function smallestShear(pair: TwoPhases): number {
  return shiftedMean(pair, 'shear', 0);
}

/** One laminate has both extreme moduli when one phase has both. */
function attainabilityOfMatrix({ white, black }: TwoPhases): Attainability {
  return (white.bulk - black.bulk) * (white.shear - black.shear) >= 0 ? 'attained' : 'bound';
}
