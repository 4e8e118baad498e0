/*
 * One run at a time in a run folder, however it is started: `run.lock` says which process runs there. The
 * lock of a process that is gone is taken over. Judging and taking happen under the folder's guard, so
 * two processes cannot both find a lock stale and both take it.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { success, type Finding, type Result } from '#domain/finding';
import { exclusively } from './folder-lock';
import { ownIdentity, stateOf, type ProcessIdentity } from './process-identity';
import { StorageError, withStorageErrors } from './storage-error';

/** A run folder that this process has for itself. */
export interface RunFolder {
  /** Lets the next run in. More calls do nothing. */
  release(): void;
}

/** What `run.lock` holds. The token distinguishes two runs of one process. */
interface Lock extends ProcessIdentity {
  readonly token: string;
  readonly since: string;
}

/**
 * Takes the run folder (the path of `.xdesign` itself), making it where there is none. Fails with
 * `run-folder-in-use` while another run has it, with `disk-full`, `folder-not-writable` or
 * `storage-failed` when the machine refuses.
 */
export function acquireRunFolder(folder: string): Result<RunFolder> {
  try {
    return withStorageErrors(folder, () => exclusively(folder, () => takeLock(folder)));
  } catch (error) {
    if (error instanceof StorageError) return { ok: false, findings: [error.finding] };
    throw error;
  }
}

/** The process that uses a run folder. */
export interface FolderHolder {
  readonly process: ProcessIdentity;
  /** `run-folder-in-use`. */
  readonly finding: Finding;
}

/** The process that uses the run folder, which is not taken; undefined when the folder is free. Throws Node's errors of the file system. */
export function holderOf(folder: string): FolderHolder | undefined {
  const path = join(folder, 'run.lock');
  const lock = readLock(path);
  const state = lock ? stateOf(lock) : 'gone';
  if (!lock || state === 'gone') return undefined;
  const finding: Finding = {
    code: 'run-folder-in-use',
    severity: 'error',
    message: `Process ${lock.processId}${state === 'elsewhere' ? ` on ${lock.host}` : ''} runs in ${resolve(folder)} since ${lock.since}.`,
    remedy:
      state === 'elsewhere'
        ? `Wait until it ends. If you know that it is gone, delete ${path} and run again.`
        : 'Wait until it ends, or end it, and run again; or choose another folder with --out.',
  };
  return { process: lock, finding };
}

function takeLock(folder: string): Result<RunFolder> {
  const holder = holderOf(folder);
  if (holder) return { ok: false, findings: [holder.finding] };
  const path = join(folder, 'run.lock');
  const lock: Lock = { ...ownIdentity(), since: new Date().toISOString(), token: crypto.randomUUID() };
  const whole = `${path}.new`;
  writeFileSync(whole, `${JSON.stringify(lock)}\n`);
  renameSync(whole, path);
  return success({ release: () => releaseLock(path, lock.token) });
}

/** Needs no guard: the lock of a running process is never taken over. */
function releaseLock(path: string, token: string): void {
  withStorageErrors(path, () => {
    if (readLock(path)?.token === token) rmSync(path);
  });
}

/** The lock's content; undefined without a file and for bytes that no run of ours left there. */
function readLock(path: string): Lock | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const lock = JSON.parse(text) as Lock | null;
    return typeof lock?.processId === 'number' && typeof lock.host === 'string' ? lock : undefined;
  } catch {
    return undefined;
  }
}
