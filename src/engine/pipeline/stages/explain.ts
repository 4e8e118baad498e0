/* Stage 5: where the property of each selected image comes from, and the critical regions of the maps. */
import type { ArmSpec } from '#domain/arms';
import { success } from '#domain/finding';
import type { LayerName } from '#domain/networks';
import { artifactAs, toJson, type ArtifactArray, concatenateArrays } from '#engine/core/artifact';
import { regionPlaces, type CriticalRegions, type LayerMaps } from '../arms/regions';
import { runChunks } from '../chunks';
import { gatherImages } from '../gather-images';
import type { Stage } from '../stage';
import type { DatabaseImages } from './database';
import type { LearnedProperty } from './learn';

/** Images per job: what a kill can cost a worker at most. */
export const explainChunk = 16;

export interface ExplainInputs {
  readonly images: DatabaseImages;
  /** The images to explain: the exceptional ones, or those that an arm takes instead. Keys have this name. */
  readonly outliers: Int32Array;
  readonly learned: LearnedProperty;
  readonly [name: string]: unknown;
}

interface ExplainHeader {
  readonly backends: readonly string[];
  readonly layers: readonly LayerName[];
  readonly nativeEdges: readonly number[];
  readonly resolution: number;
  readonly thresholds: readonly number[];
}

/** Without an image there are only `images`. */
interface ExplainArrays {
  readonly images: Int32Array;
  readonly refusals: Int32Array;
  readonly patches: Int32Array;
  readonly masks?: Uint8Array;
  /** `maps/LAYER`. */
  readonly [maps: `maps/${string}`]: Float32Array | undefined;
}

export const explain: Stage<ExplainInputs, CriticalRegions> = {
  stage: 'explain',
  version: 4,
  describe: ({ explain: settings, objective, construct }) =>
    toJson({ settings: { ...settings, outlierShare: null }, objective, smallestPatch: construct.smallestPatch }),
  async run(context, { explain: settings, objective, construct, learning }, { images, outliers, learned }) {
    const parts = await runChunks(context, 'explain', outliers.length, explainChunk, ({ from, to }) => ({
      images: gatherImages(images.images, outliers.subarray(from, to)),
      regressor: learned.artifact,
      objective,
      settings,
      smallestPatch: construct.smallestPatch,
      backend: learning.backend,
    }));
    if (!parts.ok) return parts;
    const header = {
      backends: [...new Set(parts.value.map((part) => artifactAs<{ readonly backend: string }, unknown>(part).header.backend))].toSorted(),
      layers: settings.layers,
      // Without an image there is no map whose edge could be known.
      nativeEdges: parts.value[0]?.header['nativeEdges'] ?? settings.layers.map(() => 0),
      resolution: images.images.resolution,
      thresholds: settings.thresholds,
    };
    const arrays: { readonly [name: string]: ArtifactArray } = { images: outliers, ...concatenateArrays(parts.value) };
    return success({ header, arrays });
  },
  read(artifact) {
    const { header: { layers, nativeEdges, thresholds, backends, resolution }, arrays } = artifactAs<ExplainHeader, ExplainArrays>(artifact);
    const places = regionPlaces(arrays.images, layers, thresholds, arrays);
    return {
      images: arrays.images,
      backends,
      layers: layers.map((layer, l): LayerMaps => ({ layer, nativeEdge: nativeEdges[l]!, maps: arrays[`maps/${layer}`] ?? new Float32Array() })),
      thresholds,
      places,
      masks: { count: places.length, resolution, packed: arrays.masks ?? new Uint8Array() },
    };
  },
};

/** The same for the images that an arm takes instead of the exceptional ones. */
export function explainFor(arm: Pick<ArmSpec, 'name'>): Stage<ExplainInputs, CriticalRegions> {
  return { ...explain, arm: arm.name };
}
