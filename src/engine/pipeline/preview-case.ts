/*
 * What a case's settings make of one exceptional image: the stages from explain to validate for that image
 * alone, by the same pieces and with the same numbers, without a store. The network is there already.
 */
import { criticalRegion } from '#engine/construction/critical-region';
import type { Refusal } from '#engine/construction/attempt';
import { success, type Result } from '#engine/core/finding';
import { createRng } from '#engine/core/rng';
import type { CancellationSignal } from '#engine/core/run-context';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { agreement } from '#engine/learning/explanation/agreement';
import { activationMapsOf } from './activation-maps';
import { failuresOf, rankCells, type RankedCell } from './assemble-arm';
import { bestOfDatabase, demandsOf } from './assemble-database';
import type { ArtifactStore } from './artifact-store';
import type { FailureCount } from './case-result';
import { buildCandidates, readCandidates, type CandidatePatch } from './design-candidates';
import type { DesignProblem } from './design-problem';
import type { Executor } from './executor';
import { gatherImages, sliceImages } from './gather-images';
import type { NativeMaps } from './image-maps';
import type { StageContext } from './stage';
import type { DatabaseImages } from './stages/generate';
import { testsOf } from './stages/validate';
import { decodeTests } from './test-columns';

/** What a preview stands on: values of the stages before explain, and the image's maps. */
export interface PreviewBasis {
  readonly images: DatabaseImages;
  readonly tests: readonly VirtualTestResult[];
  /** Index in the database. */
  readonly image: number;
  /** One entry a layer of the problem, in its order; of this image alone. */
  readonly layers: readonly NativeMaps[];
}

/** The image's designs, ranked; entry i of the batches belongs to design i. */
export interface CasePreview {
  readonly designs: readonly RankedCell[];
  readonly cells: MicrostructureBatch;
  readonly skeletons: MicrostructureBatch;
  /** Critical regions in the image. */
  readonly regions: MicrostructureBatch;
  readonly failures: readonly FailureCount[];
}

/** The designs of one image. Throws `Cancelled` between steps. */
export async function previewCase(
  problem: DesignProblem,
  { images, tests, image, layers }: PreviewBasis,
  ports: { readonly executor: Executor; readonly signal: CancellationSignal },
): Promise<Result<CasePreview>> {
  const { patches, refusals, masks } = regionsOf(problem, image, layers, images.images.resolution);
  ports.signal.throwIfAborted();
  const built = await buildCandidates(contextOf(problem, ports), problem, images.images, patches, masks, refusals);
  if (!built.ok) return built;
  ports.signal.throwIfAborted();
  const candidates = readCandidates(built.value);
  const [measured, periodic] = await Promise.all(testsOf(problem.test).map((kind) => testCells(problem, candidates.cells, kind, ports.executor)));
  for (const each of [measured, periodic]) if (each && !each.ok) return each;

  const best = bestOfDatabase(tests, problem.objective);
  const cellTests = { measured: valueOf(measured)!, ...(periodic && { periodic: valueOf(periodic)! }) };
  const layerOf = (region: number) => layers[Math.floor(region / problem.explain.thresholds.length)]!.layer;
  const ranked = rankCells(candidates, cellTests, images, layerOf, problem, demandsOf(problem, best.objectiveValue));
  const order = ranked.map(({ candidate }) => candidate);
  return success({
    designs: ranked,
    cells: gatherImages(candidates.cells, order),
    skeletons: gatherImages(candidates.skeletons, order),
    regions: gatherImages(masks, order.map((i) => candidates.sources[i]!.region)),
    failures: failuresOf(candidates, ranked.length),
  });
}

/** A critical region for each layer and threshold of the image. */
function regionsOf({ objective, explain, construct }: DesignProblem, image: number, layers: readonly NativeMaps[], resolution: number) {
  const masks: Image2D<'binary'>[] = [];
  const patches: CandidatePatch[] = [];
  const refusals: Refusal[] = [];
  for (const layer of layers) {
    const heats = activationMapsOf(layer, 0, objective.directions, resolution).map(({ map }) => map);
    const agreed = agreement(heats, explain.intersection);
    for (const threshold of explain.thresholds) {
      const found = criticalRegion(agreed, { threshold, smallestPatch: construct.smallestPatch });
      const region = masks.length;
      masks.push(found.ok ? found.value.mask : imageOf('binary', resolution, resolution, new Uint8Array(resolution ** 2)));
      if (found.ok) patches.push({ image, patch: found.value.patch, threshold, region, regionPatch: found.value.patch });
      else refusals.push(found.reason);
    }
  }
  return { patches, refusals, masks: packImages(masks, resolution) };
}

/** Each cell is a job of its own: they are few, and all threads are idle. */
async function testCells(
  { phases, plane }: DesignProblem,
  cells: MicrostructureBatch,
  kind: ReturnType<typeof testsOf>[number],
  executor: Executor,
): Promise<Result<readonly VirtualTestResult[]>> {
  const one = (i: number) => executor.run('solve', { batch: sliceImages(cells, i, i + 1), phases, settings: { kind, plane } });
  const outcomes = await Promise.all(Array.from({ length: cells.count }, (_, i) => one(i)));
  const results: VirtualTestResult[] = [];
  for (const outcome of outcomes) {
    if (!outcome.ok) return outcome;
    results.push(...decodeTests(outcome.value));
  }
  return success(results);
}

function valueOf<T>(result: Result<T> | undefined): T | undefined {
  return result?.ok ? result.value : undefined;
}

/** The construction's stage without a place to keep anything. */
function contextOf(problem: DesignProblem, ports: { readonly executor: Executor; readonly signal: CancellationSignal }): StageContext {
  const store = { getCheckpoint: () => undefined, putCheckpoint() {} } as unknown as ArtifactStore;
  return {
    ports: { ...ports, store, onStage() {} },
    key: 'preview' as StageContext['key'],
    rng: createRng(problem.database.seed),
    progress() {},
  };
}
