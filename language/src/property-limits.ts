/*
 * What no arrangement of two materials passes, in the form in which docs/methods.md ("Limits") has it:
 * M(m; s) = [f/(m_white + s) + (1 − f)/(m_black + s)]⁻¹ − s with the moduli of the plane. The engine
 * computes the same for reports; a test holds the two together.
 */
import { planeExpansion, planeModuli, poissonOf, youngOf, type PlaneModuli } from './plane-moduli';
import type { CaseSpecification, IntervalSpecification, MaterialSpecification, PropertySpecification } from './specification';

/** Whose limit is asked for: of the worse direction when both count. */
export interface LimitQuestion {
  readonly white: MaterialSpecification;
  readonly black: MaterialSpecification;
  readonly plane: CaseSpecification['plane'];
  readonly test: CaseSpecification['test'];
  readonly property: PropertySpecification;
  readonly sense: 'maximize' | 'minimize';
  /** 1 or 2. */
  readonly directions: number;
}

/** In SI. */
export interface PropertyLimit {
  readonly value: number;
  /** What sets the limit. */
  readonly name: string;
  /** `periodic`: free edges of the test may let a cell pass it a little. */
  readonly standing: 'attained' | 'bound' | 'periodic';
}

/** The limit at the best fraction of a window; undefined where none is known. */
export function propertyLimit(question: LimitQuestion, window: IntervalSpecification): PropertyLimit | undefined {
  const better = question.sense === 'maximize' ? (a: PropertyLimit, b: PropertyLimit) => a.value >= b.value : (a: PropertyLimit, b: PropertyLimit) => a.value <= b.value;
  const bestOf = ({ lower, upper }: IntervalSpecification): { readonly limit: PropertyLimit; readonly fraction: number } | undefined => {
    const steps = 32;
    let best: { limit: PropertyLimit; fraction: number } | undefined;
    for (let step = 0; step <= steps; step++) {
      const fraction = lower + ((upper - lower) * step) / steps;
      const limit = limitAt(question, fraction);
      if (limit === undefined) return undefined;
      if (best === undefined || !better(best.limit, limit)) best = { limit, fraction };
    }
    return best;
  };
  const coarse = bestOf(window);
  if (coarse === undefined || window.upper === window.lower) return coarse?.limit;
  // Limits are smooth: between the neighbours of the best fraction lies a better one, if anywhere.
  const step = (window.upper - window.lower) / 32;
  return bestOf({ lower: Math.max(window.lower, coarse.fraction - step), upper: Math.min(window.upper, coarse.fraction + step) })?.limit;
}

/** Between which values E lies along a direction, for any arrangement: uniform stress and uniform strain. */
export function voigtReuss({ white, black, plane }: Pick<LimitQuestion, 'white' | 'black' | 'plane'>, fraction: number): IntervalSpecification {
  const pair = pairOf(white, black, plane, fraction);
  return {
    lower: youngOf(shifted(pair, 'bulk', 0), shifted(pair, 'shear', 0)),
    upper: youngOf(mean(pair, 'bulk'), mean(pair, 'shear')),
  };
}

