/* How proposals become cells: one row per construction, by the name that `ArmSpec.construct` gives. */
import type { ArmSpec, PatchConstruction } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { betterEnd } from '#domain/limits';
import { rejectionReasons } from '#engine/construction/attempt';
import type { FractionAim } from '#engine/construction/thicken';
import { toJson, concatenateArrays } from '#engine/core/artifact';
import { ensure } from '#engine/core/bug-error';
import { success, type Result } from '#domain/finding';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { runChunks } from '../chunks';
import { gatherImages, joinImages } from '../gather-images';
import { imageBoundary } from '../image-boundary';
import type { StageContext } from '../stage';
import type { CandidateOrigin, PatchOrigin } from './candidate';
import type { BuiltCells, Construction, ConstructionInputs } from './construction';
import { describeOptimizations, optimizeStarts } from './optimizations';

const chunkSize = 48; // patches

export const constructions: Readonly<Record<ArmSpec['construct'], Construction>> = {
  mirror: fromPatches('mirror'),
  graph: fromPatches('graph'),
  optimize: {
    describe: describeOptimizations,
    build: optimizeStarts,
  },
  unchanged: {
    describe: () => null,
    build: (_context, _problem, origins, { images, pictures }) => Promise.resolve(success(proposedCells(origins, pictures ?? joinImages([], images.resolution)))),
  },
};

function proposedCells(origins: readonly CandidateOrigin[], pictures: MicrostructureBatch): BuiltCells {
  const numbers = origins.map((origin) => {
    ensure(origin.kind === 'picture', 'only a picture is a cell as it is');
    return origin.number;
  });
  return { refusals: origins.map(() => undefined), cells: gatherImages(pictures, numbers) };
}

function fromPatches(construct: PatchConstruction): Construction {
  return {
    describe: (problem) => {
      const { axes, ...settings } = problem.construct;
      // Redrawn cells changed once, so those of the first version in a store are not taken.
      return toJson({ ...settings, aim: aimOf(problem), ...(construct === 'graph' ? { redrawing: 2 } : axes && { axes }) });
    },
    build: (context, problem, origins, inputs) => buildFromPatches(construct, context, problem, origins, inputs),
  };
}

async function buildFromPatches(
  construct: PatchConstruction,
  context: StageContext,
  problem: DesignCase,
  origins: readonly CandidateOrigin[],
  { images, regions }: ConstructionInputs,
): Promise<Result<BuiltCells>> {
  ensure(regions !== undefined, 'patches come from images whose regions are known');
  const { masks, places } = regions;
  const patches = origins.map(patchOf);
  const aim = aimOf(problem);
  const parts = await runChunks(context, 'construct', patches.length, chunkSize, ({ from, to }) => {
    const chunk = patches.slice(from, to);
    const wanted = [...new Set(chunk.map(({ image }) => image))];
    return {
      images: gatherImages(images, wanted),
      boundary: imageBoundary(problem),
      regions: gatherImages(masks, chunk.map(({ region }) => region)),
      patches: chunk.map(({ image, patch, region }, mask) => {
        const place = places[region]!;
        ensure('patch' in place, 'a patch goes with a region that has a square');
        return { image: wanted.indexOf(image), patch, region: mask, regionPatch: place.patch };
      }),
      construct,
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
  ensure(origin.kind === 'patch', 'cells are drawn from patches of images');
  return origin;
}

function aimOf({ phases, plane, test, objective, construct: { fraction } }: DesignCase): FractionAim {
  return `${betterEnd({ phases, plane, test, ...objective }, fraction)}-end`;
}
