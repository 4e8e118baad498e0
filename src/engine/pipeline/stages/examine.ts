/*
 * Stage 6: are the maps to be trusted? A sample of the exceptional images is examined by what the finite
 * elements know and by what happens when regions, or what the network learned, are taken away. Beside
 * explain and not after it: thresholds and patches change nothing here.
 */
import { success } from '#domain/finding';
import { intersectionOf, mapNames, type ExplainSettings, type MapName, type MapSettings } from '#domain/explanation';
import { createRng } from '#engine/core/rng';
import { mirrorInvariance } from '#engine/fem/virtual-tests/mirror-invariance';
import { faithfulnessMeasures, faithfulnessSubjects, type Faithfulness } from '#engine/validation/faithfulness';
import type { PerturbationMeasure } from '#engine/validation/perturbation';
import { artifactAs, toJson, concatenateArrays } from '#engine/core/artifact';
import { leastVariance } from '#engine/fem/virtual-tests/contribution-maps';
import { runChunks } from '../chunks';
import { gatherImages } from '../gather-images';
import { imageBoundary } from '../image-boundary';
import { perturbationCount, readPerturbations, type PerturbationTrials } from '../jobs/examined-perturbations';
import { type Stage, describePhases } from '../stage';
import type { DatabaseImages } from './database';
import { mapSourceOf } from './explain';
import type { LearnedProperty } from './learn';

/**
 * Exceptional images that are examined: enough to distinguish a ranking from chance, few enough to cost seconds. Exact contributions
 * leave fewer questions open, and the examination of 16 images would take longer than all else after the tests of the database.
 */
const mostImages = { network: 16, exact: 6 } as const;

function mostImagesOf({ method }: Pick<ExplainSettings, 'method'>): number {
  return mostImages[method === 'exact' ? 'exact' : 'network'];
}
/** Every so many examined images are also examined for random weights and for stability: each costs as much as dozens of maps. */
const thoroughEvery = 4;
/** Images per job; few of them are shared more evenly one by one. */
const chunkSize = { network: 2, exact: 1 } as const;

/** The maps that are examined: of contributions those of the smallest squares, which are the finest. */
function examinedMaps<M extends MapSettings>(settings: M): M {
  return settings.method === 'exact' ? { ...settings, edges: settings.edges.slice(0, 1) } : settings;
}

/** Virtual tests that the examination of a case takes when there are so many exceptional images. */
export function examinationTests(outliers: number, explain: ExplainSettings): number {
  return Math.min(mostImagesOf(explain), outliers) * perturbationCount(mapNames(examinedMaps(explain)).length, explain.method === 'exact');
}

/** The measurements of each examined image; e counts them below. */
export interface Examination {
  /** Indices of the examined images in the database. */
  readonly images: Int32Array;
  readonly layers: readonly LayerExamination[];
  /** Parts of the network in the order in which they were re-randomized; none without a network. */
  readonly parts: readonly string[];
  readonly perturbation: Readonly<Record<PerturbationMeasure, PerturbationTrials>>;
}

/**
 * Of the maps of one layer, or of squares of one edge: m counts maps below, e · directions + d. NaN where an image was not examined that far, and where maps of
 * exact contributions would be compared with themselves; without a network `randomized` and `entropy` are empty.
 */
export interface LayerExamination {
  readonly layer: MapName;
  /** Edge of the maps before upsampling, in their own pixels. */
  readonly nativeEdge: number;
  /** `faithfulnessMeasures` of each of the `faithfulnessSubjects`; entry (m · subjects + s) · measures + k. */
  readonly faithfulness: Float64Array;
  /** Entry m · parts + p: |rank correlation| of the signed maps before and after parts 0 … p were re-randomized. */
  readonly randomized: Float64Array;
  /** Entry m: the rise of the entropy of the map's histogram after all parts were. */
  readonly entropy: Float64Array;
  /** `stabilityMeasures` of each map; entry m · measures + k. */
  readonly stability: Float64Array;
}

