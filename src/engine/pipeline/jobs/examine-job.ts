import { mapNames, type MapIntersection } from '#domain/explanation';
import { success, type Result } from '#domain/finding';
import type { PhasePair } from '#domain/materials';
import { planOf } from '#domain/networks';
import { objectiveValue, type Objective } from '#domain/objective';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { createRng, type Rng } from '#engine/core/rng';
import { silentProgress, type CancellationSignal } from '#engine/core/run-context';
import { derivativesOf } from '#engine/fem/virtual-tests/contribution-maps';
import type { SensitivityField } from '#engine/fem/virtual-tests/solve-fields';
import { blockMeans, type Boundary, type Image2D, type MirrorInvariance } from '#engine/grid/image-2d';
import { packImages, unpackImage, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { LearningContext } from '#engine/learning/backend/backend';
import { upsample } from '#engine/learning/explanation/explain';
import { foldRegressor, predict } from '#engine/learning/training/predict';
import { networkParts, weightRandomizer } from '#engine/learning/explanation/randomize-weights';
import type { TrainedRegressor } from '#engine/learning/training/regressor';
import { decodeRegressor } from '#engine/learning/training/training-artifacts';
import { fillFromSurroundings, replaceBlocks } from '#engine/morphology/replace-blocks';
import { controlMap, imageControls, randomlyMoved } from '#engine/validation/control-maps';
import { arrangementScores, exactContributions, faithfulness, faithfulnessMeasures } from '#engine/validation/faithfulness';
import { entropyRise, giniIndex, stabilityMeasures } from '#engine/validation/map-measures';
import { propertyOf } from '#engine/fem/virtual-test';
import { rankCorrelation } from '#engine/numerics/statistics';
import type { PerturbationMeasure } from '#engine/validation/perturbation';
import type { Artifact } from '#engine/core/artifact';
import { agreedMap } from '../arms/regions';
import { perturbations, squaresAlongEdge, type PerturbationBasis } from './examined-perturbations';
import { onBackend, type JobContext } from './job-context';
import { mapStability, type Mapping, type MapsOf } from './map-stability';
import { testerFor } from './solve-job';
import { exactMaps, fieldSolverFor, nativeEdges, networkMaps, type ImageMap, type MapsByName, type MapSource, type NetworkSource } from './map-source';

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
  /** Of a network's maps. */
  readonly intersection?: MapIntersection;
  readonly phases: PhasePair;
  readonly test: VirtualTestSettings;
  /** Of the database. */
  readonly seed: number;
  /** The mirror images that have the same property: their maps should be mirrored, too. */
  readonly mirrorInvariance: MirrorInvariance;
  /** What is beyond the edges of the images. */
  readonly boundary: Boundary;
  /** Of each image, whether it is also examined for random weights and for stability. */
  readonly thorough: readonly boolean[];
}

/**
 * How faithful the maps of some images are. Arrays, image-major, of each layer or edge of squares NAME: `faithfulness/NAME`,
 * directions, then `faithfulnessSubjects`, then `faithfulnessMeasures`; `randomized/NAME`, directions, then parts of the
 * network (header `parts`): size of the rank correlation of the signed map before and after the parts up to that one lost
 * what they learned; `entropy/NAME`, directions: the rise of the entropy of the map's histogram once all parts did;
 * `stability/NAME`, directions, then `stabilityMeasures`. And `perturbation/finite-elements` and
 * `perturbation/network`, objective values of the images of `perturbations`. NaN where a map has no contrast, where an
 * image is not examined that far, and of a network where there is none, when `randomized` and `entropy` are empty; exact
 * contributions are not compared with themselves. Header: `nativeEdges`, one per layer or edge.
 */
