import type { IsotropicMaterial, PhasePair } from '#engine/core/material';
import type { Json } from '#engine/core/artifact';

/** What fixes a test's numbers of two phases: their constants, not their names. */
export function describePhases({ white, black }: PhasePair): Json {
  const constants = ({ youngsModulus, poissonRatio, thermalExpansion }: IsotropicMaterial): Json => [
    youngsModulus,
    poissonRatio,
    thermalExpansion ?? null,
  ];
  return { white: constants(white), black: constants(black) };
}
