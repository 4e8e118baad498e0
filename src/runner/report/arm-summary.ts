/* What one arm reached as a whole: the numbers that a comparison of arms rests on. */
import { compareObjective, type Objective } from '#domain/objective';
import { type ArmResult, type DesignResult } from '#engine/api';

export interface ArmSummary {
  readonly attempts: number;
  readonly designs: number;
  readonly feasible: number;
  /** Feasible designs that are better than every image of the database. */
  readonly beating: number;
  /** First of the ranking, feasible; absent when none is. */
  readonly best?: DesignResult;
  /** Objective values over all designs, SI: the median, and the one that a tenth of them reaches. */
  readonly median?: number;
  readonly bestTenth?: number;
}

export function summarizeArm(objective: Objective, arm: ArmResult): ArmSummary {
  const values = arm.designs.map((design) => design.objectiveValue).sort((a, b) => compareObjective(objective, b, a));
  const best = arm.designs.find((design) => design.feasible);
  const median = quantile(values, 0.5);
  const bestTenth = quantile(values, 0.9);
  return {
    attempts: arm.attempts,
    designs: arm.designs.length,
    feasible: arm.designs.filter((design) => design.feasible).length,
    beating: arm.designs.filter((design) => design.feasible && design.beatsDatabase).length,
    ...(best === undefined ? {} : { best }),
    ...(median === undefined ? {} : { median }),
    ...(bestTenth === undefined ? {} : { bestTenth }),
  };
}

/** Linear between the sorted values; the first of them is quantile 0. */
export function quantile(sorted: readonly number[], share: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const place = share * (sorted.length - 1);
  const lower = sorted[Math.floor(place)]!;
  const upper = sorted[Math.ceil(place)]!;
  return lower + (upper - lower) * (place - Math.floor(place));
}