/** How map m agrees with the exact contributions. */
export function faithfulnessAt({ faithfulness }: LayerExamination, map: number): Faithfulness {
  const first = map * faithfulnessSubjects.length * faithfulnessMeasures.length;
  return Object.fromEntries(faithfulnessMeasures.map((measure, k) => [measure, faithfulness[first + k]!])) as unknown as Faithfulness;
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
  /** `faithfulness/LAYER`, `randomized/LAYER`, `entropy/LAYER`, `stability/LAYER`, `perturbation/MEASURE`. */
  readonly [numbers: `${string}/${string}`]: Float64Array;
}

export const examine: Stage<ExamineInputs, Examination> = {
  stage: 'examine',
  version: 4,
  describe: ({ explain, objective, phases, plane, test, database: { seed } }) =>
    toJson({ ...describeMaps(explain), objective, phases: describePhases(phases), plane, test, seed }),
  async run(context, problem, { images, outliers, learned }) {
    const { explain: settings, objective, phases, test, plane, database: { seed } } = problem;
    const source = examinedMaps(mapSourceOf(problem, learned));
    const examined = spreadOver(outliers, mostImagesOf(settings));
    const intersection = intersectionOf(settings);
    const donors = examined.map((image) => donorOf(image, images.images.count, seed));
    const parts = await runChunks(context, 'examine', examined.length, chunkSize[source.method === 'exact' ? 'exact' : 'network'], ({ from, to }) => ({
      images: gatherImages(images.images, examined.subarray(from, to)),
      indices: Array.from(examined.subarray(from, to)),
      donors: gatherImages(images.images, donors.subarray(from, to)),
      source,
      objective,
      ...(intersection && { intersection }),
      phases,
      test: { kind: test, plane },
      seed,
      boundary: imageBoundary(problem),
      mirrorInvariance: mirrorInvariance(phases, { kind: test, plane }, objective.property),
      thorough: Array.from({ length: to - from }, (_, i) => (from + i) % thoroughEvery === 0),
    }));
    if (!parts.ok) return parts;
    const { nativeEdges, parts: networkParts } = parts.value[0]!.header;
    return success({
      header: { layers: mapNames(examinedMaps(settings)), nativeEdges: nativeEdges!, parts: networkParts! },
      arrays: { images: examined, ...concatenateArrays(parts.value) },
    });
  },
  read(artifact) {
    const { header: { layers, nativeEdges, parts }, arrays } = artifactAs<ExamineHeader, ExamineArrays>(artifact);
    const { images } = arrays;
    const trials = (measure: PerturbationMeasure) => readPerturbations(arrays[`perturbation/${measure}`]!, images.length, layers.length);
    return {
      images,
      layers: layers.map((layer, l) => ({
        layer,
        nativeEdge: nativeEdges[l]!,
        faithfulness: arrays[`faithfulness/${layer}`]!,
        randomized: arrays[`randomized/${layer}`]!,
        entropy: arrays[`entropy/${layer}`]!,
        stability: arrays[`stability/${layer}`]!,
      })),
      parts,
      perturbation: { 'finite-elements': trials('finite-elements'), network: trials('network') },
    };
  },
};

/** What fixes the examined maps, apart from what they are computed from. In version 2 exact maps are not ranked once more. */
function describeMaps(explain: ExplainSettings): object {
  if (explain.method === 'exact') return { method: explain.method, edges: examinedMaps(explain).edges, contribution: explain.contribution, leastVariance, images: mostImages.exact, version: 2 };
  const { method, layers, intersection } = explain;
  return { method, layers, intersection };
}

/** `count` of the values at equal distances, or all when there are fewer. */
function spreadOver(values: Int32Array, count: number): Int32Array {
  const taken = Math.min(count, values.length);
  return Int32Array.from({ length: taken }, (_, i) => values[Math.floor((i * values.length) / taken)]!);
}

/** Another image of the database, drawn uniformly. */
function donorOf(image: number, count: number, seed: number): number {
  return (image + 1 + createRng(seed).fork(`examine/${image}/donor`).integer(count - 1)) % count;
}
