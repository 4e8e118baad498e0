/* Stage 4: a network that predicts the objective's property, or several, from the image, in both directions. */
import type { DesignCase } from '#domain/case';
import { failure, success, type Result } from '#domain/finding';
import type { NetworkKind } from '#domain/networks';
import type { Property } from '#domain/objective';
import type { MirrorInvariance } from '#engine/grid/image-2d';
import { ensure } from '#engine/core/bug-error';
import { mirrorInvariance } from '#engine/fem/virtual-tests/mirror-invariance';
import { propertyOf, type VirtualTestResult } from '#engine/fem/virtual-test';
import type { BackendRefusal } from '#engine/learning/backend/backend';
import type { TrainedNetworks } from '#engine/learning/training/regressor';
import { decodeCheckpoint, decodeNetworks, type TrainingCheckpoint } from '#engine/learning/training/training-artifacts';
import { fewestImages, type RegressionDataset } from '#engine/learning/training/regression-dataset';
import { pretrainedFromTorch, type PretrainedWeights } from '#engine/learning/training/torch-weights';
import { artifactAs, toJson, type Artifact, type Json } from '#engine/core/artifact';
import type { ArtifactKey, ArtifactStore } from '../ports';
import type { TrainEvent, TrainInput } from '../jobs/train-job';
import { trainInTeam } from '../jobs/train-team';
import type { Stage, StageContext } from '../stage';
import { gatherImages } from '../gather-images';
import { type DatabaseImages, generate, solve } from './database';

const checkpointSlot = 'training';

/** The trained networks and how their backend was chosen. */
export interface LearnedProperty {
  readonly trained: TrainedNetworks;
  /** The same as it is stored, for jobs. */
  readonly artifact: Artifact;
  /** Better backends that were tried before the one that ran. */
  readonly refusedBackends: readonly BackendRefusal[];
}

export interface LearnInputs {
  readonly images: DatabaseImages;
  readonly tests: readonly VirtualTestResult[];
  readonly [name: string]: unknown;
}

export const learn: Stage<LearnInputs, LearnedProperty> = {
  stage: 'learn',
  version: 5,
  describe: ({ learning, database, start }) => toJson({ learning, seed: database.seed, start: describeStart(start) }),
  async run(context, { learning: settings, database, start, phases, test, plane }, { images, tests }) {
    ensure(settings !== undefined, 'a case without a network has no training');
    const weights = startingWeights(context, start, settings.network);
    if (!weights.ok) return weights;
    const pretrained = weights.value;
    const known = imagesWithLabels(tests, settings.properties);
    if (known.length < tests.length && known.length < fewestImages) {
      return failure(
        'too-few-images',
        `Only ${known.length} of ${tests.length} images have a value of all that is learned: in the others the solid carries no load along x or along y. A network needs ${fewestImages}.`,
        'Ask for more of the solid, or for families that connect, such as `cells 100% { kind network }`.',
      );
    }
    const dataset = {
      images: known.length < tests.length ? gatherImages(images.images, known) : images.images,
      labels: labelsFrom(known.map((image) => tests[image]!), settings.properties),
      mirrorInvariance: commonInvariance(settings.properties.map((property) => mirrorInvariance(phases, { kind: test, plane }, property))),
      ...(images.sources && { groups: Int32Array.from(known, (image) => images.sources!.groups[image]!) }),
    };
    const wanted = { dataset, settings, seed: database.seed, ...(pretrained && { pretrained }) };
    const kept = context.slots.get(checkpointSlot);
    let training = await trainFrom(context, wanted, kept);
    if (kept && !training.regressor.ok && training.regressor.findings.some(({ code }) => unusableCheckpoint.has(code))) {
      context.progress(0, 1, { note: 'the checkpoint of another backend or version cannot be used; training starts again' });
      training = await trainFrom(context, wanted, undefined);
    }
    const { regressor, refused } = training;
    if (!regressor.ok) return regressor;
    const { header, arrays } = regressor.value;
    return success({ header: { ...header, refusedBackends: toJson(refused) }, arrays });
  },
  read(artifact) {
    const trained = decodeNetworks(artifact);
    ensure(trained.ok, 'the store gave back a network that cannot be read');
    return {
      trained: trained.value,
      artifact,
      refusedBackends: artifactAs<{ readonly refusedBackends: readonly BackendRefusal[] }, unknown>(artifact).header.refusedBackends,
    };
  },
};

