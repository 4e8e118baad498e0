/*
 * The designs of one arm before their tests: the same construction serves the patches of critical
 * regions and the random ones of the control.
 */
import { refusalReasons, type Refusal } from '#engine/construction/attempt';
import type { FractionAim } from '#engine/construction/thicken';
import { success, type Result } from '#engine/core/finding';
import type { Square } from '#engine/grid/crop';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { attainableLimit } from '#engine/homogenization/attainable-limits';
import { isBetter } from '#engine/validation/objective';
import type { Artifact, ArtifactArray, Json } from '#engine/core/artifact';
import { concatenateArrays, runChunks } from './chunks';
import type { DesignProblem } from './design-problem';
import { gatherImages, sliceImages } from './gather-images';
import type { StageContext } from './stage';

const chunkSize = 48; // patches

/** A patch of a database image and where it came from. */
export interface CandidatePatch {
  /** Index of the image in the database. */
  readonly image: number;
  readonly patch: Square;
  /** Relative to the map's maximum; a control patch has its twin's. */
  readonly threshold: number;
  /** Image of `CriticalRegions.masks`, of the patch itself or of its twin. */
  readonly region: number;
  /** Where that region lies in its own image: the patch itself, or the twin's. */
  readonly regionPatch: Square;
}

/** Cells of one arm; entry i of `sources` belongs to image i of `cells` and `skeletons`. */
export interface DesignCandidates {
  readonly cells: MicrostructureBatch;
  /** The mirrored skeleton of each cell. */
  readonly skeletons: MicrostructureBatch;
  readonly sources: readonly CandidatePatch[];
  /** Patches tried: cells and refusals together. */
  readonly attempts: number;
  readonly refusals: readonly { readonly reason: CandidateRefusal; readonly count: number }[];
}

/** Why a patch gave no cell of its own. */
export type CandidateRefusal = Refusal | 'same-cell';

/** What fixes the cells of given patches. */
export function candidateSettings(problem: DesignProblem): Json {
  return { ...problem.construct, aim: aimOf(problem) } as unknown as Json;
}

/** Turns patches into cells; a cell that an earlier patch gave already is dropped and counted. */
export async function buildCandidates(
  context: StageContext,
  problem: DesignProblem,
  images: MicrostructureBatch,
  patches: readonly CandidatePatch[],
  /** Masks for `mask region`. */
  masks: MicrostructureBatch,
  /** Refusals that came before the construction, one entry a patch that was tried. */
  earlier: readonly Refusal[],
): Promise<Result<Artifact>> {
  const resolution = images.resolution;
  const aim = aimOf(problem);
  const parts = await runChunks(context, 'construct', patches.length, chunkSize, ({ from, to }) => {
    const chunk = patches.slice(from, to);
    const wanted = [...new Set(chunk.map(({ image }) => image))];
    return {
      images: gatherImages(images, wanted),
      regions: gatherImages(masks, chunk.map(({ region }) => region)),
      patches: chunk.map(({ image, patch, regionPatch }, region) => ({ image: wanted.indexOf(image), patch, region, regionPatch })),
      settings: problem.construct,
      aim,
    };
  });
  if (!parts.ok) return parts;

  const whole = concatenateArrays(parts.value);
  const refusals = (whole['refusals'] as Int32Array | undefined) ?? new Int32Array();
  const sources = patches.filter((_, p) => refusals[p] === 0);
  const batchOf = (packed: ArtifactArray | undefined): MicrostructureBatch => ({
    count: sources.length,
    resolution,
    packed: (packed as Uint8Array | undefined) ?? new Uint8Array(),
  });
  const cells = batchOf(whole['cells']);
  const kept = firstOfEqual(cells);
  const reasons: CandidateRefusal[] = [
    ...earlier,
    ...Array.from(refusals).flatMap((refusal) => (refusal > 0 ? refusalReasons[refusal - 1]! : [])),
    ...Array.from({ length: cells.count - kept.length }, () => 'same-cell' as const),
  ];
  return success({
    header: {
      resolution,
      attempts: patches.length + earlier.length,
      refusals: [...new Set(reasons)].sort().map((reason) => ({ reason, count: reasons.filter((each) => each === reason).length })),
    },
    arrays: {
      cells: gatherImages(cells, kept).packed,
      skeletons: gatherImages(batchOf(whole['skeletons']), kept).packed,
      places: Int32Array.from(kept.flatMap((i) => placeNumbers(sources[i]!))),
      thresholds: Float64Array.from(kept, (i) => sources[i]!.threshold),
    },
  });
}

/** Indices of the images that no earlier image of the batch equals. */
function firstOfEqual(batch: MicrostructureBatch): number[] {
  const seen = new Set<string>();
  return Array.from({ length: batch.count }, (_, i) => i).filter((i) => {
    const before = seen.size;
    return seen.add(sliceImages(batch, i, i + 1).packed.join()).size > before;
  });
}

function placeNumbers({ image, patch, region, regionPatch }: CandidatePatch): number[] {
  return [image, patch.row, patch.column, patch.edge, region, regionPatch.row, regionPatch.column, regionPatch.edge];
}

/** The candidates of the artifact that `buildCandidates` made. */
export function readCandidates({ header, arrays }: Artifact): DesignCandidates {
  const resolution = header['resolution'] as number;
  const thresholds = arrays['thresholds']!;
  const places = arrays['places']!;
  const count = thresholds.length;
  return {
    cells: { count, resolution, packed: arrays['cells'] as Uint8Array },
    skeletons: { count, resolution, packed: arrays['skeletons'] as Uint8Array },
    sources: Array.from(thresholds, (threshold, i) => {
      const [image, ...place] = places.subarray(8 * i, 8 * i + 4) as unknown as [number, number, number, number];
      const [region, ...regionPlace] = places.subarray(8 * i + 4, 8 * i + 8) as unknown as [number, number, number, number];
      return { image, patch: squareOf(place), threshold, region, regionPatch: squareOf(regionPlace) };
    }),
    attempts: header['attempts'] as number,
    refusals: header['refusals'] as unknown as DesignCandidates['refusals'],
  };
}

/**
 * The end of the window of volume fractions where the objective's limit is better: more white makes
 * stiffer cells, less white those that expand less. Where no limit is known, the upper end.
 */
function aimOf({ phases, plane, test, objective, construct: { fraction } }: DesignProblem): FractionAim {
  const limitAt = (volumeFraction: number): number | undefined =>
    attainableLimit({ phases, plane, test, volumeFraction, ...objective })?.value;
  const [lower, upper] = [limitAt(fraction.lower), limitAt(fraction.upper)];
  return lower !== undefined && upper !== undefined && isBetter(objective, lower, upper) ? 'lower-end' : 'upper-end';
}

function squareOf([row, column, edge]: readonly [number, number, number]): Square {
  return { row, column, edge };
}
