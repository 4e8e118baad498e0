import { mapNames, type MapIntersection } from '#domain/explanation';
import { success, type Result } from '#domain/finding';
import type { PhasePair } from '#domain/materials';
import { planOf } from '#domain/networks';
import { objectiveValue, type Objective } from '#domain/objective';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { createRng, type Rng } from '#engine/core/rng';
import { silentProgress, type CancellationSignal } from '#engine/core/run-context';
import { derivativesOf } from '#engine/fem/virtual-tests/contribution-maps';
import { createFieldSolver, type SensitivityField } from '#engine/fem/virtual-tests/solve-fields';
import { blockMeans, type Image2D } from '#engine/grid/image-2d';
import { packImages, unpackImage, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { agreement } from '#engine/construction/critical-region';
import type { LearningContext } from '#engine/learning/backend/backend';
import { rectified } from '#engine/learning/explanation/explain';
import { foldRegressor, predict } from '#engine/learning/training/predict';
import { networkParts, weightRandomizer } from '#engine/learning/explanation/randomize-weights';
import type { TrainedRegressor } from '#engine/learning/training/regressor';
import { decodeRegressor } from '#engine/learning/training/training-artifacts';
import { replaceBlocks } from '#engine/morphology/replace-blocks';
import { arrangementScores, faithfulness } from '#engine/validation/faithfulness';
import { propertyOf } from '#engine/fem/virtual-test';
import { rankCorrelation } from '#engine/numerics/statistics';
import { shiftedRanking, rankingOf, perturbedImages, replacedShares } from '#engine/validation/perturbation';
import type { Artifact } from '#engine/core/artifact';
import { onBackend, type JobContext } from './job-context';
import { testerFor } from './solve-job';
import { exactMaps, nativeEdges, networkMaps, type ImageMap, type MapsByName, type MapSource, type NetworkSource } from './map-source';

/** Squares along an edge that deletion and insertion replace. */
export const squaresAlongEdge = 8;

/** Images whose maps are examined. */
export interface ExamineInput {
  readonly images: MicrostructureBatch;
  /** Their indices in the database, which fix their random streams. */
  readonly indices: readonly number[];
  /** For each image another one, whose blocks replace those that are removed. */
  readonly donors: MicrostructureBatch;
  /** A network from `encodeNetworks`, or the test of the finite elements. */
  readonly source: MapSource<Artifact>;
  readonly objective: Objective;
  readonly intersection: MapIntersection;
  readonly phases: PhasePair;
  readonly test: VirtualTestSettings;
  /** Of the database. */
  readonly seed: number;
  /** Of each image, whether the network's weights are re-randomized for it. */
  readonly randomizes: readonly boolean[];
  /** How often each ranking is shifted elsewhere. */
  readonly shifts: number;
}

/**
 * How faithful the maps of some images are. Arrays, image-major: `correlations/LAYER`, directions, then the
 * two numbers of `Faithfulness`; `randomized/LAYER`, directions, then parts of the network (header `parts`):
 * size of the rank correlation of the signed map before and after the parts up to that one lost what they
 * learned, none without a network; `perturbation/finite-elements` and `perturbation/network`, objective values of the image, of the replaced
 * image, then rankings (the layers', then that of the finite elements), own before shifted, deletion before
 * insertion. NaN where a map has no contrast, where no weights were re-randomized, and of a network where there is none; exact
 * contributions are not compared with themselves. Header: `nativeEdges`, one per layer or scale.
 */
export function examineJob(context: JobContext<number>, input: ExamineInput): Promise<Result<Artifact>> {
  const { source, images, objective } = input;
  if (source.method === 'exact') return examineMaps(context.signal, input, exactMaps(context, images, objective, source, silentProgress), undefined, context.emit);
  return onBackend(context, source.backend, createRng(0), silentProgress, async (learning) => {
    const regressor = decodeRegressor(source.regressor, objective.property);
    if (!regressor.ok) return regressor;
    const maps = await networkMaps(learning, foldRegressor(regressor.value), images, objective, source);
    return maps.ok ? examineMaps(context.signal, input, maps.value, { learning, regressor: regressor.value, source }, context.emit) : maps;
  });
}

/** The network whose maps are examined. */
interface ExaminedNetwork {
  readonly learning: LearningContext;
  readonly regressor: TrainedRegressor;
  readonly source: NetworkSource<Artifact>;
}

async function examineMaps(
  signal: CancellationSignal,
  input: ExamineInput,
  maps: MapsByName,
  network: ExaminedNetwork | undefined,
  emit: (examined: number) => void,
): Promise<Result<Artifact>> {
  const { images, objective, phases, test } = input;
  const names = mapNames(input.source);
  // One after the other: for large images either takes much memory.
  const sensitivities = sensitivitiesOf(input);
  const tester = testerFor(images.resolution, phases, test);
  const byFiniteElements = (image: Image2D<'binary'>): number => {
    signal.throwIfAborted();
    return objectiveValue(objective, propertyOf(tester.run(image), objective.property));
  };
  const correlations: number[][] = names.map(() => []);
  const randomized: number[][] = names.map(() => []);
  const perturbation: Record<'finite-elements' | 'network', number[]> = { 'finite-elements': [], network: [] };
  for (let i = 0; i < images.count; i++) {
    const rng = createRng(input.seed).fork(`examine/${input.indices[i]!}`);
    const image = unpackImage(images, i);
    const sensitivity = sensitivities[i]!;
    const own = maps.map((ofDirections) => ofDirections.map((ofImages) => ofImages[i]!));
    own.forEach((ofDirections, l) => correlations[l]!.push(...(network ? correlationsOf(ofDirections, image, sensitivity, objective) : ofDirections.flatMap(() => [NaN, NaN]))));

    if (network) {
      const left = await mapsAfterRandomizing(network, image, input.randomizes[i]!, own, objective, rng.fork('weights'));
      if (!left.ok) return left;
      left.value.forEach((numbers, l) => randomized[l]!.push(...numbers));
    }

    const variants = variantsOf(own, image, unpackImage(input.donors, i), sensitivity, input, rng);
    const there = variants.filter((variant) => variant !== undefined);
    const predicted = network && (await predict(network.learning, network.regressor, packImages(there, images.resolution)));
    let next = 0;
    for (const variant of variants) {
      perturbation['finite-elements'].push(variant ? byFiniteElements(variant) : NaN);
      perturbation.network.push(variant && predicted ? objectiveValue(objective, { x: predicted.x[next]!, y: predicted.y[next++]! }) : NaN);
    }
    emit(i + 1);
  }
  return success({
    header: { nativeEdges: nativeEdges(maps), parts: network ? networkParts(planOf(network.regressor.kind)) : [] },
    arrays: Object.fromEntries([
      ...names.flatMap((layer, l) => [
        [`correlations/${layer}`, Float64Array.from(correlations[l]!)],
        [`randomized/${layer}`, Float64Array.from(randomized[l]!)],
      ]),
      ...Object.entries(perturbation).map(([measure, values]) => [`perturbation/${measure}`, Float64Array.from(values)]),
    ]),
  });
}

/** The exact derivatives of the property with respect to each pixel's white share, in each image. */
function sensitivitiesOf({ images, phases, test, objective: { property } }: ExamineInput): SensitivityField[] {
  const fields = createFieldSolver(images.resolution, phases, test);
  return Array.from({ length: images.count }, (_, i) => derivativesOf(fields.solve(unpackImage(images, i)), property));
}

/** Directions, then the two numbers of `Faithfulness`. */
function correlationsOf(maps: readonly ImageMap[], image: Image2D<'binary'>, sensitivity: SensitivityField, { sense, directions }: Objective): number[] {
  return maps.flatMap(({ signed, nativeEdge }, d) => {
    const found = faithfulness(rectified(signed), nativeEdge, image, sensitivity[directions[d]!], sense === 'maximize' ? 1 : -1);
    return [found.correlation, found.partialCorrelation];
  });
}

/** By layer: directions, then parts of the network. */
async function mapsAfterRandomizing(
  { learning, regressor, source }: ExaminedNetwork,
  image: Image2D<'binary'>,
  randomizes: boolean,
  own: readonly (readonly ImageMap[])[],
  objective: Objective,
  rng: Rng,
): Promise<Result<number[][]>> {
  const parts = networkParts(planOf(regressor.kind)).length;
  const numbers = own.map((ofDirections) => new Array<number>(ofDirections.length * parts).fill(NaN));
  if (!randomizes) return success(numbers);
  const randomize = weightRandomizer(regressor, rng);
  const alone = packImages([image], image.width);
  for (let part = 0; part < parts; part++) {
    const maps = await networkMaps(learning, foldRegressor(randomize(part + 1)), alone, objective, source);
    if (!maps.ok) return maps;
    maps.value.forEach((ofDirections, l) =>
      ofDirections.forEach(([map], d) => {
        // A random output may well have the other sign: the same places with the other sign are the same map.
        numbers[l]![d * parts + part] = Math.abs(rankCorrelation(own[l]![d]!.signed, map!.signed));
      }),
    );
  }
  return success(numbers);
}

/** The variants of `perturbation/…` in their order; undefined where a map ranks nothing. */
function variantsOf(
  own: readonly (readonly ImageMap[])[],
  image: Image2D<'binary'>,
  donor: Image2D<'binary'>,
  sensitivity: SensitivityField,
  { objective: { sense, directions }, intersection, shifts }: ExamineInput,
  rng: Rng,
): (Image2D<'binary'> | undefined)[] {
  const replaced = replaceBlocks(image, donor, squaresAlongEdge);
  const exact = directions.map((direction) => arrangementScores(image, squaresAlongEdge, sensitivity[direction], sense === 'maximize' ? 1 : -1));
  const scores = [
    ...own.map((ofDirections) => {
      const { data } = agreement(ofDirections.map(({ heat }) => heat), intersection);
      return blockMeans(image.width, squaresAlongEdge, (p) => data[p]!);
    }),
    exact[0]!.map((_, square) => exact.reduce((sum, ofDirection) => sum + ofDirection[square]!, 0)),
  ];
  const ways = scores.flatMap((ofSquares, which) => {
    const stream = rng.fork(`ranking/${which}`);
    const ranking = rankingOf(ofSquares, stream);
    if (ranking === undefined) return new Array<undefined>((1 + shifts) * 2 * replacedShares.length).fill(undefined);
    const shifted = Array.from({ length: shifts }, () => shiftedRanking(ranking, squaresAlongEdge, stream));
    return [ranking, ...shifted].flatMap((order) => perturbedImages(image, replaced, order));
  });
  return [image, replaced, ...ways];
}
