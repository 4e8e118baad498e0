/*
 * How strong a rank correlation is, and so how far a map agrees with the physics, in words. The levels are those of Cohen (1988), Statistical Power Analysis
 * for the Behavioral Sciences, 2nd ed., section 3.2.1: .1 is small, .3 medium, .5 large.
 */
import type { Direction } from '#domain/objective';
import { fixed } from './numbers';

/** The smallest rank correlation of each strength. */
export const correlationLevels = { weak: 0.1, moderate: 0.3, strong: 0.5 } as const;

type CorrelationStrength = 'strong' | 'moderate' | 'weak' | 'none' | 'opposite';

/** `none` lies between the two weak correlations, `opposite` at or below the negative one. */
export function correlationStrength(correlation: number): CorrelationStrength {
  const { strong, moderate, weak } = correlationLevels;
  if (correlation >= strong) return 'strong';
  if (correlation >= moderate) return 'moderate';
  if (correlation >= weak) return 'weak';
  return correlation > -weak ? 'none' : 'opposite';
}

const agreements: Readonly<Record<CorrelationStrength, string>> = {
  strong: 'agrees strongly with',
  moderate: 'agrees moderately with',
  weak: 'agrees weakly with',
  none: 'does not agree with',
  opposite: 'is opposite to',
};

/** A ranking `agrees moderately with` another one. */
export function agreementText(correlation: number): string {
  return agreements[correlationStrength(correlation)];
}

/** One direction's map of an image next to the exact finite-element contributions; `null` where a ranking has no contrast. */
interface MapAgreement {
  readonly correlation: number | null;
  /** With the local share of white held fixed. */
  readonly partialCorrelation: number | null;
}

/** One sentence or two about one direction's map; without an agreement the run did not examine it. */
export function faithfulnessText(direction: Direction, agreement: MapAgreement | undefined): string {
  if (!agreement) return `Along ${direction}: known only for the images that the run examined, by the case’s own method and layers.`;
  const { correlation, partialCorrelation } = agreement;
  if (correlation === null) return `Along ${direction}: the map has no contrast.`;
  const partial = partialCorrelation === null ? '' : ` With the local share of white held fixed: ${fixed(partialCorrelation, 2)}.`;
  return `Along ${direction}: the map’s ranking of regions ${agreementText(correlation)} their exact finite-element contributions (rank correlation ${fixed(correlation, 2)}).${partial}`;
}
