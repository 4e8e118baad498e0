/*
 * Stage 6: are the maps to be trusted? A sample of the exceptional images is examined by what the finite
 * elements know and by what happens when regions, or what the network learned, are taken away. Beside
 * explain and not after it: thresholds and patches change nothing here.
 */
import { success } from '#domain/finding';
import { mapNames, type MapName } from '#domain/explanation';
import { createRng } from '#engine/core/rng';
import { replacedShares, type PerturbationMeasure, type PerturbationTrial } from '#engine/validation/perturbation';
import { artifactAs, toJson, concatenateArrays } from '#engine/core/artifact';
import { runChunks } from '../chunks';
import { gatherImages } from '../gather-images';
import { type Stage, describePhases } from '../stage';
import type { DatabaseImages } from './database';
import { mapSourceOf } from './explain';
import type { LearnedProperty } from './learn';

/** Exceptional images that are examined: enough to distinguish a ranking from chance, few enough to cost seconds. */
const mostImages = 16;
/** Every so many examined images the network's weights are re-randomized; each time costs as much as dozens of maps. */
const randomizedEvery = 4;
/** Shifted copies of each ranking, its matched controls. */
const shifts = 2;
/** Images per job. */
const chunkSize = 2;

/** Virtual tests that the examination of the maps of `layers` layers or scales takes when there are so many exceptional images. */
export function examinationTests(outliers: number, layers: number): number {
  return Math.min(mostImages, outliers) * (2 + (layers + 1) * (1 + shifts) * 2 * replacedShares.length);
}

/** The measurements of each examined image; e counts them below. */
export interface Examination {
  /** Indices of the examined images in the database. */
  readonly images: Int32Array;
  readonly layers: readonly LayerExamination[];
  /** Parts of the network in the order in which they were re-randomized; none without a network. */
  readonly parts: readonly string[];
  /** By layer, then one more for the ranking by the finite elements; by image; undefined where a map ranks nothing. */
  readonly perturbation: Readonly<Record<PerturbationMeasure, readonly (readonly (PerturbationTrial | undefined)[])[]>>;
}

/** Of the maps of one layer or scale. */
export interface LayerExamination {
  readonly layer: MapName;
  /** Edge of the maps before upsampling, in their own pixels. */
  readonly nativeEdge: number;
  /** `Faithfulness` of each map, two numbers at 2 (e · directions + d); NaN for a map without contrast, and for maps that are the exact contributions themselves. */
  readonly correlations: Float64Array;
  /** Entry (e · directions + d) · parts + p: |rank correlation| of the signed maps before and after parts 0 … p were re-randomized; NaN where they were not. */
  readonly randomized: Float64Array;
}

export interface ExamineInputs {
  readonly images: DatabaseImages;
  readonly outliers: Int32Array;
  /** Of a case that explains by a network. */
  readonly learned?: LearnedProperty;
  readonly [name: string]: unknown;
}

interface ExamineHeader {
  readonly layers: readonly MapName[];
  readonly nativeEdges: readonly number[];
  readonly parts: readonly string[];
}

interface ExamineArrays {
  readonly images: Int32Array;
  /** `correlations/LAYER`, `randomized/LAYER`, `perturbation/MEASURE`. */
  readonly [numbers: `${string}/${string}`]: Float64Array;
}

export const examine: Stage<ExamineInputs, Examination> = {
  stage: 'examine',
  version: 2,
  describe: ({ explain: { outlierShare: _share, thresholds: _thresholds, ...maps }, objective, phases, plane, test, database: { seed } }) =>
    toJson({ ...maps, objective, phases: describePhases(phases), plane, test, seed }),
  async run(context, problem, { images, outliers, learned }) {
    const { explain: settings, objective, phases, test, plane, database: { seed } } = problem;
    const source = mapSourceOf(problem, learned);
    const examined = spreadOver(outliers, mostImages);
    const donors = examined.map((image) => donorOf(image, images.images.count, seed));
    const parts = await runChunks(context, 'examine', examined.length, chunkSize, ({ from, to }) => ({
      images: gatherImages(images.images, examined.subarray(from, to)),
      indices: Array.from(examined.subarray(from, to)),
      donors: gatherImages(images.images, donors.subarray(from, to)),
      source,
      objective,
      intersection: settings.intersection,
      phases,
      test: { kind: test, plane },
      seed,
      randomizes: Array.from({ length: to - from }, (_, i) => (from + i) % randomizedEvery === 0),
      shifts,
    }));
    if (!parts.ok) return parts;
    const { nativeEdges, parts: networkParts } = parts.value[0]!.header;
    return success({
      header: { layers: mapNames(settings), nativeEdges: nativeEdges!, parts: networkParts! },
      arrays: { images: examined, ...concatenateArrays(parts.value) },
    });
  },
  read(artifact) {
    const { header: { layers, nativeEdges, parts }, arrays } = artifactAs<ExamineHeader, ExamineArrays>(artifact);
    const { images } = arrays;
    const trials = (measure: PerturbationMeasure) => perturbationTrials(arrays[`perturbation/${measure}`]!, images.length, layers.length + 1);
    return {
      images,
      layers: layers.map((layer, l) => ({
        layer,
        nativeEdge: nativeEdges[l]!,
        correlations: arrays[`correlations/${layer}`]!,
        randomized: arrays[`randomized/${layer}`]!,
      })),
      parts,
      perturbation: { 'finite-elements': trials('finite-elements'), network: trials('network') },
    };
  },
};

/** `count` of the values at equal distances, or all when there are fewer. */
function spreadOver(values: Int32Array, count: number): Int32Array {
  const taken = Math.min(count, values.length);
  return Int32Array.from({ length: taken }, (_, i) => values[Math.floor((i * values.length) / taken)]!);
}

/** Another image of the database, drawn uniformly. */
function donorOf(image: number, count: number, seed: number): number {
  return (image + 1 + createRng(seed).fork(`examine/${image}/donor`).integer(count - 1)) % count;
}

/** By ranking, then image. */
function perturbationTrials(values: Float64Array, images: number, rankings: number): (PerturbationTrial | undefined)[][] {
  const way = 2 * replacedShares.length;
  const stride = 2 + rankings * (1 + shifts) * way;
  return Array.from({ length: rankings }, (_, r) =>
    Array.from({ length: images }, (_, e) => {
      const first = e * stride + 2 + r * (1 + shifts) * way;
      if (Number.isNaN(values[first])) return undefined;
      const [own, ...shifted] = Array.from({ length: 1 + shifts }, (_, t) => values.subarray(first + t * way, first + (t + 1) * way)) as [Float64Array, ...Float64Array[]];
      return { whole: values[e * stride]!, replaced: values[e * stride + 1]!, own, shifted };
    }),
  );
}