export function examineJob(context: JobContext<number>, input: ExamineInput): Promise<Result<Artifact>> {
  const { source, images, objective } = input;
  if (source.method === 'exact') {
    const mapsOf: MapsOf = (batch, ofBatch) => Promise.resolve(success(exactMaps(context, batch, ofBatch, source, silentProgress)));
    return examineMaps(context.signal, input, exactMaps(context, images, objective, source, silentProgress), { mapsOf, boundary: source.boundary, separates: false }, undefined, context.emit);
  }
  return onBackend(context, source.backend, createRng(0), silentProgress, async (learning) => {
    const regressor = decodeRegressor(source.regressor, objective.property);
    if (!regressor.ok) return regressor;
    const folded = foldRegressor(regressor.value);
    const mapsOf: MapsOf = (batch, ofBatch) => networkMaps(learning, folded, batch, ofBatch, source);
    const maps = await mapsOf(images, objective);
    if (!maps.ok) return maps;
    const mapping: Mapping = { mapsOf, boundary: 'open', separates: folded.networks.length > 1 };
    return examineMaps(context.signal, input, maps.value, mapping, { learning, regressor: regressor.value, source }, context.emit);
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
  mapping: Mapping,
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
  const ofNames = names.map(() => ({ faithfulness: [] as number[], randomized: [] as number[], entropy: [] as number[], stability: [] as number[] }));
  const perturbation: Record<PerturbationMeasure, number[]> = { 'finite-elements': [], network: [] };
  for (let i = 0; i < images.count; i++) {
    const rng = createRng(input.seed).fork(`examine/${input.indices[i]!}`);
    const image = unpackImage(images, i);
    const thorough = input.thorough[i]!;
    const sensitivity = sensitivities[i]!;
    const own = maps.map((ofDirections) => ofDirections.map((ofImages) => ofImages[i]!));
    own.forEach((ofDirections, l) => ofNames[l]!.faithfulness.push(...faithfulnessOf(ofDirections, image, sensitivity, input, network !== undefined, rng.fork('elsewhere'))));

    const randomized = network && (await mapsAfterRandomizing(network, image, thorough, own, objective, rng.fork('weights')));
    if (randomized && !randomized.ok) return randomized;
    const stability = thorough ? await mapStability(mapping, image, own, input, rng.fork('stability')) : undefined;
    if (stability && !stability.ok) return stability;
    ofNames.forEach((numbers, l) => {
      numbers.randomized.push(...(randomized?.value[l]!.correlations ?? []));
      numbers.entropy.push(...(randomized?.value[l]!.entropyRises ?? []));
      numbers.stability.push(...(stability?.value[l] ?? new Array<number>(own[l]!.length * stabilityMeasures.length).fill(NaN)));
    });

    const variants = perturbations(perturbationBasis(own, image, unpackImage(input.donors, i), network && sensitivity, input, rng), rng);
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
      ...names.flatMap((name, l) => Object.entries(ofNames[l]!).map(([kind, numbers]) => [`${kind}/${name}`, Float64Array.from(numbers)])),
      ...Object.entries(perturbation).map(([measure, values]) => [`perturbation/${measure}`, Float64Array.from(values)]),
    ]),
  });
}

/** The exact derivatives of the property with respect to each pixel's white share, in each image. */
function sensitivitiesOf({ images, phases, test, objective: { property } }: ExamineInput): SensitivityField[] {
  const fields = fieldSolverFor(images.resolution, phases, test);
  return Array.from({ length: images.count }, (_, i) => derivativesOf(fields.solve(unpackImage(images, i)), property));
}

/** Moved copies of a map. */
const shiftedCopies = 4;

