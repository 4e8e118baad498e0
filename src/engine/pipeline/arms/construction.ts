/* What a construction is, and how the cells that it builds become the candidates of an arm. */
import type { DesignCase } from '#domain/case';
import type { Result } from '#domain/finding';
import type { Rejection } from '#engine/construction/attempt';
import type { Json } from '#engine/core/artifact';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { gatherImages, sliceImages } from '../gather-images';
import type { StageContext } from '../stage';
import type { Candidate, CandidateOrigin, CandidateRejection, DesignCandidates, Proposals } from './candidate';
import type { OptimizationTrace } from './optimization-trace';
import type { CriticalRegions } from './regions';

/** What cells are made of besides the proposals. */
export interface ConstructionInputs {
  /** Of the database. */
  readonly images: MicrostructureBatch;
  /** The regions of the images that the arm takes, if it takes any: their shapes mask patches. */
  readonly regions?: CriticalRegions;
  /** The cells of the arm that `startFrom` names. */
  readonly parent?: DesignCandidates;
  /** As in `Proposals`. */
  readonly pictures?: MicrostructureBatch;
}

/** One entry per proposal in `refusals`, undefined where there is a cell; cells in the order of their proposals. */
export interface BuiltCells {
  readonly refusals: readonly (Rejection | undefined)[];
  readonly cells: MicrostructureBatch;
  readonly skeletons?: MicrostructureBatch;
  /** Of optimizations: one entry per proposal, undefined where it was refused. */
  readonly traces?: readonly (OptimizationTrace | undefined)[];
}

export interface Construction {
  /** The settings that fix the cells of given proposals. */
  describe(problem: DesignCase): Json;
  /** Fails with findings when a job is refused. */
  build(context: StageContext, problem: DesignCase, origins: readonly CandidateOrigin[], inputs: ConstructionInputs): Promise<Result<BuiltCells>>;
}

/** The candidates of built cells; a cell that an earlier proposal gave already is dropped and counted. */
export function candidatesOf({ origins, refusals: earlier }: Proposals, { refusals, cells, skeletons, traces }: BuiltCells): DesignCandidates {
  const built = origins.map((origin, id) => ({ id, origin })).filter((_, proposal) => refusals[proposal] === undefined);
  const kept = firstOfEqual(cells);
  const reasons: CandidateRejection[] = [
    ...earlier,
    ...refusals.flatMap((refusal) => refusal ?? []),
    ...Array.from({ length: cells.count - kept.length }, () => 'same-cell' as const),
  ];
  return {
    candidates: kept.map((index, cell): Candidate => ({ ...built[index]!, cell })),
    cells: gatherImages(cells, kept),
    ...(skeletons && { skeletons: gatherImages(skeletons, kept) }),
    ...(traces && { traces }),
    attempts: origins.length + earlier.length,
    refusals: [...new Set(reasons)].sort().map((reason) => ({ reason, count: reasons.filter((each) => each === reason).length })),
  };
}

/** Indices of the images that no earlier image of the batch equals. */
function firstOfEqual(batch: MicrostructureBatch): number[] {
  const seen = new Set<string>();
  return Array.from({ length: batch.count }, (_, i) => i).filter((i) => {
    const before = seen.size;
    return seen.add(sliceImages(batch, i, i + 1).packed.join()).size > before;
  });
}
