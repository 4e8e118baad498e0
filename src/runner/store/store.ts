/*
 * The store of a run folder (the path of `.xdesign` itself):
 *
 *   store.sqlite                 small artifacts and checkpoints, one transaction each
 *   artifacts/, checkpoints/     large ones, a file each
 *   incoming/                    files being written
 *
 * Every value carries its own name and checksum, so whatever happened to it is found out when it is
 * read: it is told, forgotten, and computed again by the caller.
 */
import { createHash } from 'node:crypto';
import type { Finding } from '#domain/finding';
import type { ArtifactKey, ArtifactStore, Json } from '#engine/api';
import { withStorageErrors } from '#runner/run-folder/storage-error';
import { createArtifactRepository, type ArtifactRepository } from './artifact-repository';
import { canonicalJson } from './canonical-json';
import { createCheckpointSlots } from './checkpoint-slots';
import { openStoreAccess, type StoreLimits } from './store-access';
import { sweepIncoming } from './whole-files';

/** SQLite is the faster file system below about a megabyte; 4 294 967 294 pages is its own limit. */
export const standardLimits: StoreLimits = { largeBytes: 1 << 20, maxPages: 4_294_967_294 };

/** The store of a run, to be closed by whoever opened it. */
export interface RunStore extends ArtifactStore, ArtifactRepository {
  close(): void;
}

/**
 * Opens or begins the store in a run folder. What was damaged is told through `warn`, here and later.
 * A full disk, a folder that cannot be written and the like are thrown as `StorageError`, here and by
 * every method; what is stored stays.
 */
export function openStore(folder: string, warn: (finding: Finding) => void, limits: StoreLimits = standardLimits): RunStore {
  const access = openStoreAccess(folder, warn, limits);
  withStorageErrors(folder, () => sweepIncoming(folder));
  return {
    keyOf: keyOfDescription,
    ...createArtifactRepository(access),
    ...createCheckpointSlots(access),
    close: () => access.close(),
  };
}

/** The key of a description, in every store the same. */
export function keyOfDescription(description: Json): ArtifactKey {
  return createHash('sha256').update(canonicalJson(description, 'refused')).digest('hex') as ArtifactKey;
}