function limitAt(question: LimitQuestion, fraction: number): PropertyLimit | undefined {
  const { white, black, plane, property, sense, directions } = question;
  const pair = pairOf(white, black, plane, fraction);
  const largest = { bulk: shifted(pair, 'bulk', pair.most('shear')), shear: shifted(pair, 'shear', pair.most('bulk')) };
  const least = { bulk: shifted(pair, 'bulk', pair.least('shear')), shear: shifted(pair, 'shear', 0) };
  const maximize = sense === 'maximize';
  // Heating measures E and Poisson's ratio by compressing.
  const isPeriodic = question.test === 'periodic';

  if (property === 'youngs-modulus') {
    if (directions > 1 && maximize) return { value: youngOf(largest.bulk, largest.shear), name: 'rank-2 laminate at 0°/90°, stiff phase as matrix', standing: pair.standing };
    if (directions > 1 && isPeriodic) return { value: youngOf(least.bulk, least.shear), name: 'rank-2 laminate at ±45°, soft phase as matrix', standing: pair.standing };
    const { lower, upper } = voigtReuss(question, fraction);
    return maximize ? { value: upper, name: 'uniform strain (Voigt)', standing: 'bound' } : { value: lower, name: 'uniform stress (Reuss)', standing: 'bound' };
  }
  if (directions < 2) return undefined;
  if (property === 'poisson-ratio') {
    if (maximize) {
      const name = 'rank-2 laminate at ±45°, phase of larger shear modulus as matrix';
      return { value: poissonOf(largest.bulk, least.shear), name, standing: isPeriodic ? 'attained' : 'periodic' };
    }
    return isPeriodic ? { value: poissonOf(least.bulk, largest.shear), name: 'smallest bulk and largest shear modulus, each by itself', standing: 'bound' } : undefined;
  }
  return question.test === 'compression' ? undefined : expansionLimit(question, pair, fraction);
}

/** The expansion follows the bulk modulus (Levin 1967). */
function expansionLimit({ white, black, plane, sense, test }: LimitQuestion, pair: Pair, fraction: number): PropertyLimit | undefined {
  const [alphaWhite, alphaBlack] = [planeExpansion(white, plane), planeExpansion(black, plane)];
  if (alphaWhite === undefined || alphaBlack === undefined) return undefined;
  const isVoid = [pair.white, pair.black].some(({ bulk }) => bulk === 0);
  // Beside a void every periodic cell that carries a load expands as its solid does.
  if (isVoid && test === 'periodic') return undefined;
  const at = (shift: number): number => {
    if (isVoid) return pair.white.bulk === 0 ? alphaBlack : alphaWhite;
    const [a, b] = [fraction * (1 / pair.black.bulk + 1 / shift), (1 - fraction) * (1 / pair.white.bulk + 1 / shift)];
    return (a * alphaWhite + b * alphaBlack) / (a + b);
  };
  const stiffest: PropertyLimit = { value: at(pair.most('shear')), name: 'largest bulk modulus (Hashin–Shtrikman)', standing: 'attained' };
  const softest: PropertyLimit =
    test === 'heating'
      ? { value: fraction * alphaWhite + (1 - fraction) * alphaBlack, name: 'uniform stress (Reuss)', standing: 'bound' }
      : { value: at(pair.least('shear')), name: 'smallest bulk modulus (Hashin–Shtrikman)', standing: 'attained' };
  const sign = sense === 'maximize' ? 1 : -1;
  return sign * softest.value > sign * stiffest.value ? softest : stiffest;
}

interface Pair {
  readonly white: PlaneModuli;
  readonly black: PlaneModuli;
  readonly fraction: number;
  readonly standing: 'attained' | 'bound';
  most(modulus: 'bulk' | 'shear'): number;
  least(modulus: 'bulk' | 'shear'): number;
}

function pairOf(one: MaterialSpecification, other: MaterialSpecification, plane: CaseSpecification['plane'], fraction: number): Pair {
  const [white, black] = [planeModuli(one, plane), planeModuli(other, plane)];
  return {
    white,
    black,
    fraction,
    // One laminate has both extreme moduli when one phase has both.
    standing: (white.bulk - black.bulk) * (white.shear - black.shear) >= 0 ? 'attained' : 'bound',
    most: (modulus) => Math.max(white[modulus], black[modulus]),
    least: (modulus) => Math.min(white[modulus], black[modulus]),
  };
}

function mean({ white, black, fraction }: Pair, modulus: 'bulk' | 'shear'): number {
  return fraction * white[modulus] + (1 - fraction) * black[modulus];
}

function shifted({ white, black, fraction }: Pair, modulus: 'bulk' | 'shear', shift: number): number {
  return 1 / (fraction / (white[modulus] + shift) + (1 - fraction) / (black[modulus] + shift)) - shift;
}
