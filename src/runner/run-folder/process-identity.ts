/*
 * The identity of a process, by which a later one finds out whether it still runs. A process id alone is not
 * enough, because systems reuse it: where /proc has them (Linux), the boot and the clock tick at which the
 * process began are kept with it (proc_pid_stat(5), field 22).
 */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  readonly processId: number;
  readonly host: string;
  /** Boot and start tick; null where the system does not say. */
  readonly startTime: string | null;
}

/** 'elsewhere': a process of another machine, whose state cannot be queried from here. */
export type ProcessState = 'runs' | 'gone' | 'elsewhere';

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  return { processId: process.pid, host: hostname(), startTime: procEntry(process.pid)?.startTime ?? null };
}

export function isSameProcess(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return one.processId === other.processId && one.host === other.host && one.startTime === other.startTime;
}

/** Whether the very process of the identity still runs. */
export function stateOf(identity: ProcessIdentity): ProcessState {
  if (identity.host !== hostname()) return 'elsewhere';
  if (!processExists(identity.processId)) return 'gone';
  const entry = procEntry(identity.processId);
  if (entry === undefined) return 'runs';
  if (entry.ended) return 'gone';
  return identity.startTime === null || identity.startTime === entry.startTime ? 'runs' : 'gone';
}

function processExists(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** What /proc says of a process; undefined on systems without it and for processes that are gone. */
function procEntry(processId: number): { readonly startTime: string; readonly ended: boolean } | undefined {
  let stat: string;
  let boot: string;
  try {
    stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
  // The second field is the program's name in parentheses, which may itself hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Z and X: ended, and waiting for the parent to read the exit status.
  return { startTime: `${boot}/${fields[19]}`, ended: fields[0] === 'Z' || fields[0] === 'X' };
}
