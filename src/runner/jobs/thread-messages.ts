/*
 * A flag that threads share: one 32-bit integer, 0 until it is raised. A thread in the middle of a
 * computation receives no message, but it can read memory.
 */
import { type CancellationSignal, Cancelled } from '#engine/api';
import type { JobReport } from '#runner/codec/job-codec';

/** A flag's memory. */
export type SharedFlag = Int32Array<SharedArrayBuffer>;

/** A lowered flag. */
export function createSharedFlag(): SharedFlag {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** Sets the flag for all threads. */
export function setSharedFlag(flag: SharedFlag, state: 'raised' | 'lowered'): void {
  Atomics.store(flag, 0, state === 'raised' ? 1 : 0);
  Atomics.notify(flag, 0);
}

/** Waits until the flag is raised. */
export async function raised(flag: SharedFlag): Promise<void> {
  while (Atomics.load(flag, 0) === 0) await Atomics.waitAsync(flag, 0, 0).value;
}

/** The flag in the form that the engine's computations check. */
export function signalOf(flag: SharedFlag): CancellationSignal {
  return {
    get aborted() {
      return Atomics.load(flag, 0) !== 0;
    },
    throwIfAborted() {
      if (Atomics.load(flag, 0) !== 0) throw new Cancelled('the run was cancelled');
    },
  };
}

/*
 * What the starting thread and a worker thread say to each other. One port carries it all, so events
 * arrive in order and before the result they belong to.
 */

/** What a thread starts with. */
export interface ThreadBirth {
  /** Raised when the thread's job is to stop. */
  readonly flag: SharedFlag;
  readonly tensorflowWasmPath: string;
}

/** From the worker thread, about its one job; `received`, with an event, is raised when the listener has returned. */
export type ThreadReport = JobReport & { readonly received?: SharedFlag };
