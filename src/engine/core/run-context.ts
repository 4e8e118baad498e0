import type { Rng } from './rng';

/** Thrown by `throwIfAborted`, caught at one boundary: the end of a run or of a worker's job. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Asked by every long computation once per row, factorization, mini-batch or step. */
export interface CancellationSignal {
  readonly aborted: boolean;
  /** Throws `Cancelled` when the run was cancelled. */
  throwIfAborted(): void;
}

/** Hears how far a computation is. */
export interface ProgressListener {
  /** `done` of `total` units are finished; `note` is a short remark such as a loss. */
  report(done: number, total: number, note?: string): void;
}

/** What every long computation gets first. It holds no settings. */
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

/** A listener that hears nothing. */
export const silentProgress: ProgressListener = {
  report() {},
};
