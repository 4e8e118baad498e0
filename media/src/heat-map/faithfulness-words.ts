import type { DirectionMap } from '#protocol/views/network-views';
import { fixed } from '#protocol/numbers';

/** Rank correlations from these on, in words. */
const strengths = [[0.7, 'closely'], [0.4, 'moderately'], [0.2, 'loosely']] as const;

/** One sentence or two about one direction's map. */
export function faithfulnessWords({ direction, faithfulness }: DirectionMap): string {
  if (!faithfulness) return `Along ${direction}: known only for the images that the run examined, by the case’s own method and layers.`;
  const { correlation, partialCorrelation } = faithfulness;
  if (correlation === null) return `Along ${direction}: the map has no contrast.`;
  const strength = strengths.find(([least]) => correlation >= least)?.[1] ?? (correlation > -0.2 ? 'hardly' : 'in the opposite order, and so not');
  const beyond = partialCorrelation === null ? '' : ` Beyond what the share of white alone tells: ${fixed(partialCorrelation, 2)}.`;
  return `Along ${direction}: the map ${strength} ranks regions as their exact finite-element contributions do (rank correlation ${fixed(correlation, 2)}).${beyond}`;
}
