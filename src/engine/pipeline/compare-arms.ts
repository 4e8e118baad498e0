/*
 * Whether the explained designs are better than the control's. Designs of one image are alike (nested
 * regions, overlapping patches), so they are no independent draws; images are. The test therefore
 * compares means by source image, one number an image and arm; all designs count, feasible or not.
 */
import { mannWhitney } from '#engine/validation/mann-whitney';
import type { Objective } from '#engine/validation/objective';
import type { ArmComparison, ArmResult } from './case-result';

/** Compares the arms; undefined when one has no design. */
export function compareArms(
  { sense }: Objective,
  explained: Pick<ArmResult, 'designs'>,
  control: Pick<ArmResult, 'designs'>,
): ArmComparison | undefined {
  if (explained.designs.length === 0 || control.designs.length === 0) return undefined;
  const sign = sense === 'maximize' ? 1 : -1;
  const values = ({ designs }: Pick<ArmResult, 'designs'>): number[] => designs.map((design) => sign * design.objectiveValue);
  return {
    superiority: mannWhitney(values(explained), values(control)).superiority,
    byImage: mannWhitney(imageMeans(explained, sign), imageMeans(control, sign)),
  };
}

function imageMeans({ designs }: Pick<ArmResult, 'designs'>, sign: number): number[] {
  const ofImages = new Map<number, number[]>();
  for (const { source, objectiveValue } of designs) {
    ofImages.set(source.image, [...(ofImages.get(source.image) ?? []), sign * objectiveValue]);
  }
  return [...ofImages.values()].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
}
