/* The network of a case: how it was trained, and which pixels of an image matter, by the network or by the finite elements. */
import type { DesignCase } from '#domain/case';
import { cutsOf, edgeOf, intersectionOf, mapNames, type ExplainSettings, type MapName, type MapSettings, type RegionCut } from '#domain/explanation';
import { failure, success, type Result } from '#domain/finding';
import { databaseSize } from '#domain/image-files';
import type { LayerName } from '#domain/networks';
import type { Direction } from '#domain/objective';
import { agreedMap, assembleFaithfulness, assembleLearning, ensure, faithfulnessAt, gatherImages, imageBoundary, keyOfStage, mapsOfImage, mapsOfImages, propertyOf, regionFinder, rejectionMessages, stageOf, storedNativeMaps, testedImage, trainingSoFar, unpackImage, type NativeMaps, type SharedValues, type TestedImage } from '#engine/api';
import { defaultContribution, defaultEdges, explainDefaults } from '#language/entries/defaults';
import { packColumn } from '#protocol/packed';
import type { DirectionMap, HeatMapQuery, MapFaithfulness, MapRegion, TrainingCurve, TrainingOutcome } from '#protocol/views/network-views';
import { trustInMaps } from '#runner/report/faithfulness/trust';
import { view, type View, type ViewTools } from './view';
import { wireImage, wireObjective } from './wire';

/** Maps of one image, from the store or computed. */
interface MapsOfImage {
  readonly maps: NativeMaps;
  /** SI, one per direction. */
  readonly predictions?: Float64Array;
  readonly faithfulness?: readonly MapFaithfulness[];
}

const networkNeeds = ['images', 'tests', 'learned'] as const;

/**
 * The maps of any image, layer and method; maps that the run has not stored are computed. Those of a case without a network need no
 * run: its images follow from their numbers.
 */
export const heatMapView: View<'heatMap'> = {
  withoutFolder: true,
  missing(stored) {
    const name = isExact(stored.problem) ? undefined : networkNeeds.find((each) => stored.read(each) === undefined);
    return name && { stage: stageOf(name) };
  },
  async make(query, tools) {
    const { stored, executor } = tools;
    const { problem } = stored;
    const { resolution } = problem.database;
    const size = databaseSize(problem.database);
    if (!Number.isInteger(query.image) || query.image < 0 || query.image >= size) {
      return failure('no-such-image', `There is no image ${query.image}; the database has ${size}.`, `Use an index from 0 to ${size - 1}.`);
    }
    const [images, tests] = [stored.read('images'), stored.read('tests')];
    const shown = images && tests ? success({ images: gatherImages(images.images, [query.image]), test: tests[query.image]! }) : await testedImage(executor, problem, query.image);
    if (!shown.ok) return shown;
    const wanted = wantedMaps(problem, query);
    const found = storedMaps(tools, query.image, wanted) ?? (await computedMaps(tools, shown.value, wanted));
    if (!found.ok) return found;

    const { maps, predictions, faithfulness } = found.value;
    const { directions, property } = problem.objective;
    const settings = settingsOf(problem, query, wanted);
    const ofDirections = mapsOfImage(maps, 0, directions, resolution, imageBoundary(problem));
    const intersection = intersectionOf(settings);
    const agreed = agreedMap(ofDirections, intersection);
    const find = regionFinder(ofDirections, maps.layer, settings, problem.construct.smallestPatch);
    const outliers = stored.read('outliers');
    const trust = trustIn(stored, wanted);
    return success({
      objective: wireObjective(problem, tests ?? [shown.value.test]),
      count: size,
      index: query.image,
      image: wireImage(unpackImage(shown.value.images, 0)),
      ...(outliers && { outlier: outliers.includes(query.image) }),
      measured: propertyOf(shown.value.test, property),
      layer: maps.layer,
      method: wanted.method,
      ...(wanted.method === 'exact' && { contribution: wanted.contribution }),
      hasNetwork: !isExact(problem),
      nativeEdge: maps.nativeEdge,
      maps: ofDirections.map(({ direction, signed, heat: { data } }, d): DirectionMap => ({
        direction,
        native: packColumn('f32', signed),
        smooth: packColumn('f32', data),
        evidence: data.some((heat) => heat > 0),
        ...(predictions && { predicted: predictions[d]! }),
        ...(faithfulness && { faithfulness: faithfulness[d]! }),
      })),
      agreement: packColumn('f32', agreed.ok ? agreed.value.data : new Float32Array(resolution ** 2)),
      ...(intersection && { intersection }),
      ...(trust !== undefined && { trust }),
      regions: cutsOf(settings).map((cut) => regionAt(find, cut)),
    });
  },
};

