/* How proposals become cells: one row per construction, by the name that `ArmSpec.construct` gives. */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { attainableLimit } from '#domain/limits';
import { isBetter } from '#domain/objective';
import { rejectionReasons, type Rejection } from '#engine/construction/attempt';
import type { FractionAim } from '#engine/construction/thicken';
import { toJson, type Json } from '#engine/core/artifact';
import { ensure } from '#engine/core/bug-error';
import { success, type Result } from '#domain/finding';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { concatenateArrays, runChunks } from '../chunks';
import { gatherImages, sliceImages } from '../gather-images';
import type { StageContext } from '../stage';
import type { Candidate, CandidateOrigin, CandidateRejection, DesignCandidates, PatchOrigin, Proposals } from './candidate';
import type { CriticalRegions } from './regions';

/** What cells are made of besides the proposals. */
export interface ConstructionInputs {
  /** Of the database. */
  readonly images: MicrostructureBatch;
  /** The regions of the images that the arm takes: their shapes mask patches. */
  readonly regions: CriticalRegions;
  /** The cells of the arm that `startFrom` names. */
  readonly parent?: DesignCandidates;
}

/** One entry per proposal in `refusals`, undefined where there is a cell; cells in the order of their proposals. */
export interface BuiltCells {
  readonly refusals: readonly (Rejection | undefined)[];
  readonly cells: MicrostructureBatch;
  readonly skeletons?: MicrostructureBatch;
}

export interface Construction {
  /** The settings that fix the cells of given proposals. */
  describe(problem: DesignCase): Json;
  /** Fails with findings when a job is refused. */
  build(context: StageContext, problem: DesignCase, origins: readonly CandidateOrigin[], inputs: ConstructionInputs): Promise<Result<BuiltCells>>;
}

const chunkSize = 48; // patches

export const constructions: Readonly<Record<ArmSpec['construct'], Construction>> = {
  mirror: {
    describe: (problem) => toJson({ ...problem.construct, aim: aimOf(problem) }),
    build: buildMirrored,
  },
};

async function buildMirrored(
  context: StageContext,
  problem: DesignCase,
  origins: readonly CandidateOrigin[],
  { images, regions: { masks, places } }: ConstructionInputs,
): Promise<Result<BuiltCells>> {
  const patches = origins.map(patchOf);
  const aim = aimOf(problem);
  const parts = await runChunks(context, 'construct', patches.length, chunkSize, ({ from, to }) => {
    const chunk = patches.slice(from, to);
    const wanted = [...new Set(chunk.map(({ image }) => image))];
    return {
      images: gatherImages(images, wanted),
      regions: gatherImages(masks, chunk.map(({ region }) => region)),
      patches: chunk.map(({ image, patch, region }, mask) => {
        const place = places[region]!;
        ensure('patch' in place, 'a patch goes with a region that has a square');
        return { image: wanted.indexOf(image), patch, region: mask, regionPatch: place.patch };
      }),
      settings: problem.construct,
      aim,
    };
  });
  if (!parts.ok) return parts;
  const whole = concatenateArrays(parts.value);
  const refusals = Array.from(whole['refusals'] ?? [], (refusal) => (refusal > 0 ? rejectionReasons[refusal - 1] : undefined));
  const count = refusals.filter((refusal) => refusal === undefined).length;
  const batch = (name: 'cells' | 'skeletons'): MicrostructureBatch => {
    const packed = whole[name] ?? new Uint8Array();
    ensure(packed instanceof Uint8Array, 'images are packed as bytes');
    return { count, resolution: images.resolution, packed };
  };
  return success({ refusals, cells: batch('cells'), skeletons: batch('skeletons') });
}

function patchOf(origin: CandidateOrigin): PatchOrigin {
  ensure(origin.kind === 'patch', 'mirroring needs a patch of an image');
  return origin;
}

/** The candidates of built cells; a cell that an earlier proposal gave already is dropped and counted. */
export function candidatesOf({ origins, refusals: earlier }: Proposals, { refusals, cells, skeletons }: BuiltCells): DesignCandidates {
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

/**
 * The end of the range of volume fractions where the objective's limit is better: more white makes
 * stiffer cells, less white those that expand less. Where no limit is known, the upper end.
 */
function aimOf({ phases, plane, test, objective, construct: { fraction } }: DesignCase): FractionAim {
  const limitAt = (volumeFraction: number): number | undefined =>
    attainableLimit({ phases, plane, test, volumeFraction, ...objective })?.value;
  const [lower, upper] = [limitAt(fraction.lower), limitAt(fraction.upper)];
  return lower !== undefined && upper !== undefined && isBetter(objective, lower, upper) ? 'lower-end' : 'upper-end';
}
