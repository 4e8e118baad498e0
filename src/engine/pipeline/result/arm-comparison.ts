/* How two arms compare, as plain data in SI units. */
import type { MannWhitneyResult } from '#engine/validation/significance-tests';
import type { SignedRankResult } from '#engine/validation/signed-rank';

/** Whether the designs of one arm are better than another's: of all designs, feasible or not. */
export interface ArmComparison {
  /** Names of the two. */
  readonly arms: readonly [string, string];
  /** Probability that a design of the first arm is better than one of the second; ties count one half. */
  readonly superiority: number;
  /**
   * Mean objective values by source image, oriented so that the alternative is "designs of the first arm are
   * better": images are independent draws, designs of one image are not.
   */
  readonly byImage: MannWhitneyResult;
  /** Patch by patch, where both arms make cells of the same patches by different constructions. */
  readonly paired?: PairedComparison;
}

/** Two constructions of the same patches. "First" and "second" are the arms of the comparison. */
export interface PairedComparison {
  /** The patches of either arm. */
  readonly patches: number;
  readonly arms: readonly [PairedArm, PairedArm];
  /** Patches of which both made a feasible cell; among them, those whose cell of one arm has the better value. */
  readonly bothFeasible: number;
  readonly firstBetter: number;
  readonly secondBetter: number;
  /** Mean differences of those values by image, positive where the first arm is better. */
  readonly valuesByImage: SignedRankResult;
  /** Differences of the shares of an image's patches of which the arms made feasible cells, positive where the first has more. */
  readonly feasibleByImage: SignedRankResult;
}

/** What one of the two constructions made of the patches. */
export interface PairedArm {
  /** Patches that gave a cell of their own with a value, and those whose cell is feasible. */
  readonly cells: number;
  readonly feasible: number;
  /** Of the feasible cells. */
  readonly best?: ReachedValue;
  readonly median?: ReachedValue;
  /** How many of the cells violate each constraint. */
  readonly violations: readonly { readonly name: string; readonly count: number }[];
}

export interface ReachedValue {
  /** SI */
  readonly objectiveValue: number;
  /** Of the limits at the cells' own volume fractions, 100 is the limit; absent where no limit is known. */
  readonly percentOfLimit?: number;
}
