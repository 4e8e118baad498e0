/* The network of a case: how it was trained, and which pixels of an image it finds relevant. */
import type { DesignCase } from '#domain/case';
import type { ExplainMethod } from '#domain/explanation';
import { failure, success, type Result } from '#domain/finding';
import type { LayerName } from '#domain/networks';
import type { Direction } from '#domain/objective';
import { activationMapsOf, agreement, assembleLearning, criticalRegion, gatherImages, keyOfStage, mapsOfImages, propertyOf, rejectionMessages, storedNativeMaps, trainingSoFar, unpackImage, type Image2D, type NativeMaps, type SharedValues } from '#engine/api';
import { packColumn } from '#protocol/packed';
import type { DirectionMap, MapFaithfulness, ThresholdRegion, TrainingCurve, TrainingOutcome } from '#protocol/views/network-views';
import { view, type ViewTools } from './view';
import { wireImage, wireObjective } from './wire';

type Values = Pick<SharedValues, 'images' | 'tests' | 'learned'>;

/** Maps of one image, from the store or computed. */
interface MapsOfImage {
  readonly maps: NativeMaps;
  /** SI, one per direction. */
  readonly predictions?: Float64Array;
  readonly faithfulness?: readonly MapFaithfulness[];
}

/** The maps of any image, layer and method; maps that the run has not stored are computed. */
export const heatMapView = view<'heatMap', 'images' | 'tests' | 'learned'>(['images', 'tests', 'learned'], async (values, query, tools) => {
  const { problem } = tools.stored;
  const { images } = values.images;
  if (!Number.isInteger(query.image) || query.image < 0 || query.image >= images.count) {
    return failure('no-such-image', `There is no image ${query.image}; the database has ${images.count}.`, `Use an index from 0 to ${images.count - 1}.`);
  }
  const layer = query.layer ?? problem.explain.layers[0]!;
  const method = query.method ?? problem.explain.method;
  const found = storedMaps(tools, query.image, layer, method) ?? (await computedMaps(values, tools, query.image, layer, method));
  if (!found.ok) return found;

  const { maps, predictions, faithfulness } = found.value;
  const { directions, property } = problem.objective;
  const smooth = activationMapsOf(maps, 0, directions, images.resolution);
  const agreed = agreement(smooth.map(({ map }) => map), problem.explain.intersection);
  const area = maps.nativeEdge ** 2;
  return success({
    index: query.image,
    image: wireImage(unpackImage(images, query.image)),
    outlier: tools.stored.read('outliers')?.includes(query.image) ?? false,
    measured: propertyOf(values.tests[query.image]!, property),
    layer,
    method,
    nativeEdge: maps.nativeEdge,
    maps: smooth.map(({ direction, map }, d): DirectionMap => ({
      direction,
      native: packColumn('f32', maps.maps.subarray(d * area, (d + 1) * area)),
      smooth: packColumn('f32', map.data),
      ...(predictions && { predicted: predictions[d]! }),
      ...(faithfulness && { faithfulness: faithfulness[d]! }),
    })),
    agreement: packColumn('f32', agreed.data),
    intersection: problem.explain.intersection,
    regions: (query.thresholds ?? problem.explain.thresholds).map((threshold) => regionOf(problem, agreed, threshold)),
  });
});

function regionOf({ construct }: DesignCase, agreed: Image2D<'heat'>, threshold: number): ThresholdRegion {
  const region = criticalRegion(agreed, { threshold, smallestPatch: construct.smallestPatch });
  return region.ok
    ? { threshold, kind: 'found', mask: wireImage(region.value.mask), patch: region.value.patch }
    : { threshold, kind: 'refused', reason: region.reason, message: rejectionMessages[region.reason] };
}

/** The stored maps of an explained image, if the run has this layer and method. */
function storedMaps({ stored }: ViewTools, image: number, layer: LayerName, method: ExplainMethod): Result<MapsOfImage> | undefined {
  const { explain, objective } = stored.problem;
  const count = objective.directions.length;
  const [maps] = (method === explain.method && storedNativeMaps(stored, image, [layer], count)) || [];
  if (!maps) return undefined;
  const faithfulness = examined(stored.read('examination'), image, layer, count);
  return success({ maps, ...(faithfulness && { faithfulness }) });
}

/** Only some of the exceptional images were examined. */
function examined(examination: SharedValues['examination'] | undefined, image: number, layer: LayerName, directions: number): readonly MapFaithfulness[] | undefined {
  const place = examination?.images.indexOf(image) ?? -1;
  const numbers = examination?.layers.find((each) => each.layer === layer)?.correlations;
  return place < 0 ? undefined : numbers && Array.from({ length: directions }, (_, d) => faithfulnessAt(numbers, place * directions + d));
}

function faithfulnessAt(numbers: Float64Array, map: number): MapFaithfulness {
  const [correlation, beyond] = [numbers[2 * map], numbers[2 * map + 1]].map((value) => (value === undefined || Number.isNaN(value) ? null : value));
  return { correlation: correlation!, partialCorrelation: beyond! };
}

async function computedMaps({ images, learned }: Values, { stored, executor }: ViewTools, image: number, layer: LayerName, method: ExplainMethod): Promise<Result<MapsOfImage>> {
  const computed = await mapsOfImages(executor, gatherImages(images.images, [image]), learned, stored.problem, { method, layers: [layer] });
  if (!computed.ok) return computed;
  return success({ maps: computed.value.layers[0]!, predictions: computed.value.predictions });
}

/** The training of the network; while it is in progress, from the checkpoint of the last epoch. */
export const trainingView = view<'training', never>([], (_values, _query, { stored, store }) => {
  const { problem, keys } = stored;
  const { network, epochs, directions } = problem.learning;
  const about = { objective: wireObjective(problem, stored.read('tests')), network, epochs };
  const learned = stored.read('learned');
  if (!learned) {
    const serves = (i: number): readonly Direction[] => (directions === 'shared' ? ['x', 'y'] : [(['x', 'y'] as const)[i]!]);
    const fits = trainingSoFar(store, keyOfStage(keys, { stage: 'learn' })) ?? [];
    return success({ ...about, networks: fits.map(({ bestEpoch, curve }, i): TrainingCurve => ({ serves: serves(i), bestEpoch, epochs: curve })) });
  }
  const { backend, split, networks, quality } = assembleLearning(problem, learned, 0);
  const outcome: TrainingOutcome = {
    backend,
    parameterCount: networks[0]!.parameters.length,
    trainingCount: split.training.length,
    holdOutCount: split.holdOut.length,
    quality: quality.map(({ direction, r2, mse, images, measured, predicted }) => ({
      direction,
      r2,
      mse,
      images: packColumn('i32', images),
      measured: packColumn('f32', measured),
      predicted: packColumn('f32', predicted),
    })),
  };
  return success({ ...about, networks: networks.map(({ serves, bestEpoch, curve }): TrainingCurve => ({ serves, bestEpoch, epochs: curve })), outcome });
});
