/*
 * The store of a run folder (the path of `.xdesign` itself):
 *
 *   store.sqlite                 small artifacts and checkpoints, one transaction each
 *   artifacts/, checkpoints/     large ones, a file each
 *   incoming/                    files being written
 *
 * Every value carries its own name and checksum. Damage is found when the value is read: it is reported and
 * the value deleted. The caller recomputes it.
 */
import type { Finding } from '#domain/finding';
import type { Artifact, ArtifactStore } from '#engine/api';
import { withStorageErrors } from '#runner/run-folder/storage-error';
import { type ArtifactRepository, createArtifactRepository, readArtifact } from './artifact-repository';
import { keyOfDescription } from '#runner/codec/canonical-json';
import { createCheckpointSlots, readCheckpoint } from './checkpoint-slots';
import { type StoredValue, sweepIncoming } from './whole-files';
import { openStoreAccess, openStoreReadOnlyDatabase, saysDamaged, type StoreLimits, type StoreReader } from './store-database';

/** SQLite is the faster file system below about a megabyte; 4 294 967 294 pages is its own limit. */
export const standardLimits: StoreLimits = { largeBytes: 1 << 20, maxPages: 4_294_967_294 };

/** The store of a run, to be closed by the caller. */
export interface RunStore extends ArtifactStore, ArtifactRepository {
  close(): void;
}

/**
 * Opens or creates the store in a run folder. Damage is reported through `warn`, here and later.
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

/*
 * Read-only view of a store, safe while a run writes. A damaged value counts as missing and stays where it is:
 * the next run deletes and reports it.
 */

/** The reading half of a store, to be closed by the caller. */
export interface StoreView extends Pick<ArtifactStore, 'keyOf' | 'get' | 'getCheckpoint'> {
  close(): void;
}

/** Opens the store of a run folder; undefined where there is none, or none that can be used. Throws `StorageError` as a run does. */
export function openStoreReadOnly(folder: string): StoreView | undefined {
  const database = withStorageErrors(folder, () => openStoreReadOnlyDatabase(folder));
  if (!database) return undefined;
  const { connection } = database;
  const reader: StoreReader = { folder, row: (sql, ...values) => connection.prepare(sql).get(...values) };
  const read = (from: () => StoredValue): Artifact | undefined =>
    withStorageErrors(folder, () => {
      try {
        const value = from();
        return value.state === 'whole' ? value.artifact : undefined;
      } catch (error) {
        if (saysDamaged(error)) return undefined;
        throw error;
      }
    });
  return {
    keyOf: keyOfDescription,
    get: (key) => read(() => readArtifact(reader, key)),
    getCheckpoint: (owner, slot) => read(() => readCheckpoint(reader, owner, slot)),
    close: () => connection.close(),
  };
}
