/* A training on two threads through the product's own jobs, with the clock and the hold-out's R² of each epoch. */
import type { LearningSettings } from '#domain/learning';
import type { Property } from '#domain/objective';
import { createRng } from '#engine/core/rng';
import { neverAborted, silentProgress } from '#engine/core/run-context';
import { openBackend, type LearningContext } from '#engine/learning/backend/backend';
import { predict } from '#engine/learning/training/predict';
import { labelsOf, type Labels, type RegressionDataset } from '#engine/learning/training/regression-dataset';
import type { TrainedRegressor } from '#engine/learning/training/regressor';
import { decodeCheckpoint, decodeRegressor } from '#engine/learning/training/training-artifacts';
import { createTeamMemory } from '#engine/learning/training/train-regressor';
import { coefficientOfDetermination } from '#engine/numerics/statistics';
import type { Executor } from '#engine/pipeline/ports';

const members = 2;

/** What a training reached, and when it was first as good as asked for. */
export interface WatchedTraining {
  readonly settings: LearningSettings;
  readonly backend: string;
  /** Hold-out R² of the network that was kept, in x and y. */
  readonly r2: readonly number[];
  readonly seconds: number;
  readonly split: { readonly training: number; readonly holdOut: number };
  /** Images that pass through the network in an epoch. */
  readonly passesPerEpoch: number;
  readonly reached?: { readonly epoch: number; readonly seconds: number };
}

/** A network after an epoch, and when that was. */
interface WatchedEpoch {
  readonly parameters: Float32Array;
  readonly statistics: Float32Array;
  readonly seconds: number;
}

/** Trains for one property with shared directions, and looks afterwards for the first epoch whose R² reach `goal` in x and y. */
export async function trainAndWatch(
  executor: Executor,
  dataset: RegressionDataset,
  settings: LearningSettings,
  seed: number,
  wasmPath: string,
  goal?: readonly [number, number],
): Promise<WatchedTraining> {
  const shared = createTeamMemory(dataset.images.count, settings);
  const epochs: WatchedEpoch[] = [];
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const outcomes = await Promise.all(
    Array.from({ length: members }, (_, member) =>
      executor.run('train', { dataset, settings, seed, team: { member, members, shared } }, {
        onEvent(event) {
          if (event.kind !== 'epoch') return;
          const { curve, parameters, statistics } = valueOf(decodeCheckpoint(event.checkpoint)).fits.at(-1)!;
          const { epoch, trainLoss, validationLoss } = curve.at(-1)!;
          console.error(`epoch ${epoch} of ${settings.epochs}: ${elapsed().toFixed(0)} s, training loss ${trainLoss.toExponential(3)}, validation loss ${validationLoss?.toExponential(3)}`);
          epochs.push({ parameters: parameters.slice(), statistics: statistics.slice(), seconds: elapsed() });
        },
      }),
    ),
  );
  const seconds = elapsed();
  const regressor = valueOf(decodeRegressor(valueOf(outcomes[0]!)!, propertyIn(settings)));
  console.error(`${elapsed().toFixed(0)} s: R² of the hold-out ${regressor.quality.map(({ r2 }) => r2.toFixed(4)).join(', ')}`);
  const reached = goal && (await firstToReach(goal, regressor, epochs, dataset.images, labelsOf(dataset, propertyIn(settings)), wasmPath));
  return {
    settings,
    backend: regressor.backend,
    r2: regressor.quality.map(({ r2 }) => r2),
    seconds,
    split: { training: regressor.split.training.length, holdOut: regressor.split.holdOut.length },
    passesPerEpoch: 2 * regressor.split.training.length,
    ...(reached && { reached }),
  };
}

async function firstToReach(
  goal: readonly [number, number],
  regressor: TrainedRegressor,
  epochs: readonly WatchedEpoch[],
  images: RegressionDataset['images'],
  labels: Labels,
  wasmPath: string,
): Promise<{ readonly epoch: number; readonly seconds: number } | undefined> {
  const backend = valueOf(await openBackend({ backend: 'wasm', wasmPath }));
  const context: LearningContext = { signal: neverAborted, progress: silentProgress, rng: createRng(0), backend };
  for (const [e, { parameters, statistics, seconds }] of epochs.entries()) {
    const then = { ...regressor, networks: [{ ...regressor.networks[0]!, parameters, statistics }] };
    const predicted = await predict(context, then, images, regressor.split.holdOut);
    const r2 = (['x', 'y'] as const).map((direction) => coefficientOfDetermination(Float64Array.from(regressor.split.holdOut, (i) => labels[direction][i]!), predicted[direction]));
    if (r2.every((value, d) => value >= goal[d]!)) return { epoch: e + 1, seconds };
  }
  return undefined;
}

/** The same images with each other's labels: nothing is left to learn. */
export function shuffledLabels(labels: Labels): Labels {
  const order = createRng(1).fork('shuffled labels').shuffle(Int32Array.from(labels.x, (_, i) => i));
  const shuffle = (values: Float64Array): Float64Array => Float64Array.from(order, (i) => values[i]!);
  return { x: shuffle(labels.x), y: shuffle(labels.y) };
}

function propertyIn({ properties }: LearningSettings): Property {
  const [property] = properties;
  if (property === undefined || properties.length > 1) throw new Error('A watched training learns one property.');
  return property;
}

function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly findings: readonly { readonly message: string }[] }): T {
  if (result.ok) return result.value;
  throw new Error(result.findings.map(({ message }) => message).join('\n'));
}
