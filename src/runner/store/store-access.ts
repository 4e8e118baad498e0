/*
 * How the parts of a store reach its database: with every trouble of the disk turned into a
 * `StorageError`, and with a database that proves damaged in use replaced by a fresh one.
 */
import type { Finding } from '#domain/finding';
import { withStorageErrors } from '#runner/run-folder/storage-error';
import { moveDamagedAside, openStoreDatabase, saysDamaged } from './store-database';

/** What a store keeps where. */
export interface StoreLimits {
  /** Artifacts of at least so many bytes are files of their own. */
  readonly largeBytes: number;
  /** Pages of 4096 bytes that `store.sqlite` may grow to. */
  readonly maxPages: number;
}

export type SqlValue = string | Uint8Array | null;

/** What reading takes. */
export interface StoreReader {
  readonly folder: string;
  /** The first row of a query. */
  row(sql: string, ...values: SqlValue[]): { readonly [column: string]: unknown } | undefined;
}

export interface StoreAccess extends StoreReader {
  readonly limits: StoreLimits;
  warn(finding: Finding): void;
  /** Does `action`; when the database proves damaged, moves it aside and does `action` again on a fresh one. */
  guarded<T>(action: () => T): T;
  /** Does one statement as one transaction. */
  change(sql: string, ...values: SqlValue[]): void;
  close(): void;
}

/** Opens the database of a run folder. */
export function openStoreAccess(folder: string, warn: (finding: Finding) => void, limits: StoreLimits): StoreAccess {
  const open = () => openStoreDatabase(folder, limits.maxPages, warn);
  let database = withStorageErrors(folder, open);
  let isOpen = true;
  return {
    folder,
    limits,
    warn,
    guarded: (action) =>
      withStorageErrors(folder, () => {
        try {
          return action();
        } catch (error) {
          if (!saysDamaged(error)) throw error;
          isOpen = false;
          moveDamagedAside(folder, database, warn);
          database = open();
          isOpen = true;
          return action();
        }
      }),
    row: (sql, ...values) => database.connection.prepare(sql).get(...values),
    change(sql, ...values) {
      database.connection.prepare(sql).run(...values);
    },
    close() {
      // A damaged database is closed already when no fresh one could be opened in its place.
      if (isOpen) database.connection.close();
      isOpen = false;
    },
  };
}
