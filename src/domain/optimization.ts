/* What a topology optimization is asked to do. */

/** Symmetries of a cell: of the square, of its two mirror lines, of transposition, none. */
export const optimizationSymmetries = ['square', 'mirror', 'transpose', 'none'] as const;
export type OptimizationSymmetry = (typeof optimizationSymmetries)[number];

/** Families of starts that need no image. */
export const startFamilies = ['noise', 'cosines', 'disc', 'frame'] as const;
export type StartFamily = (typeof startFamilies)[number];

export interface OptimizationSettings {
  /** Radius of the density filter, pixels. */
  readonly filter: number;
  readonly symmetry: OptimizationSymmetry;
}

/** Exponent of the interpolation between the phases (SIMP). */
export const optimizationExponent = 3;
