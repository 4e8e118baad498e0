import type { Artifact, Json } from '#engine/core/artifact';

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
