/* From the examination of single images to what it says of all maps. */
import type { Objective } from '#domain/objective';
import { controlRankings } from '#engine/validation/control-maps';
import { faithfulnessMeasures, faithfulnessSubjects } from '#engine/validation/faithfulness';
import { stabilityMeasures } from '#engine/validation/map-measures';
import { type PerturbationMeasure, type PerturbationSummary, type PerturbationTrial, summarizePerturbation } from '#engine/validation/perturbation';
import type { CriticalRegions, LayerMaps } from '../arms/regions';
import type { Examination, LayerExamination } from '../stages/examine';
import type { FaithfulnessResult, ImageMean, LayerFaithfulness, MapFaithfulness, MeasuredPerturbation, PerturbationResult } from './faithfulness-result';

/** `explained` are the maps of all explained images, among which the examined ones are. */
export function assembleFaithfulness({ images, layers, parts, perturbation }: Examination, explained: Pick<CriticalRegions, 'images' | 'layers'>, { directions, sense }: Objective): FaithfulnessResult {
  const sign = sense === 'maximize' ? 1 : -1;
  const measured = (trialsOf: (measure: PerturbationMeasure) => readonly (PerturbationTrial | undefined)[]): MeasuredPerturbation => {
    const [finiteElements, network] = [summaryOf(trialsOf('finite-elements'), sign), summaryOf(trialsOf('network'), sign)];
    return { ...(finiteElements && { finiteElements }), ...(network && { network }) };
  };
  /** A control in place of the map, against the same chance. */
  const controlTrials = (measure: PerturbationMeasure, l: number, control: (typeof controlRankings)[number]) =>
    perturbation[measure].donor[l]!.map((trial, e) => {
      const own = perturbation[measure].controls[control][e];
      return trial && own && { ...trial, own };
    });
  return {
    images,
    maps: layers.flatMap((layer) =>
      directions.map((direction, d) => ({
        ...mapsOf(layer, d, directions.length, parts.length),
        direction,
        evidence: evidenceOf(explained.layers.find((each) => each.layer === layer.layer), d, directions.length),
      })),
    ),
    layers: layers.map((layer) => layerOf(layer, directions.length)),
    perturbation: [
      ...layers.map(({ layer }, l): PerturbationResult => ({
        ranking: layer,
        ...measured((measure) => perturbation[measure].donor[l]!),
        surroundings: measured((measure) => perturbation[measure].surroundings[l]!),
        controls: Object.fromEntries(controlRankings.map((control) => [control, measured((measure) => controlTrials(measure, l, control))])) as NonNullable<PerturbationResult['controls']>,
      })),
      { ranking: 'exact', ...measured((measure) => perturbation[measure].donor[layers.length]!) },
    ],
    parts,
  };
}

function summaryOf(trials: readonly (PerturbationTrial | undefined)[], sign: 1 | -1): PerturbationSummary | undefined {
  return summarizePerturbation(trials.filter((trial) => trial !== undefined).filter(isKnown), sign);
}

/** Whether all its images have a value: without squares, a void may leave none. */
function isKnown({ whole, replaced, own, shifted }: PerturbationTrial): boolean {
  return [whole, replaced, ...[own, ...shifted].flatMap((values) => Array.from(values))].every(Number.isFinite);
}

/** How many explained images there are, and how many have no positive value in their map of direction d. */
function evidenceOf(layer: LayerMaps | undefined, d: number, directions: number): MapFaithfulness['evidence'] {
  const size = (layer?.nativeEdge ?? 0) ** 2;
  if (!layer || size === 0) return { images: 0, none: 0 };
  const images = layer.maps.length / (size * directions);
  const hasEvidence = (o: number): boolean => layer.maps.subarray((o * directions + d) * size, (o * directions + d + 1) * size).some((value) => value > 0);
  return { images, none: Array.from({ length: images }, (_, o) => o).filter((o) => !hasEvidence(o)).length };
}

function mapsOf({ layer, nativeEdge, faithfulness, randomized }: LayerExamination, d: number, directions: number, parts: number): Omit<MapFaithfulness, 'direction' | 'evidence'> {
  /** Number `offset` of the `size` numbers of each image's map in direction d. */
  const numbers = (values: Float64Array, size: number, offset: number): ImageMean =>
    meanOverImages(values.filter((_, i) => i % (size * directions) === size * d + offset));
  const ofMap = faithfulnessSubjects.length * faithfulnessMeasures.length;
  return {
    layer,
    nativeResolution: nativeEdge,
    correlation: numbers(faithfulness, ofMap, faithfulnessMeasures.indexOf('correlation')),
    partialCorrelation: numbers(faithfulness, ofMap, faithfulnessMeasures.indexOf('partialCorrelation')),
    randomized: Array.from({ length: parts }, (_, p) => numbers(randomized, parts, p)),
  };
}

function layerOf({ layer, nativeEdge, faithfulness, stability, entropy }: LayerExamination, directions: number): LayerFaithfulness {
  /** Number `offset` of the `size` numbers of each map: of each image, the mean of the directions that have one. */
  const numbers = (values: Float64Array, size: number, offset: number): ImageMean => {
    const images = values.length / (size * directions);
    return meanOverImages(Float64Array.from({ length: images }, (_, e) => meanOverImages(Float64Array.from({ length: directions }, (_direction, d) => values[(e * directions + d) * size + offset]!)).mean));
  };
  const record = <N extends string>(names: readonly N[], values: Float64Array, size: number, first: number): Readonly<Record<N, ImageMean>> =>
    Object.fromEntries(names.map((name, k) => [name, numbers(values, size, first + k)])) as Record<N, ImageMean>;
  const ofMap = faithfulnessSubjects.length * faithfulnessMeasures.length;
  return {
    layer,
    nativeResolution: nativeEdge,
    agreement: Object.fromEntries(faithfulnessSubjects.map((subject, s) => [subject, record(faithfulnessMeasures, faithfulness, ofMap, s * faithfulnessMeasures.length)])) as LayerFaithfulness['agreement'],
    stability: record(stabilityMeasures, stability, stabilityMeasures.length, 0),
    ...(entropy.length > 0 && { entropyRise: numbers(entropy, 1, 0) }),
  };
}

/** Over the numbers that there are. */
function meanOverImages(values: Float64Array): ImageMean {
  const known = values.filter((value) => !Number.isNaN(value));
  const count = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  return { mean, deviation: Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)), count };
}