/** Directions, then subjects, then measures; `elsewhere` is the mean of several moves. Of exact contributions only their Gini index. */
function faithfulnessOf(maps: readonly ImageMap[], image: Image2D<'binary'>, sensitivity: SensitivityField, { objective: { sense, directions }, boundary }: ExamineInput, isNetwork: boolean, rng: Rng): number[] {
  return maps.flatMap(({ signed, nativeEdge }, d) => {
    const exact = isNetwork ? exactContributions(nativeEdge, image, sensitivity[directions[d]!], sense === 'maximize' ? 1 : -1) : undefined;
    const numbersOf = (map: ArrayLike<number>): number[] => {
      if (!exact) return faithfulnessMeasures.map((measure) => (measure === 'gini' ? giniIndex(Float64Array.from(map, (value) => Math.max(0, value))) : NaN));
      const found = faithfulness(map, exact);
      return faithfulnessMeasures.map((measure) => found[measure]);
    };
    const shifted = Array.from({ length: shiftedCopies }, () => numbersOf(randomlyMoved(signed, nativeEdge, rng, boundary)));
    return [
      ...numbersOf(signed),
      ...faithfulnessMeasures.map((_, m) => shifted.reduce((sum, numbers) => sum + numbers[m]!, 0) / shiftedCopies),
      ...imageControls.flatMap((control) => numbersOf(controlMap(control, image, nativeEdge, boundary))),
    ];
  });
}

/** By layer: directions, then parts of the network; and by direction after all parts. */
async function mapsAfterRandomizing(
  { learning, regressor, source }: ExaminedNetwork,
  image: Image2D<'binary'>,
  randomizes: boolean,
  own: readonly (readonly ImageMap[])[],
  objective: Objective,
  rng: Rng,
): Promise<Result<{ readonly correlations: number[]; readonly entropyRises: number[] }[]>> {
  const parts = networkParts(planOf(regressor.kind)).length;
  const numbers = own.map((ofDirections) => ({ correlations: new Array<number>(ofDirections.length * parts).fill(NaN), entropyRises: new Array<number>(ofDirections.length).fill(NaN) }));
  if (!randomizes) return success(numbers);
  const randomize = weightRandomizer(regressor, rng);
  const alone = packImages([image], image.width);
  // As it is drawn, so that maps of few positions have an entropy, too; but signed, since a random network may have no positive map.
  const drawn = ({ signed, nativeEdge }: ImageMap): Float32Array => upsample(signed, nativeEdge, image.width);
  for (let part = 0; part < parts; part++) {
    const maps = await networkMaps(learning, foldRegressor(randomize(part + 1)), alone, objective, source);
    if (!maps.ok) return maps;
    maps.value.forEach((ofDirections, l) =>
      ofDirections.forEach(([map], d) => {
        const { correlations, entropyRises } = numbers[l]!;
        // A random output may well have the other sign: the same places with the other sign are the same map.
        correlations[d * parts + part] = Math.abs(rankCorrelation(own[l]![d]!.signed, map!.signed));
        if (part === parts - 1) entropyRises[d] = entropyRise(drawn(own[l]![d]!), drawn(map!));
      }),
    );
  }
  return success(numbers);
}

function perturbationBasis(
  own: readonly (readonly ImageMap[])[],
  image: Image2D<'binary'>,
  donor: Image2D<'binary'>,
  sensitivity: SensitivityField | undefined,
  { objective: { sense, directions }, intersection, boundary }: ExamineInput,
  rng: Rng,
): PerturbationBasis {
  const exact = sensitivity && directions.map((direction) => arrangementScores(image, squaresAlongEdge, sensitivity[direction], sense === 'maximize' ? 1 : -1));
  return {
    image,
    boundary,
    replaced: {
      donor: replaceBlocks(image, donor, squaresAlongEdge, boundary),
      surroundings: fillFromSurroundings(image, squaresAlongEdge, rng.fork('surroundings'), boundary),
    },
    layers: own.map((ofDirections) => {
      const agreed = agreedMap(ofDirections, intersection);
      return blockMeans(image.width, squaresAlongEdge, (p) => (agreed.ok ? agreed.value.data[p]! : 0));
    }),
    ...(exact && { exact: exact[0]!.map((_, square) => exact.reduce((sum, ofDirection) => sum + ofDirection[square]!, 0)) }),
    controls: Object.fromEntries(imageControls.map((control) => [control, controlMap(control, image, squaresAlongEdge, boundary)])) as PerturbationBasis['controls'],
  };
}
