/*
 * All that the pipeline sees of a machine. The caller of a run brings each port, so that values, files and jobs may
 * as well be on other machines:
 *
 *   store     values by the key of what fixes them       runner/store
 *   files     what a case names by the SHA-256 of bytes  runner/case-files
 *   executor  where jobs run                             runner/jobs
 *   signal    cancels the run                            the executor's
 *   onStage   receives what happens to each stage        runner/run
 */
import type { Result } from '#domain/finding';
import type { StageEvent } from '#domain/run-state';
import type { Artifact, Json } from '#engine/core/artifact';
import type { CancellationSignal } from '#engine/core/run-context';
import type { Image2D } from '#engine/grid/image-2d';
import type { NamedTensor, UnreadTensor } from '#engine/learning/training/torch-weights';
import type { FileImages } from './file-images';
import type { JobName, JobTable } from './jobs/job-table';

export type { JobTable } from './jobs/job-table';

/** SHA-256 over stage, stage version, settings, seed and input keys, in hex. */
export type ArtifactKey = string & { readonly artifactKey: unique symbol };

/** Where results came from, stored with each value. */
export interface Provenance {
  readonly stage: string;
  readonly stageVersion: number;
  readonly description: Json;
}

/**
 * Where artifacts are kept. The engine knows this interface; the runner brings the folder.
 * A damaged artifact counts as missing: the store reports it in a warning of its own and deletes it.
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
 * Runs jobs: in this thread (tests), on worker threads, in other processes, on other machines. Inputs, events and
 * outputs are plain data: JSON with undefined members, all numbers, and typed arrays (`Artifact` has the types).
 */
export interface Executor {
  /** How many jobs run at once. */
  readonly concurrency: number;
  /**
   * Whether jobs see the memory of a `SharedArrayBuffer` in their input. Without it none is sent: a training then
   * has one member, and networks are copied. The results are the same.
   */
  readonly sharesMemory: boolean;
  /** Rejects with `Cancelled` when the run was cancelled, with the job's error otherwise. */
  run<N extends JobName>(name: N, input: JobTable[N]['input'], listener?: JobListener<N>): Promise<JobTable[N]['output']>;
}

/** Files that a case names by the SHA-256 of their bytes (hex), and images of files by that of their pixels. The runner decodes them: the engine knows no format. */
export interface CaseFiles {
  /** The arrays of a file with weights. Finding: `weights-unreadable`. */
  tensors(sha256: string): Result<readonly (NamedTensor | UnreadTensor)[]>;
  /** A cell of this resolution from a PNG file. Findings: those of images that are not such a cell, `image-…`. */
  picture(sha256: string, resolution: number, use: PictureUse): Promise<Result<Image2D<'binary'>>>;
  /** The images of a database of files. Findings: `picture-changed`, and those of the files. */
  images(sha256: string): Promise<Result<FileImages>>;
}

/** What a case makes of a PNG file: the start of an optimization, which has the resolution of the database, or a cell, which is enlarged to it by whole pixels. */
export type PictureUse = 'start' | 'cell';

/** Where jobs run, and the signal that cancels them. */
export interface ComputingPorts {
  readonly executor: Executor;
  readonly signal: CancellationSignal;
}

/** All ports of a run. */
export interface RunPorts extends ComputingPorts {
  readonly store: ArtifactStore;
  readonly files: CaseFiles;
  onStage(event: StageEvent<ArtifactKey>): void;
}