/** The networks of a training under way with their epochs, as its checkpoint has them; undefined while there is none. */
export function trainingSoFar(store: Pick<ArtifactStore, 'getCheckpoint'>, key: ArtifactKey): TrainingCheckpoint['fits'] | undefined {
  const kept = store.getCheckpoint(key, checkpointSlot);
  const checkpoint = kept && decodeCheckpoint(kept);
  return checkpoint?.ok ? checkpoint.value.fits : undefined;
}

/** Indices of the images of which a void leaves a value of every property in both directions. */
function imagesWithLabels(tests: readonly VirtualTestResult[], properties: readonly Property[]): number[] {
  return tests.flatMap((test, image) => {
    const values = properties.map((property) => propertyOf(test, property));
    return values.some(({ x, y }) => Number.isNaN(x) || Number.isNaN(y)) ? [] : [image];
  });
}

function labelsFrom(tests: readonly VirtualTestResult[], properties: readonly Property[]): RegressionDataset['labels'] {
  const labels = properties.map((property) => {
    const values = tests.map((test) => propertyOf(test, property));
    return [property, { x: Float64Array.from(values, ({ x }) => x), y: Float64Array.from(values, ({ y }) => y) }];
  });
  return Object.fromEntries(labels) as RegressionDataset['labels'];
}

/** The mirror images that keep every property. */
function commonInvariance(kept: readonly MirrorInvariance[]): MirrorInvariance {
  return { along: kept.every(({ along }) => along), across: kept.every(({ across }) => across) };
}

/** The weights before the first epoch; undefined when they are random. Findings: `weights-unreadable`, `weights-mismatch`. */
function startingWeights({ files, pretrained }: StageContext, start: DesignCase['start'], network: NetworkKind): Result<PretrainedWeights | undefined> {
  ensure((start.kind === 'case') === (pretrained !== undefined), 'the weights of another case are given where a case starts from one');
  if (start.kind !== 'file') return success(pretrained);
  const tensors = files.tensors(start.sha256);
  return tensors.ok ? pretrainedFromTorch(network, tensors.value) : tensors;
}

/** The stages that a trained network takes. */
export const stagesOfNetwork = ['generate', 'solve', 'learn'] as const;

/** What fixes the weights before the first epoch: of another case all that fixes its network, whatever its name. */
function describeStart(start: DesignCase['start']): Json {
  if (start.kind === 'random') return 'random';
  if (start.kind === 'file') return { sha256: start.sha256 };
  return [generate, solve, learn].map(({ stage, version, describe }) => ({ name: stage, version, settings: describe(start.case) }));
}

/** Codes of trainings that a checkpoint stopped, not the data. */
const unusableCheckpoint: ReadonlySet<string> = new Set(['checkpoint-foreign', 'checkpoint-unreadable']);

/** Trains, and keeps a checkpoint an epoch. */
async function trainFrom(
  { executor, slots, progress }: StageContext,
  training: Pick<TrainInput, 'dataset' | 'settings' | 'seed' | 'pretrained'>,
  resumeFrom: Artifact | undefined,
): Promise<{ readonly regressor: Result<Artifact>; readonly refused: readonly BackendRefusal[] }> {
  let refused: readonly BackendRefusal[] = [];
  let hasProgress = false;
  const onEvent = (event: TrainEvent): void => {
    if (event.kind === 'backend') refused = event.refused;
    else if (event.kind === 'epoch') slots.put(checkpointSlot, event.checkpoint);
    else {
      // The first step of a resumed training says how many came before it.
      const resumed = resumeFrom && !hasProgress ? { resumed: event.done - 1 } : {};
      hasProgress = true;
      progress(event.done, event.total, { ...resumed, ...(event.note === undefined ? {} : { note: event.note }) });
    }
  };
  return { regressor: await trainInTeam(executor, { ...training, ...(resumeFrom && { resumeFrom }) }, onEvent), refused };
}
