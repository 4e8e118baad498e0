/*
 * The SQLite file of a store: opened, recognized or created, and renamed when it is damaged or not
 * ours. Write-ahead logging with synchronous = NORMAL: a killed process loses nothing, a power cut at
 * most the last few entries, never the file (https://sqlite.org/wal.html).
 */
import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Finding } from '#domain/finding';
import { exclusively } from '#runner/run-folder/folder-lock';
import { busyTimeoutMs } from '#runner/run-folder/folder-lock';
import { sqliteCodeOf, sqliteCodes, withStorageErrors } from '#runner/run-folder/storage-error';

/** "XDSG": written into the file's head, so that file(1) and we know whose it is. */
const applicationId = 0x58445347;
const schemaVersion = 1;

const schema = [
  // `bytes` is null where the value is large and lies in artifacts/.
  'CREATE TABLE artifact (key TEXT PRIMARY KEY, bytes BLOB, provenance TEXT NOT NULL)',
  // Large ones lie in checkpoints/ and have no row.
  'CREATE TABLE checkpoint (owner TEXT, slot TEXT, bytes BLOB NOT NULL, PRIMARY KEY (owner, slot))',
];

/** An open database, and how the file it was opened from is known again. */
export interface StoreDatabase {
  readonly connection: DatabaseSync;
  readonly inode: number;
}

/** Opens `store.sqlite` of the run folder; one that is damaged or foreign is renamed first and reported. */
export function openStoreDatabase(folder: string, maxPages: number, warn: (finding: Finding) => void): StoreDatabase {
  return exclusively(folder, () => {
    const path = join(folder, 'store.sqlite');
    for (;;) {
      const opened = tryOpen(path, `PRAGMA synchronous = NORMAL; PRAGMA max_page_count = ${maxPages}`);
      if (typeof opened !== 'string') return opened;
      renameDamaged(path, opened, warn);
    }
  });
}

/** Opens `store.sqlite` as it is; undefined where there is none, and where it is damaged or foreign, which a run is to find. */
export function openStoreReadOnlyDatabase(folder: string): StoreDatabase | undefined {
  const path = join(folder, 'store.sqlite');
  if (!existsSync(path)) return undefined;
  return exclusively(folder, () => {
    // A run may have renamed it meanwhile, and opening would create an empty one.
    const opened = existsSync(path) ? tryOpen(path, 'PRAGMA query_only = ON') : undefined;
    return typeof opened === 'string' ? undefined : opened;
  });
}

/** Renames a database that proved damaged, unless another process did so already. Closes it. */
export function renameDamagedInUse(folder: string, damaged: StoreDatabase, warn: (finding: Finding) => void): void {
  damaged.connection.close();
  exclusively(folder, () => {
    const path = join(folder, 'store.sqlite');
    if (existsSync(path) && statSync(path).ino === damaged.inode) renameDamaged(path, 'it is damaged', warn);
  });
}

/** Whether an error of node:sqlite says that the file is not a sound database. */
export function saysDamaged(error: unknown): boolean {
  const code = sqliteCodeOf(error);
  return code === sqliteCodes.corrupt || code === sqliteCodes.notADatabase;
}

/** The open database with these settings, or one clause that says why the file cannot be the store. */
function tryOpen(path: string, settings: string): StoreDatabase | string {
  const foreign = foreignHead(path);
  if (foreign !== undefined) return foreign;
  const connection = new DatabaseSync(path);
  try {
    connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    const reason = recognize(connection);
    if (reason !== undefined) {
      connection.close();
      return reason;
    }
    connection.exec(settings);
    return { connection, inode: statSync(path).ino };
  } catch (error) {
    connection.close();
    // The statements above are right, so a plain error (code 1) is the file's too: its head or tables are not sound.
    if (saysDamaged(error) || sqliteCodeOf(error) === 1) return `it is damaged (${(error as Error).message})`;
    throw error;
  }
}

/** Why the first bytes of the file cannot be those of our database; SQLite itself is lenient with some. */
function foreignHead(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if (!statSync(path).isFile()) return 'it is not a file';
  const head = Buffer.alloc(20);
  const file = openSync(path, 'r');
  const length = readSync(file, head, 0, head.length, 0);
  closeSync(file);
  if (length === 0) return undefined;
  if (length < head.length || head.toString('latin1', 0, 16) !== 'SQLite format 3\0') return 'it is not a database';
  // Bytes 18 and 19 are versions of the file format: 1 rollback journal, 2 write-ahead log.
  return head[18]! > 2 || head[19]! > 2 ? 'it is damaged (unknown file format)' : undefined;
}

/** Checks whose database it is and makes the tables of a new one; says why if it is not ours. */
function recognize(connection: DatabaseSync): string | undefined {
  const found = connection.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid').all();
  const id = pragma(connection, 'application_id');
  const version = pragma(connection, 'user_version');
  if (found.length === 0 && id === 0 && version === 0) {
    connection.exec('PRAGMA journal_mode = WAL');
    connection.exec(
      `BEGIN IMMEDIATE; ${schema.join(';')}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`,
    );
    return undefined;
  }
  if (id !== applicationId) return 'it belongs to another program';
  if (version !== schemaVersion) return `it has schema version ${version}, this XDesign uses ${schemaVersion}`;
  if (found.length !== schema.length || found.some((row, i) => row['sql'] !== schema[i])) return 'it is damaged (other tables)';
  // About a third of a second per gigabyte. Without it, values stored under an index that lost an entry would be lost.
  const integrity = pragma(connection, 'integrity_check(1)');
  return integrity === 'ok' ? undefined : `it is damaged (${String(integrity).replace(/\s+/g, ' ')})`;
}

function pragma(connection: DatabaseSync, name: string): unknown {
  return Object.values(connection.prepare(`PRAGMA ${name}`).get()!)[0];
}

/** Renames the database with its log to a free name `store.sqlite.damaged-N` and reports it. */
function renameDamaged(path: string, reason: string, warn: (finding: Finding) => void): void {
  let n = 1;
  while (existsSync(`${path}.damaged-${n}`)) n++;
  const renamed = `${path}.damaged-${n}`;
  renameSync(path, renamed);
  // The log belongs to the file next to it; a fresh database must not meet an old log.
  for (const suffix of ['-wal', '-shm', '-journal']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, renamed + suffix);
  }
  warn({
    code: 'store-damaged',
    severity: 'warning',
    message: `${path} cannot be used as the store: ${reason}. It was renamed to ${basename(renamed)}, and a new store was created.`,
    remedy: 'Its contents are recomputed when needed; delete the old file if nothing is missing.',
  });
}

/*
 * How the parts of a store reach its database: with every failure of the disk turned into a
 * `StorageError`, and with a database that proves damaged in use replaced by a fresh one.
 */

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
  /** Does `action`; when the database proves damaged, renames it and does `action` again on a fresh one. */
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
          renameDamagedInUse(folder, database, warn);
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
