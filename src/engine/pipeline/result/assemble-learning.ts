/* What was learned and whether its maps are to be trusted, as reports show it. */
import type { DesignCase } from '#domain/case';
import type { BackendChoice } from '#domain/learning';
import type { Objective } from '#domain/objective';
import type { BackendRefusal } from '#engine/learning/backend/backend';
import { summarizePerturbation, type PerturbationMeasure, type PerturbationSummary, type PerturbationTrial } from '#engine/validation/perturbation';
import type { Examination, LayerExamination } from '../stages/examine';
import type { LearnedProperty } from '../stages/learn';
import type { FaithfulnessResult, ImageMean, LearningResult, MapFaithfulness } from './case-result';

/** What was trained and how well it predicts, as reports show it. */
export function assembleLearning(
  { learning, objective }: DesignCase,
  { trained, refusedBackends }: LearnedProperty,
  trainSeconds: number,
): LearningResult {
  const judged = trained.quality.filter(({ direction }) => objective.directions.includes(direction));
  return {
    network: learning.network,
    backend: trained.backend,
    backendReason: backendReason(learning.backend, refusedBackends),
    trainSeconds,
    split: trained.split,
    networks: trained.networks,
    quality: judged.filter(({ property }) => property === objective.property),
    otherQuality: judged.filter(({ property }) => property !== objective.property),
  };
}

function backendReason(wanted: BackendChoice, refused: readonly BackendRefusal[]): string {
  if (wanted !== 'auto') return 'as the case or the command asks';
  const others = refused.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  return others === '' ? 'the best backend there is' : `the best that worked; ${others}`;
}

/** From the examination of single images to what it says of all maps. */
export function assembleFaithfulness({ images, layers, parts, perturbation }: Examination, { directions, sense }: Objective): FaithfulnessResult {
  const summary = (measure: PerturbationMeasure, ranking: number): PerturbationSummary | undefined =>
    summarizePerturbation(perturbation[measure][ranking]!.filter((trial) => trial !== undefined).filter(isKnown), sense === 'maximize' ? 1 : -1);
  return {
    images,
    maps: layers.flatMap((layer) => directions.map((direction, d) => ({ ...mapsOf(layer, d, directions.length, parts.length), direction }))),
    perturbation: [...layers.map(({ layer }) => layer), 'exact' as const].map((ranking, r) => {
      const [finiteElements, network] = [summary('finite-elements', r), summary('network', r)];
      return { ranking, ...(finiteElements && { finiteElements }), ...(network && { network }) };
    }),
    parts,
  };
}

/** Whether all its pictures have a value: without squares, a void may leave none. */
function isKnown({ whole, replaced, own, shifted }: PerturbationTrial): boolean {
  return [whole, replaced, ...[own, ...shifted].flatMap((values) => Array.from(values))].every(Number.isFinite);
}

function mapsOf({ layer, nativeEdge, correlations, randomized }: LayerExamination, d: number, directions: number, parts: number): Omit<MapFaithfulness, 'direction'> {
  /** Number `offset` of the `size` numbers of each image's map in direction d. */
  const numbers = (values: Float64Array, size: number, offset: number): ImageMean =>
    meanOverImages(values.filter((_, i) => i % (size * directions) === size * d + offset));
  return {
    layer,
    nativeResolution: nativeEdge,
    correlation: numbers(correlations, 2, 0),
    partialCorrelation: numbers(correlations, 2, 1),
    randomized: Array.from({ length: parts }, (_, p) => numbers(randomized, parts, p)),
  };
}

/** Over the numbers that there are. */
function meanOverImages(values: Float64Array): ImageMean {
  const known = values.filter((value) => !Number.isNaN(value));
  const count = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / count;
  return { mean, deviation: Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1)), count };
}
