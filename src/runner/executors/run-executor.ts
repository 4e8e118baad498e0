import type { CancellationSignal, Executor } from '#engine/api';

/** The executor of one run, to be closed by whoever made it. */
export interface RunExecutor extends Executor {
  /** Aborted from `cancel` on. */
  readonly signal: CancellationSignal;
  /** Ends the run: jobs that wait are rejected with `Cancelled` at once, jobs under way soon; new ones are refused. */
  cancel(): void;
  /** Frees everything. What still runs is rejected with `Cancelled`. */
  close(): Promise<void>;
}
