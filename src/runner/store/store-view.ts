/*
 * A store as somebody sees who only looks: beside runs, and without changing it. What is damaged counts as
 * not there and stays where it is, for the next run to put aside and tell, which has somebody to tell it to.
 */
import type { Artifact, ArtifactStore } from '#engine/api';
import { withStorageErrors } from '#runner/run-folder/storage-error';
import { readArtifact } from './artifact-repository';
import { readCheckpoint } from './checkpoint-slots';
import type { StoredValue } from './read-value';
import { keyOfDescription } from './store';
import type { StoreReader } from './store-access';
import { openStoreReadOnlyDatabase, saysDamaged } from './store-database';

/** The reading half of a store, to be closed by whoever opened it. */
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
