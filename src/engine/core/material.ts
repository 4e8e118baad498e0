/** A linear elastic isotropic material, plain SI numbers. */
export interface IsotropicMaterial {
  readonly name: string;
  /** Pa, > 0; 0 is a void, whose Poisson's ratio and expansion are 0 too. */
  readonly youngsModulus: number;
  /** In (−1, 0.5). */
  readonly poissonRatio: number;
  /** 1/K; absent when the specification does not say. */
  readonly thermalExpansion?: number;
}

/** The two phases of every image: white pixels (value 1) and black pixels (value 0). */
export interface PhasePair {
  readonly white: IsotropicMaterial;
  readonly black: IsotropicMaterial;
}

export type PlaneAssumption = 'plane-stress' | 'plane-strain';

/** An effective property that can be an objective. */
export type Property = 'youngs-modulus' | 'poisson-ratio' | 'thermal-expansion';

export type Direction = 'x' | 'y';

/**
 * Which mirror images of an image keep its value in a direction: those with that direction reversed
 * (left and right changed places, for x), those with the other one reversed; with both, also the
 * image turned by 180°.
 */
export interface KeptByMirroring {
  readonly along: boolean;
  readonly across: boolean;
}

/** One value a direction. */
export interface Directional {
  readonly x: number;
  readonly y: number;
}
