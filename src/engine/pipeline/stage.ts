/*
 * A stage is a pure function with a content-addressed value: its key is the SHA-256 of the stage's
 * name and version, the settings that fix it and the keys of its inputs. A value that the store has
 * is not computed again; a stage that was killed goes on from the parts it left behind.
 */
import { success, type Result } from '#engine/core/finding';
import type { Rng } from '#engine/core/rng';
import type { CancellationSignal } from '#engine/core/run-context';
import type { Artifact, Json } from '#engine/core/artifact';
import type { PretrainedWeights } from '#engine/learning/training/pretrained-weights';
import type { ArtifactKey, ArtifactStore } from './artifact-store';
import type { DesignProblem } from './design-problem';
import type { Executor } from './executor';

/** The stages in the order of the data. */
export const stageNames = ['generate', 'solve', 'select', 'learn', 'explain', 'examine', 'construct', 'control', 'validate'] as const;
export type StageName = (typeof stageNames)[number];

/** What happens to a stage, for progress displays and timings. */
export type StageEvent =
  | { readonly stage: StageName; readonly state: 'started'; readonly key: ArtifactKey }
  | {
      readonly stage: StageName;
      readonly state: 'progress';
      readonly done: number;
      readonly total: number;
      readonly note?: string;
      /** Items that an earlier, unfinished run had left; the first progress of a stage says it. */
      readonly resumed?: number;
    }
  /** `cached`: the store had the value and nothing was computed. */
  | { readonly stage: StageName; readonly state: 'finished'; readonly key: ArtifactKey; readonly cached: boolean };

/** What a run brings from outside. */
export interface PipelinePorts {
  readonly store: ArtifactStore;
  readonly executor: Executor;
  readonly signal: CancellationSignal;
  /** The weights that the problem's `start` names; absent when it is random. */
  readonly pretrained?: PretrainedWeights;
  onStage(event: StageEvent): void;
}

/** The value of a stage together with the key that fixes it. */
export interface Handle<T> {
  readonly key: ArtifactKey;
  readonly value: T;
}

/** What a stage's computation gets beside problem and inputs. */
export interface StageContext {
  readonly ports: PipelinePorts;
  readonly key: ArtifactKey;
  /** The stream of the database's seed; stages fork it by their own labels. */
  readonly rng: Rng;
  progress(done: number, total: number, remark?: { readonly note?: string; readonly resumed?: number }): void;
}

export type StageInputs = { readonly [name: string]: Handle<unknown> };

/** One stage: what fixes its value, how it is computed, how the value is read from its artifact. */
export interface Stage<I extends StageInputs, T> {
  readonly name: StageName;
  /** Raised whenever the same settings and inputs would give another value. */
  readonly version: number;
  /** The settings that fix the value, and nothing else. */
  describe(problem: DesignProblem): Json;
  /** Fails with findings when the user or physics refuses; what is done so far stays in the store. */
  run(context: StageContext, problem: DesignProblem, inputs: I): Promise<Result<Artifact>>;
  read(artifact: Artifact): T;
}

/** Takes the stage's value from the store, or computes and stores it. */
export async function runStage<I extends StageInputs, T>(
  stage: Stage<I, T>,
  problem: DesignProblem,
  inputs: I,
  ports: PipelinePorts,
  rng: Rng,
): Promise<Result<Handle<T>>> {
  ports.signal.throwIfAborted();
  const description = describeStage(stage, problem, Object.fromEntries(Object.entries(inputs).map(([name, handle]) => [name, handle.key])));
  const key = ports.store.keyOf(description);
  ports.onStage({ stage: stage.name, state: 'started', key });
  const stored = ports.store.get(key);
  if (stored) {
    ports.onStage({ stage: stage.name, state: 'finished', key, cached: true });
    return success({ key, value: stage.read(stored) });
  }
  const outcome = await stage.run(
    {
      ports,
      key,
      rng,
      progress: (done, total, remark) => ports.onStage({ stage: stage.name, state: 'progress', done, total, ...remark }),
    },
    problem,
    inputs,
  );
  if (!outcome.ok) return outcome;
  const artifact = outcome.value;
  ports.store.put(key, artifact, { stage: stage.name, stageVersion: stage.version, description });
  ports.store.deleteCheckpoints(key);
  ports.onStage({ stage: stage.name, state: 'finished', key, cached: false });
  return success({ key, value: stage.read(artifact) });
}

/** What a stage's key is the hash of. */
export function describeStage<I extends StageInputs, T>(
  stage: Stage<I, T>,
  problem: DesignProblem,
  inputs: { readonly [name: string]: ArtifactKey },
): Json {
  return { stage: stage.name, version: stage.version, settings: stage.describe(problem), inputs };
}