function isExact({ explain }: DesignCase): boolean {
  return explain.method === 'exact';
}

/** One map of the case's own, or of another layer, edge of squares or method; a case without a network has only exact contributions. Those of a case with one are what its maps are compared with. */
function wantedMaps({ explain, database, objective }: DesignCase, query: HeatMapQuery): MapSettings {
  const edge = query.layer && edgeOf(query.layer);
  if (explain.method === 'exact') return { method: 'exact', edges: [edge ?? explain.edges[0]!], contribution: explain.contribution };
  if (query.method === 'exact') return { method: 'exact', edges: [edge ?? defaultEdges(database.resolution)[0]!], contribution: defaultContribution[objective.property] };
  const layer = query.layer === undefined || edge !== undefined ? explain.layers[0]! : (query.layer as LayerName);
  return { method: query.method ?? explain.method, layers: [layer] };
}

/** How regions follow from the wanted maps: as in the case, with the thresholds of the file. */
function settingsOf({ explain }: DesignCase, { thresholds }: HeatMapQuery, wanted: MapSettings): ExplainSettings {
  if (wanted.method === 'exact') return { ...wanted, outlierShare: explain.outlierShare, squares: explain.method === 'exact' ? explain.squares : explainDefaults.squares };
  ensure(explain.method !== 'exact', 'a case without a network has no activation maps');
  return { ...explain, ...wanted, ...(thresholds && { thresholds }) };
}

function regionAt(find: ReturnType<typeof regionFinder>, cut: RegionCut): MapRegion {
  const region = find(cut);
  return {
    ...('threshold' in cut && cut),
    ...(region.ok
      ? { kind: 'found', mask: wireImage(region.value.mask), patch: region.value.patch }
      : { kind: 'refused', reason: region.reason, message: rejectionMessages[region.reason] }),
  };
}

/** The stored maps of an explained image, if the run has this layer or edge of squares and method. */
function storedMaps({ stored }: ViewTools, image: number, wanted: MapSettings): Result<MapsOfImage> | undefined {
  const { explain, objective } = stored.problem;
  const [layer] = mapNames(wanted);
  const count = objective.directions.length;
  const [maps] = (wanted.method === explain.method && storedNativeMaps(stored, image, [layer!], count)) || [];
  if (!maps) return undefined;
  const faithfulness = wanted.method === 'exact' ? undefined : examined(stored.read('examination'), image, layer!, count);
  return success({ maps, ...(faithfulness && { faithfulness }) });
}

/** Only some of the exceptional images were examined. */
function examined(examination: SharedValues['examination'] | undefined, image: number, layer: MapName, directions: number): readonly MapFaithfulness[] | undefined {
  const place = examination?.images.indexOf(image) ?? -1;
  const ofLayer = examination?.layers.find((each) => each.layer === layer);
  if (place < 0 || !ofLayer) return undefined;
  return Array.from({ length: directions }, (_, d) => {
    const { correlation, partialCorrelation, relevanceMass } = faithfulnessAt(ofLayer, place * directions + d);
    return { correlation: known(correlation), partialCorrelation: known(partialCorrelation), relevanceMass: known(relevanceMass) };
  });
}

/** What the report says of the maps, if they are those of the case and were examined. */
function trustIn(stored: ViewTools['stored'], wanted: MapSettings): string | undefined {
  const { problem } = stored;
  const [examination, regions] = [stored.read('examination'), stored.read('regions')];
  if (wanted.method !== problem.explain.method || !examination || !regions) return undefined;
  const trusts = trustInMaps({ problem, faithfulness: assembleFaithfulness(examination, regions, problem.objective) });
  return trusts.find(({ layer }) => layer === mapNames(wanted)[0])?.sentence;
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

async function computedMaps({ stored, executor }: ViewTools, { images }: TestedImage, wanted: MapSettings): Promise<Result<MapsOfImage>> {
  const computed = await mapsOfImages(executor, images, stored.read('learned'), stored.problem, wanted);
  if (!computed.ok) return computed;
  const { layers, predictions } = computed.value;
  return success({ maps: layers[0]!, ...(predictions && { predictions }) });
}

/** The training of the network; while it is in progress, from the checkpoint of the last epoch. */
export const trainingView = view<'training', never>([], (_values, _query, { stored, store }) => {
  const { problem, keys } = stored;
  if (!problem.learning) return failure('no-network', 'The case explains by exact contributions, so it trains no network.', 'Look at the heat map, or write `explain gradram` in the file.');
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
