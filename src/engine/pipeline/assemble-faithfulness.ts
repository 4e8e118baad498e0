/* From the examination of single images to what it says of all maps. */
import type { Objective } from '#engine/validation/objective';
import { summarizeRemoval, type RemovalSummary, type RemovalTrial } from '#engine/validation/removal-gain';
import type { RemovalMeasure } from '#engine/validation/removal';
import type { FaithfulnessResult, MapFaithfulness, ImageMean } from './case-result';
import type { Examination, LayerExamination } from './stages/examine';

export function assembleFaithfulness({ images, layers, parts, removal }: Examination, { directions, sense }: Objective): FaithfulnessResult {
  const summary = (measure: RemovalMeasure, ranking: number): RemovalSummary | undefined =>
    summarizeRemoval(removal[measure][ranking]!.filter((trial) => trial !== undefined).filter(isKnown), sense === 'maximize' ? 1 : -1);
  return {
    images,
    maps: layers.flatMap((layer) => directions.map((direction, d) => ({ ...mapsOf(layer, d, directions.length, parts.length), direction }))),
    removal: [...layers.map(({ layer }) => layer), 'exact' as const].map((ranking, r) => {
      const [finiteElements, network] = [summary('finite-elements', r), summary('network', r)];
      return { ranking, ...(finiteElements && { finiteElements }), ...(network && { network }) };
    }),
    parts,
  };
}

/** Whether all its pictures have a value: without squares, a void may leave none. */
function isKnown({ whole, refilled, own, moved }: RemovalTrial): boolean {
  return [whole, refilled, ...[own, ...moved].flatMap((values) => Array.from(values))].every(Number.isFinite);
}

function mapsOf({ layer, nativeEdge, correlations, randomized }: LayerExamination, d: number, directions: number, parts: number): Omit<MapFaithfulness, 'direction'> {
  /** Number `offset` of the `size` numbers of each image's map in direction d. */
  const numbers = (values: Float64Array, size: number, offset: number): ImageMean =>
    meanOverImages(values.filter((_, i) => i % (size * directions) === size * d + offset));
  return {
    layer,
    nativeResolution: nativeEdge,
    correlation: numbers(correlations, 2, 0),
    beyondWhiteShare: numbers(correlations, 2, 1),
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
