import { mapNames, type ExplainSettings } from '#domain/explanation';
import { success, type Result } from '#domain/finding';
import type { Objective } from '#domain/objective';
import { createRng } from '#engine/core/rng';
import type { ProgressListener } from '#engine/core/run-context';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { foldRegressor } from '#engine/learning/training/predict';
import { decodeRegressor } from '#engine/learning/training/training-artifacts';
import type { Artifact } from '#engine/core/artifact';
import { cutRegions } from '../arms/regions';
import { onBackend, type JobContext } from './job-context';
import { exactMaps, joinMaps, nativeEdges, networkMaps, type MapSource, type MapsByName, type NetworkSource } from './map-source';

/** Images to explain, and where regions are cut. */
export interface ExplainInput {
  readonly images: MicrostructureBatch;
  /** A network from `encodeNetworks`, or the test of the finite elements. */
  readonly source: MapSource<Artifact>;
  readonly objective: Objective;
  readonly settings: ExplainSettings;
  /** Pixels. */
  readonly smallestPatch: number;
}

/**
 * Maps and critical regions of the images. Arrays: `maps/NAME` of each layer or edge of squares, native and signed,
 * image-major, then directions; and `CutRegions`, the masks packed. Header: `nativeEdges`, one per layer or edge,
 * and `backend`, on which a network computed.
 */
export async function explainJob(context: JobContext<number>, input: ExplainInput): Promise<Result<Artifact>> {
  const { images, settings, source, objective } = input;
  const names = mapNames(settings);
  const progress: ProgressListener = { report: (done, total) => context.emit((done / total) * images.count) };
  const found = source.method === 'exact' ? success({ maps: exactMaps(context, images, objective, source, progress) }) : await mapsOnBackend(context, images, objective, source, progress);
  if (!found.ok) return found;
  const { maps, ...backend } = found.value;

  const mapsOf = (image: number, name: number) => maps[name]!.map((ofDirection) => ofDirection[image]!);
  const { refusals, patches, masks } = cutRegions(images.count, names, mapsOf, settings, input.smallestPatch, images.resolution);
  return success({
    header: { ...backend, nativeEdges: nativeEdges(maps) },
    arrays: {
      ...Object.fromEntries(names.map((name, n) => [`maps/${name}`, joinMaps(maps[n]!)])),
      refusals,
      patches,
      masks: masks.packed,
    },
  });
}

async function mapsOnBackend(
  context: JobContext<number>,
  images: MicrostructureBatch,
  objective: Objective,
  source: NetworkSource<Artifact>,
  progress: ProgressListener,
): Promise<Result<{ readonly maps: MapsByName; readonly backend: string }>> {
  const regressor = decodeRegressor(source.regressor, objective.property);
  if (!regressor.ok) return regressor;
  let backend = '';
  const maps = await onBackend(context, source.backend, createRng(0), progress, (learning) => {
    backend = learning.backend.name;
    return networkMaps(learning, foldRegressor(regressor.value), images, objective, source);
  });
  return maps.ok ? success({ maps: maps.value, backend }) : maps;
}
