/*
 * Short actions on a run folder that must not happen in two processes at once: judging and taking over
 * a stale lock, moving a damaged store aside. The guard is SQLite's own file lock on an empty database
 * file: the operating system lets go of it when a process dies, so it can never be left behind.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { busyTimeoutMs } from './storage-error';

/** Does `action` while no other process does one in the same folder. Not to be nested. */
export function exclusively<T>(folder: string, action: () => T): T {
  mkdirSync(folder, { recursive: true });
  const guard = new DatabaseSync(join(folder, 'guard'));
  try {
    // Without a journal file the guard writes nothing, so it holds on a full disk too.
    guard.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE`);
    return action();
  } finally {
    // Closing rolls the (empty) transaction back and so lets the lock go.
    guard.close();
  }
}
