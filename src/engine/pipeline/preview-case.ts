/*
 * What a case's settings make of one exceptional image: its own arm from maps to tested cells, by the
 * functions of the stages and with the same numbers, but without slots for parts. The network is there already.
 */
import type { DesignCase } from '#domain/case';
import { cutsOf } from '#domain/explanation';
import { success, type Result } from '#domain/finding';
import { createRng } from '#engine/core/rng';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { cutRegions, mapsOfImage, regionPlaces, type CriticalRegions, type NativeMaps } from './arms/regions';
import { gatherImages } from './gather-images';
import { imageBoundary } from './image-boundary';
import type { ComputingPorts } from './ports';
import { failuresOf, rankCells } from './result/assemble-arms';
import { bestOfDatabase, demandsOf } from './result/assemble-case-result';
import type { DesignResult, DesignSource, FailureCount } from './result/case-result';
import { ensure } from '#engine/core/bug-error';
import { noFiles, noSlots, type StageContext } from './stage';
import { construct, propose, readCellTests, testCells, testsOf } from './stages/designs';
import type { DatabaseImages } from './stages/database';

/** What a preview stands on: values of the stages before explain, and the image's maps. */
export interface PreviewBasis {
  readonly images: DatabaseImages;
  readonly tests: readonly VirtualTestResult[];
  /** Index in the database. */
  readonly image: number;
  /** One entry per layer of the problem, in its order; of this image alone. */
  readonly layers: readonly NativeMaps[];
}

/** The image's designs, ranked; entry i of the batches belongs to design i. */
export interface CasePreview {
  readonly designs: readonly DesignResult[];
  readonly cells: MicrostructureBatch;
  /** Absent where the construction draws none. */
  readonly skeletons?: MicrostructureBatch;
  /** Critical regions in the image. */
  readonly regions: MicrostructureBatch;
  readonly failures: readonly FailureCount[];
}

/** Each cell is a job of its own: they are few, and all threads are idle. */
const cellsPerJob = 1;

/** The designs of one image. Throws `Cancelled` between steps. */
export async function previewCase(problem: DesignCase, { images, tests, image, layers }: PreviewBasis, ports: ComputingPorts): Promise<Result<CasePreview>> {
  const context: StageContext = { ...ports, slots: noSlots, files: noFiles, rng: createRng(problem.database.seed), progress() {} };
  const [arm] = problem.arms;
  const regions = regionsOf(problem, image, layers, images.images.resolution);
  const proposing = propose(arm);
  const proposed = await proposing.run(context, problem, { regions });
  if (!proposed.ok) return proposed;
  ports.signal.throwIfAborted();

  const constructing = construct(arm);
  const built = await constructing.run(context, problem, { images, regions, proposals: proposing.read(proposed.value) });
  if (!built.ok) return built;
  ports.signal.throwIfAborted();

  const candidates = constructing.read(built.value);
  const tested = await testCells(context, problem, testsOf(problem.test, arm), candidates.cells, cellsPerJob);
  if (!tested.ok) return tested;

  const best = bestOfDatabase(tests, problem.objective);
  const ranked = rankCells(arm, candidates, readCellTests(tested.value), images.families, problem, demandsOf(problem, best.objectiveValue));
  const order = ranked.map(({ cell }) => cell);
  return success({
    designs: ranked.map(({ design }) => design),
    cells: gatherImages(candidates.cells, order),
    ...(candidates.skeletons && { skeletons: gatherImages(candidates.skeletons, order) }),
    regions: gatherImages(regions.masks, ranked.map(({ design: { source } }) => regionOf(source))),
    failures: failuresOf(candidates, ranked.length),
  });
}

/** A case's own designs come from patches. */
function regionOf(source: DesignSource): number {
  ensure(source.kind === 'patch', 'a design from the patch of an image');
  return source.region;
}

/** The critical regions of the image, as the stage explain has those of all. */
function regionsOf(problem: DesignCase, image: number, layers: readonly NativeMaps[], resolution: number): CriticalRegions {
  const { objective, explain, construct: { smallestPatch } } = problem;
  const images = Int32Array.of(image);
  const names = layers.map(({ layer }) => layer);
  const cut = cutRegions(1, names, (explained, layer) => mapsOfImage(layers[layer]!, explained, objective.directions, resolution, imageBoundary(problem)), explain, smallestPatch, resolution);
  const places = regionPlaces(images, names, cutsOf(explain), cut);
  return { images, layers, places, backends: [], masks: cut.masks };
}
