/* What the maps of images are computed from: a trained network, or the finite elements alone. */
import type { ContributionSettings, NetworkExplanation } from '#domain/explanation';
import { success, type Result } from '#domain/finding';
import type { BackendChoice } from '#domain/learning';
import type { PhasePair } from '#domain/materials';
import type { Objective } from '#domain/objective';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import type { ProgressListener } from '#engine/core/run-context';
import { contributionMaps, derivativesOf } from '#engine/fem/virtual-tests/contribution-maps';
import { createFieldSolver, type FieldSolver } from '#engine/fem/virtual-tests/solve-fields';
import type { Boundary } from '#engine/grid/image-2d';
import { unpackImage, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { LearningContext } from '#engine/learning/backend/backend';
import { explain, heatOf } from '#engine/learning/explanation/explain';
import type { FoldedRegressor } from '#engine/learning/training/predict';
import type { MapOfImage } from '../arms/regions';
import type { JobContext } from './job-context';

/** Maps of a network, which the job gets in the form `Network`. */
export interface NetworkSource<Network> extends Pick<NetworkExplanation, 'method' | 'layers'> {
  readonly regressor: Network;
  readonly backend: BackendChoice;
}

/** Maps of the exact contributions in a test. */
export interface ExactSource extends ContributionSettings {
  readonly method: 'exact';
  readonly phases: PhasePair;
  readonly test: VirtualTestSettings;
  /** What is beyond the edges of the images. */
  readonly boundary: Boundary;
}

export type MapSource<Network> = NetworkSource<Network> | ExactSource;

/** A map of one image in one direction. */
export interface ImageMap extends MapOfImage {
  /** The property that a network predicts for the image, SI. */
  readonly prediction?: number;
}

/** Maps by layer or edge of squares, then direction, then image. */
export type MapsByName<M extends ImageMap = ImageMap> = readonly (readonly (readonly M[])[])[];

/** The maps of all images by a network. Reports how many maps are done. Finding: `layer-missing`. */
export async function networkMaps(
  learning: LearningContext,
  regressor: FoldedRegressor,
  images: MicrostructureBatch,
  { directions, sense }: Objective,
  { method, layers }: Pick<NetworkExplanation, 'method' | 'layers'>,
): Promise<Result<MapsByName>> {
  const total = images.count * directions.length * layers.length;
  const ofDirections: MapsByName[number][] = [];
  for (const [d, direction] of directions.entries()) {
    const before = d * images.count * layers.length;
    const counting = { ...learning, progress: { report: (done: number) => learning.progress.report(before + done, total) } };
    const maps = await explain(counting, regressor, images, direction, sense, method, layers);
    if (!maps.ok) return maps;
    ofDirections.push(maps.value.map((ofLayer) => ofLayer.map((map) => ({ ...map, boundary: 'open' }))));
  }
  return success(layers.map((_, l) => ofDirections.map((ofLayers) => ofLayers[l]!)));
}

/** The maps of all images by the finite elements. Reports how many images are done. Throws `Cancelled` between images. */
export function exactMaps({ signal }: Pick<JobContext<never>, 'signal'>, images: MicrostructureBatch, { directions, sense, property }: Objective, source: ExactSource, progress: ProgressListener): MapsByName {
  const solver = fieldSolverFor(images.resolution, source.phases, source.test);
  const maps = source.edges.map(() => directions.map((): ImageMap[] => []));
  for (let i = 0; i < images.count; i++) {
    signal.throwIfAborted();
    const image = unpackImage(images, i);
    const derivatives = derivativesOf(solver.solve(image), property);
    for (const [d, direction] of directions.entries()) {
      contributionMaps(image, derivatives[direction], sense === 'maximize' ? 1 : -1, source, source.boundary).forEach((map, s) =>
        maps[s]![d]!.push({ ...map, boundary: source.boundary, heat: heatOf(map.signed, map.nativeEdge, images.resolution, source.boundary) }),
      );
    }
    progress.report(i + 1, images.count);
  }
  return maps;
}

/**
 * The thread's last field solver: its set-up takes as long as three images, and the next chunk needs the same one. Its results depend
 * on the image alone.
 */
let last: { readonly name: string; readonly solver: FieldSolver } | undefined;

/** A solver of more pixels along an edge takes more than 200 MB: it is not kept while its thread does other work. */
const mostKept = 256;

/** A field solver, the last one again if it fits. */
export function fieldSolverFor(resolution: number, phases: PhasePair, test: VirtualTestSettings): FieldSolver {
  const name = JSON.stringify([resolution, phases, test]);
  if (last?.name === name) return last.solver;
  last = undefined;
  const solver = createFieldSolver(resolution, phases, test);
  if (resolution <= mostKept) last = { name, solver };
  return solver;
}

/** Native maps by direction, then image, end to end: image-major, then directions. */
export function joinMaps(ofDirections: MapsByName[number]): Float32Array {
  const size = ofDirections[0]![0]!.signed.length;
  const joined = new Float32Array(ofDirections.length * ofDirections[0]!.length * size);
  ofDirections.forEach((maps, d) => maps.forEach(({ signed }, i) => joined.set(signed, (i * ofDirections.length + d) * size)));
  return joined;
}

/** The edges of the native maps, by layer or edge of squares. */
export function nativeEdges(maps: MapsByName): number[] {
  return maps.map((ofName) => ofName[0]![0]!.nativeEdge);
}
