/* Stage 5: where each exceptional image's property comes from, and the critical regions of the maps. */
import { success } from '#engine/core/finding';
import { refusalReasons, type Refusal } from '#engine/construction/attempt';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { ExplainLayer } from '#engine/learning/explanation/explain-settings';
import type { Json } from '#engine/core/artifact';
import { concatenateArrays, runChunks } from '../chunks';
import type { CandidatePatch } from '../design-candidates';
import { gatherImages } from '../gather-images';
import type { Handle, Stage } from '../stage';
import type { DatabaseImages } from './generate';
import type { LearnedProperty } from './learn';

/** Images a job: what a kill can cost a worker at most. */
export const explainChunk = 16;

/** Maps of the outliers, and a critical region for each outlier and threshold. */
export interface CriticalRegions {
  /** Indices of the explained images in the database; o counts them below. */
  readonly images: Int32Array;
  /** The maps of each layer; l counts them below. */
  readonly layers: readonly LayerMaps[];
  /** Thresholds relative to the maximum; t counts them below. */
  readonly thresholds: readonly number[];
  /** One entry a region: the patches, or why there is none; region (o · layers + l) · thresholds + t. */
  readonly places: readonly RegionPlace[];
  /** TensorFlow.js backends that computed the maps, by name. */
  readonly backends: readonly string[];
  /** Where all maps reach the threshold, largest piece; black where refused. */
  readonly masks: MicrostructureBatch;
}

/** Native activation maps of one layer. */
export interface LayerMaps {
  readonly layer: ExplainLayer;
  /** Edge n of the maps before upsampling, in their own pixels. */
  readonly nativeEdge: number;
  /** Before the rectifier (see `ActivationMap.signed`); entry ((o · directions + d) · n + row) · n + column. */
  readonly maps: Float32Array;
}

/** The patch of a region, or why there is none. */
export type RegionPlace = CandidatePatch | { readonly refusal: Refusal };

export interface ExplainInputs {
  readonly images: Handle<DatabaseImages>;
  readonly outliers: Handle<Int32Array>;
  readonly learned: Handle<LearnedProperty>;
  readonly [name: string]: Handle<unknown>;
}

export const explain: Stage<ExplainInputs, CriticalRegions> = {
  name: 'explain',
  version: 4,
  describe: ({ explain: settings, objective, construct }) =>
    ({ settings: { ...settings, outlierShare: null }, objective, smallestPatch: construct.smallestPatch }) as unknown as Json,
  async run(context, { explain: settings, objective, construct, learning }, { images, outliers, learned }) {
    const parts = await runChunks(context, 'explain', outliers.value.length, explainChunk, ({ from, to }) => ({
      images: gatherImages(images.value.images, outliers.value.subarray(from, to)),
      regressor: learned.value.artifact,
      objective,
      settings,
      smallestPatch: construct.smallestPatch,
      backend: learning.backend,
    }));
    if (!parts.ok) return parts;
    const header = {
      backends: [...new Set(parts.value.map(({ header: { backend } }) => backend as string))].toSorted(),
      layers: settings.layers,
      nativeEdges: parts.value[0]!.header['nativeEdges']!,
      resolution: images.value.images.resolution,
      thresholds: settings.thresholds,
    };
    return success({ header, arrays: { images: outliers.value, ...concatenateArrays(parts.value) } });
  },
  read({ header, arrays }) {
    const images = arrays['images'] as Int32Array;
    const thresholds = header['thresholds'] as readonly number[];
    const layers = header['layers'] as readonly ExplainLayer[];
    const nativeEdges = header['nativeEdges'] as readonly number[];
    const patches = arrays['patches']!;
    const places = Array.from(arrays['refusals']!, (refusal, region): RegionPlace => {
      if (refusal > 0) return { refusal: refusalReasons[refusal - 1]! };
      const [row, column, edge] = patches.subarray(3 * region, 3 * region + 3) as unknown as [number, number, number];
      return {
        image: images[Math.floor(region / (layers.length * thresholds.length))]!,
        patch: { row, column, edge },
        threshold: thresholds[region % thresholds.length]!,
        region,
        regionPatch: { row, column, edge },
      };
    });
    return {
      images,
      backends: header['backends'] as readonly string[],
      layers: layers.map((layer, l) => ({
        layer,
        nativeEdge: nativeEdges[l]!,
        maps: arrays[`maps/${layer}`] as Float32Array,
      })),
      thresholds,
      places,
      masks: { count: places.length, resolution: header['resolution'] as number, packed: arrays['masks'] as Uint8Array },
    };
  },
};
