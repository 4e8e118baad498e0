import type { Rng } from './rng';

/** Thrown by `throwIfAborted`, caught at one boundary: the end of a run or of a worker's job. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Every long computation checks it once per row, factorization, mini-batch or step. */
export interface CancellationSignal {
  readonly aborted: boolean;
  /** Throws `Cancelled` when the run was cancelled. */
  throwIfAborted(): void;
}

/** Receives the progress of a computation. */
export interface ProgressListener {
  /** Reports that `done` of `total` items are finished; `note` is a short addition such as a loss. */
  report(done: number, total: number, note?: string): void;
}

/** The first argument of every long computation. It has no settings. */
export interface RunContext {
  readonly signal: CancellationSignal;
  readonly progress: ProgressListener;
  readonly rng: Rng;
}

/** A signal that never aborts, for tests and short computations. */
export const neverAborted: CancellationSignal = {
  aborted: false,
  throwIfAborted() {},
};

/** A listener that ignores all reports. */
export const silentProgress: ProgressListener = {
  report() {},
};
