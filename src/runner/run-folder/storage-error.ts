/*
 * What a disk or a folder refused. The store's port has no place for a result in `put`, which is
 * called deep inside a stage; so this one kind of failure travels as an error that holds its
 * finding, and the run turns it back into data where it catches cancellation too.
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Finding } from '#domain/finding';
import { busyTimeoutMs, lockHolders, networkDiskOf } from './folder-lock';

/** The machine's storage refused; `finding` is for the user. Nothing stored before is lost. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly finding: Finding;

  constructor(finding: Finding, cause: unknown) {
    super(finding.message, { cause });
    this.finding = finding;
  }
}

/** Does `action`; what storage refuses about `path` comes out as a `StorageError`, anything else as it is. */
export function withStorageErrors<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw toStorageError(error, path) ?? error;
  }
}

/** SQLite's primary result codes (the low byte of `errcode`), https://sqlite.org/rescode.html. */
export const sqliteCodes = {
  noPermission: 3, busy: 5, locked: 6, noMemory: 7, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, protocol: 15, notADatabase: 26,
} as const;

/** The primary SQLite result code of an error of node:sqlite, undefined for any other error. */
export function sqliteCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}

function toStorageError(error: unknown, path: string): StorageError | undefined {
  if (error instanceof StorageError) return error;
  const sqlite = sqliteCodeOf(error);
  const system = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
  // Every other code of SQLite is a wrong statement: a bug.
  const codes: readonly (number | undefined)[] = Object.values(sqliteCodes);
  if (system === undefined && (sqlite === undefined || !codes.includes(sqlite))) return undefined;
  const reason = (error as Error).message;

  // SQLite calls a disk full during a write FULL, but in its shared-memory file an input/output error.
  const full = sqlite === sqliteCodes.full || system === 'ENOSPC' || system === 'EDQUOT';
  if (full || (sqlite === sqliteCodes.ioError && noSpaceLeft(path))) {
    return new StorageError(
      {
        code: 'disk-full',
        severity: 'error',
        message: `The disk is full: ${path} could not be written (${reason}).`,
        remedy: 'Free disk space and run again; completed work is kept.',
      },
      error,
    );
  }
  const refusedBySqlite = sqlite === sqliteCodes.readOnly || sqlite === sqliteCodes.cannotOpen || sqlite === sqliteCodes.noPermission;
  if (refusedBySqlite || (system !== undefined && ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR'].includes(system))) {
    return new StorageError(
      {
        code: 'folder-not-writable',
        severity: 'error',
        message: `${path} cannot be written (${reason}).`,
        remedy: 'Change its permissions, or choose another folder with --out.',
      },
      error,
    );
  }
  if (sqlite === sqliteCodes.busy || sqlite === sqliteCodes.locked || sqlite === sqliteCodes.protocol) return new StorageError(storeLocked(path, reason), error);
  return new StorageError(
    {
      code: 'storage-failed',
      severity: 'error',
      message: `Reading or writing ${path} failed (${reason}).${onNetwork(path)}`,
      remedy: 'Check the disk, then run again; completed work is kept. docs/run-folders.md says where run folders may lie.',
    },
    error,
  );
}

/** Another program has kept its lock for as long as SQLite waits. */
function storeLocked(path: string, reason: string): Finding {
  const holders = lockHolders(path).map(({ processId, program, file }) => `process ${processId}${program === '' ? '' : ` (${program})`} holds ${file}`);
  const isNamed = holders.length > 0;
  return {
    code: 'store-locked',
    severity: 'error',
    message: `${path} is locked by another program (${reason}, after ${busyTimeoutMs / 1000} seconds): ${isNamed ? holders.join(', ') : 'this system does not say which'}.${onNetwork(path)}`,
    remedy: `${isNamed ? 'Wait until that program ends, or end it' : 'Close what may hold it, such as another run, a viewer of SQLite files, a backup, a virus scanner or a program that synchronizes folders'}, and run again; completed work is kept. docs/run-folders.md says where run folders may lie.`,
  };
}

/** What to know of a path on a network disk, behind a blank. */
function onNetwork(path: string): string {
  const disk = networkDiskOf(path);
  return disk === undefined ? '' : ` It lies on a network disk (${disk}), whose locks may be held by another machine or not work; choose a folder on a local disk with --out.`;
}

function noSpaceLeft(path: string): boolean {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize < 64 * 1024;
}
