/*
 * Which programs hold the files of a run folder, as far as the system says so: Linux lists the locks of all
 * processes in /proc/locks (proc_locks(5)). Elsewhere, and for a process of another machine or container, the
 * holder is unknown.
 */
import { mkdirSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Milliseconds that SQLite waits for the lock of another process. */
export const busyTimeoutMs = 10_000;

export interface LockHolder {
  readonly processId: number;
  /** The command, such as `python3 backup.py`; empty where it may not be read. */
  readonly program: string;
  /** Name of the file in the run folder. */
  readonly file: string;
}

/** Files that SQLite locks: the store, its write-ahead log with the index that processes share, and the guard. */
const lockedFiles = ['store.sqlite', 'store.sqlite-shm', 'store.sqlite-wal', 'guard'];

/** Other processes with a lock on the folder's files, one entry per process; only those that keep others from writing if there are such. */
export function lockHolders(folder: string): readonly LockHolder[] {
  const files = lockedFiles.flatMap((name) => fileAt(folder, name));
  const holders = locksOfSystem().flatMap((lock) => {
    const file = files.find((each) => each.inode === lock.inode && hasOpen(lock.processId, each));
    // 0: a process of another container, which has no number here.
    return file === undefined || lock.processId === 0 || lock.processId === process.pid ? [] : [{ ...lock, file: file.name }];
  });
  const writers = holders.filter(({ isExclusive }) => isExclusive);
  const byProcess = new Map((writers.length > 0 ? writers : holders).map((holder) => [holder.processId, holder]));
  return [...byProcess.values()].map(({ processId, file }) => ({ processId, file, program: programOf(processId) }));
}

interface LockedFile {
  readonly name: string;
  readonly device: number;
  readonly inode: number;
}

function fileAt(folder: string, name: string): LockedFile[] {
  try {
    const { dev, ino } = statSync(join(folder, name));
    return [{ name, device: dev, inode: ino }];
  } catch {
    return [];
  }
}

/** Lines such as `1: POSIX  ADVISORY  WRITE 4711 fd:01:131 120 120`; waiting ones have an arrow and hold nothing. */
function locksOfSystem(): { readonly processId: number; readonly inode: number; readonly isExclusive: boolean }[] {
  let text: string;
  try {
    text = readFileSync('/proc/locks', 'utf8');
  } catch {
    return [];
  }
  return [...text.matchAll(/^\d+: \w+ +\w+ +(READ|WRITE) +(\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /gm)].map(([, kind, processId, inode]) => ({
    processId: Number(processId), inode: Number(inode), isExclusive: kind === 'WRITE',
  }));
}

/** Whether a process has the file open, since files of two disks may share a number; true where that may not be read. */
function hasOpen(processId: number, { device, inode }: LockedFile): boolean {
  const folder = `/proc/${processId}/fd`;
  try {
    return readdirSync(folder).some((descriptor) => {
      const file = statSync(join(folder, descriptor), { throwIfNoEntry: false });
      return file?.dev === device && file.ino === inode;
    });
  } catch {
    return true;
  }
}

/** The program and, of an interpreter, its script. */
function programOf(processId: number): string {
  try {
    const [program = '', script = ''] = readFileSync(`/proc/${processId}/cmdline`, 'utf8').split('\0');
    return [basename(program), script.startsWith('-') ? '' : basename(script)].join(' ').trim();
  } catch {
    return '';
  }
}

/*
 * Short actions on a run folder that must not happen in two processes at once: judging and taking over
 * a stale lock, renaming a damaged store. The guard is SQLite's own file lock on an empty database
 * file: the operating system lets go of it when a process dies, so it can never be left behind.
 */

/** Does `action` while no other process does one in the same folder. Not to be nested. */
export function exclusively<T>(folder: string, action: () => T): T {
  mkdirSync(folder, { recursive: true });
  const guard = new DatabaseSync(join(folder, 'guard'));
  try {
    // Without a journal file the guard writes nothing, so it holds on a full disk too.
    guard.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE`);
    return action();
  } finally {
    // Closing rolls the (empty) transaction back and so releases the lock.
    guard.close();
  }
}

/** Types of file systems that other machines serve, as Linux numbers them (statfs(2), linux/magic.h). */
const names: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9P, as of WSL and virtual machines'],
  [0x786f4256, 'a shared folder of VirtualBox'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0x5346414f, 'AFS'],
]);

/** The kind of network disk that a folder lies on; undefined on a local disk and where the system does not say. */
export function networkDiskOf(folder: string, typeOf = (path: string): number => statfsSync(path).type): string | undefined {
  if (folder.startsWith('\\\\')) return 'a share of Windows';
  try {
    // Some systems give the number with a sign.
    return names.get(typeOf(folder) >>> 0);
  } catch {
    return undefined;
  }
}
