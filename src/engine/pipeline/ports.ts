/* All that the pipeline sees of a machine: a place for values, threads for jobs, a signal that ends a run. */
import type { StageEvent } from '#domain/run-state';
import type { Artifact, Json } from '#engine/core/artifact';
import type { CancellationSignal } from '#engine/core/run-context';
import type { PretrainedWeights } from '#engine/learning/training/torch-weights';
import type { JobName, JobTable } from './jobs/job-table';

/** SHA-256 over stage, stage version, settings, seed and input keys, in hex. */
export type ArtifactKey = string & { readonly artifactKey: unique symbol };

/** Where results came from, kept beside each value. */
export interface Provenance {
  readonly stage: string;
  readonly stageVersion: number;
  readonly description: Json;
}

/**
 * Where artifacts are kept. The engine knows this interface; the runner brings the folder.
 * A damaged artifact is "not there": the store says so in a warning of its own and forgets it.
 */
export interface ArtifactStore {
  /** The key of a description: SHA-256 of its canonical JSON (names sorted). */
  keyOf(description: Json): ArtifactKey;
  get(key: ArtifactKey): Artifact | undefined;
  has(key: ArtifactKey): boolean;
  /** Atomic: after a kill the artifact is there whole or not at all. */
  put(key: ArtifactKey, artifact: Artifact, provenance: Provenance): void;
  /**
   * Slots that belong to a value not yet complete (a chunk of a stage, a training's checkpoint): may be
   * overwritten, each write atomic, gone when `deleteCheckpoints` is called for the owner.
   */
  getCheckpoint(owner: ArtifactKey, slot: string): Artifact | undefined;
  putCheckpoint(owner: ArtifactKey, slot: string, artifact: Artifact): void;
  deleteCheckpoints(owner: ArtifactKey): void;
}

/** What a caller of a job receives while it runs. */
export interface JobListener<N extends JobName> {
  /** Events the job emits before its result, in order. */
  onEvent?(event: JobTable[N]['event']): void;
}

/**
 * Runs jobs somewhere: in this thread (tests), on worker threads, later on a cluster. Inputs, events
 * and outputs are plain data that can be cloned; SharedArrayBuffers are shared, not copied.
 */
export interface Executor {
  /** How many jobs run at once. */
  readonly concurrency: number;
  /** Rejects with `Cancelled` when the run was cancelled, with the job's error otherwise. */
  run<N extends JobName>(name: N, input: JobTable[N]['input'], listener?: JobListener<N>): Promise<JobTable[N]['output']>;
}

/** Threads, and the signal that ends the work on them. */
export interface ComputingPorts {
  readonly executor: Executor;
  readonly signal: CancellationSignal;
}

/** All ports of a run. */
export interface RunPorts extends ComputingPorts {
  readonly store: ArtifactStore;
  /** The weights that the problem's `start` names; absent when it is random. */
  readonly pretrained?: PretrainedWeights;
  onStage(event: StageEvent<ArtifactKey>): void;
}
