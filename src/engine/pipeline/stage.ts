/*
 * A stage is a pure function with a content-addressed value: its key is the SHA-256 of the stage's
 * name and version, the settings that fix it and the keys of its inputs. A value that the store has
 * is not computed again; a stage that was killed resumes from the parts it left behind.
 *
 * The function knows no store, only slots for its parts: a preview calls the same functions without any.
 */
import type { DesignCase } from '#domain/case';
import { success, type Result } from '#domain/finding';
import type { IsotropicMaterial, PhasePair } from '#domain/materials';
import type { StageProgress } from '#domain/run-state';
import { placeOf, placeText, type StagePlace } from '#domain/stages';
import { BugError } from '#engine/core/bug-error';
import type { Rng } from '#engine/core/rng';
import type { Artifact, Json } from '#engine/core/artifact';
import type { PretrainedWeights } from '#engine/learning/training/torch-weights';
import type { ArtifactKey, ArtifactStore, CaseFiles, ComputingPorts, RunPorts } from './ports';

/** The value of a stage together with the key that fixes it. */
export interface Handle<T> {
  readonly key: ArtifactKey;
  readonly value: T;
}

/** Where a stage leaves parts of a value that is not yet complete. */
export interface PartSlots {
  get(slot: string): Artifact | undefined;
  put(slot: string, part: Artifact): void;
}

/** For computations whose parts are not resumed. */
export const noSlots: PartSlots = { get: () => undefined, put: () => undefined };

/** For cases that name no file. */
export const noFiles: CaseFiles = { tensors: refuseFile, picture: refuseFile, images: refuseFile };

function refuseFile(sha256: string): never {
  throw new BugError(`no file ${sha256} is given`);
}

/** What a stage's computation receives besides problem and inputs. */
export interface StageContext extends ComputingPorts {
  readonly slots: PartSlots;
  readonly files: CaseFiles;
  /** What the network of the case ended with from which this one starts; absent when it starts otherwise. */
  readonly pretrained?: PretrainedWeights;
  /** The stream of the database's seed; stages fork it by their own labels. */
  readonly rng: Rng;
  progress(done: number, total: number, details?: Omit<StageProgress, 'done' | 'total'>): void;
}

/** Values by the names under which a stage takes them. */
export type StageInputs = { readonly [name: string]: unknown };

/** One stage: what fixes its value, how it is computed, how the value is read from its artifact. */
export interface Stage<I extends StageInputs, T> extends StagePlace {
  /** Raised whenever the same settings and inputs would give another value. */
  readonly version: number;
  /** The settings that fix the value, and nothing else. */
  describe(problem: DesignCase): Json;
  /** Fails with findings when the user or physics refuses; completed parts stay in the slots. */
  run(context: StageContext, problem: DesignCase, inputs: I): Promise<Result<Artifact>>;
  read(artifact: Artifact): T;
}

/** Takes the stage's value from the store, or computes and stores it. */
export async function runStage<I extends StageInputs, T>(
  stage: Stage<I, T>,
  problem: DesignCase,
  inputs: { readonly [N in keyof I]: Handle<I[N]> },
  ports: RunPorts,
  start: Pick<StageContext, 'rng' | 'pretrained'>,
): Promise<Result<Handle<T>>> {
  const { store, executor, signal, files } = ports;
  signal.throwIfAborted();
  const handles = Object.entries(inputs) as [string, Handle<unknown>][];
  const description = describeStage(stage, problem, Object.fromEntries(handles.map(([name, handle]) => [name, handle.key])));
  const key = store.keyOf(description);
  const place = placeOf(stage);
  ports.onStage({ ...place, key, state: 'running' });
  const stored = store.get(key);
  if (stored) {
    ports.onStage({ ...place, key, state: 'finished', reused: 'everything' });
    return success({ key, value: stage.read(stored) });
  }
  let resumed = false;
  const context: StageContext = {
    executor,
    signal,
    slots: slotsOf(store, key),
    files,
    ...start,
    progress(done, total, details) {
      resumed ||= (details?.resumed ?? 0) > 0;
      ports.onStage({ ...place, key, state: 'running', progress: { done, total, ...details } });
    },
  };
  const outcome = await stage.run(context, problem, Object.fromEntries(handles.map(([name, { value }]) => [name, value])) as I);
  if (!outcome.ok) return outcome;
  const artifact = outcome.value;
  store.put(key, artifact, { stage: placeText(stage), stageVersion: stage.version, description });
  store.deleteCheckpoints(key);
  ports.onStage({ ...place, key, state: 'finished', reused: resumed ? 'partly' : 'nothing' });
  return success({ key, value: stage.read(artifact) });
}

/** The slots of a value in a store. */
function slotsOf(store: ArtifactStore, key: ArtifactKey): PartSlots {
  return { get: (slot) => store.getCheckpoint(key, slot), put: (slot, part) => store.putCheckpoint(key, slot, part) };
}

/** What a stage's key is the hash of. The arm's name is not part of it: its settings are. */
export function describeStage<I extends StageInputs, T>(
  stage: Stage<I, T>,
  problem: DesignCase,
  inputs: { readonly [name: string]: ArtifactKey },
): Json {
  return { stage: stage.stage, version: stage.version, settings: stage.describe(problem), inputs };
}

/** What fixes a test's numbers of two phases: their constants, not their names. */
export function describePhases({ white, black }: PhasePair): Json {
  const constants = ({ youngsModulus, poissonRatio, thermalExpansion }: IsotropicMaterial): Json => [
    youngsModulus,
    poissonRatio,
    thermalExpansion ?? null,
  ];
  return { white: constants(white), black: constants(black) };
}
