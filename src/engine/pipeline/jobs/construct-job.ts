import type { ConstructSettings, PatchConstruction } from '#domain/arms';
import { rejectionReasons } from '#engine/construction/attempt';
import type { CandidateDesign } from '#engine/construction/candidate-design';
import { constructGraphDesign } from '#engine/construction/construct-graph-design';
import { constructMirroredDesign } from '#engine/construction/construct-mirrored-design';
import { prepareSkeleton, type PreparedSkeleton } from '#engine/construction/prepare-skeleton';
import type { FractionAim } from '#engine/construction/thicken';
import { success, type Result } from '#domain/finding';
import { createRng } from '#engine/core/rng';
import { silentProgress, type RunContext } from '#engine/core/run-context';
import { crop, type Boundary, type Square } from '#engine/grid/image-2d';
import { packImages, unpackImage, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { Artifact } from '#engine/core/artifact';
import type { JobContext } from './job-context';

/** A square of one of the job's images, and the critical region that masks it if the settings say so. */
export interface PatchOfImage {
  /** Index in `images`. */
  readonly image: number;
  readonly patch: Square;
  /** Index in `regions`. */
  readonly region: number;
  /** Where the region lies in its own image; as large as `patch`. */
  readonly regionPatch: Square;
}

/** Patches to be turned into designs, in any order of images. */
export interface ConstructInput {
  readonly images: MicrostructureBatch;
  /** What is beyond the edges of the images. */
  readonly boundary: Boundary;
  /** Critical regions, of the images' size each. */
  readonly regions: MicrostructureBatch;
  readonly patches: readonly PatchOfImage[];
  readonly construct: PatchConstruction;
  readonly settings: ConstructSettings;
  /** Which end of the range of volume fractions the cells aim for. */
  readonly aim: FractionAim;
}

const constructions = { mirror: constructMirroredDesign, graph: constructGraphDesign } as const satisfies Readonly<Record<PatchConstruction, unknown>>;

/**
 * One cell per patch, or the reason why there is none. Arrays: `refusals` (0, or 1 + an index of
 * `rejectionReasons`), one per patch; `cells` and `skeletons` (packed), one per design, in the order of the
 * patches that gave one. Says how many patches are done.
 */
export async function constructJob(context: JobContext<number>, input: ConstructInput): Promise<Result<Artifact>> {
  const { images, boundary, regions, patches, construct, settings, aim } = input;
  const resolution = images.resolution;
  const runContext: RunContext = { signal: context.signal, progress: silentProgress, rng: createRng(0) };
  const skeletons = new Map<number, PreparedSkeleton>();
  const skeletonOf = (image: number): PreparedSkeleton => {
    const known = skeletons.get(image) ?? prepareSkeleton(unpackImage(images, image), settings, boundary);
    skeletons.set(image, known);
    return known;
  };

  const refusals = new Int32Array(patches.length);
  const designs: CandidateDesign[] = [];
  patches.forEach(({ image, patch, region, regionPatch }, p) => {
    const attempt = constructions[construct](
      runContext,
      { skeleton: skeletonOf(image), patch, region: crop(unpackImage(regions, region), regionPatch) },
      settings,
      { resolution, aim },
    );
    if (attempt.ok) designs.push(attempt.value);
    else refusals[p] = 1 + rejectionReasons.indexOf(attempt.reason);
    context.emit(p + 1);
  });
  return success({
    header: {},
    arrays: {
      refusals,
      cells: packImages(designs.map(({ cell }) => cell), resolution).packed,
      skeletons: packImages(designs.map(({ skeleton }) => skeleton), resolution).packed,
    },
  });
}
