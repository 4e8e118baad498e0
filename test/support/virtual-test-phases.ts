/** Phase pairs of the paper's cases, with expansions so that every virtual test takes them. */
import type { PhasePair } from '#domain/materials';

/** Cases 1 and 2: contrast 5.55. */
export const boronInAluminum: PhasePair = {
  white: { name: 'boron', youngsModulus: 379.3e9, poissonRatio: 0.3, thermalExpansion: 8.3e-6 },
  black: { name: 'aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3, thermalExpansion: 23.6e-6 },
};

/** Case 3: contrast 683 000. */
export const aluminumInFoam: PhasePair = {
  white: { name: 'aluminum', youngsModulus: 68.3e9, poissonRatio: 0.33, thermalExpansion: 23.6e-6 },
  black: { name: 'foam', youngsModulus: 0.1e6, poissonRatio: 0.25, thermalExpansion: 1e-15 },
};
