/*
 * How strong a rank correlation is, and so how far a map agrees with the physics, in words. The levels are those of Cohen (1988), Statistical Power Analysis
 * for the Behavioral Sciences, 2nd ed., section 3.2.1: .1 is small, .3 medium, .5 large.
 */
import type { Direction } from '#domain/objective';
import { fixed, percentText } from './numbers';

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
  /** Share of the map's relevance in the tenth of the positions that contribute most. */
  readonly relevanceMass: number | null;
}

/** A map that is zero or negative everywhere. */
export const noEvidence = 'no positive evidence in this image';

/** A few sentences about one direction's map, which has `evidence` if it is positive anywhere; without an agreement the run did not examine it. */
export function faithfulnessText(direction: Direction, evidence: boolean, agreement: MapAgreement | undefined): string {
  if (!evidence) return `Along ${direction}: ${noEvidence}. The map is zero or negative everywhere, so no heat is drawn and no patch is cut.`;
  if (!agreement) return `Along ${direction}: known only for the images that the run examined, by the case’s own method and layers.`;
  const { correlation, partialCorrelation, relevanceMass } = agreement;
  if (correlation === null) return `Along ${direction}: the map has no contrast.`;
  const partial = partialCorrelation === null ? '' : ` With the local share of white held fixed: ${fixed(partialCorrelation, 2)}.`;
  const mass = relevanceMass === null ? '' : ` The tenth of the positions that contribute most has ${percentText(relevanceMass, 0)} of the map’s relevance; by chance it would have 10 %.`;
  return `Along ${direction}: the map’s ranking of regions ${agreementText(correlation)} their exact finite-element contributions (rank correlation ${fixed(correlation, 2)}).${partial}${mass}`;
}
