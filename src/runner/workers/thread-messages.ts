/*
 * What the starting thread and a worker thread say to each other. One port carries it all, so events
 * arrive in order and before the result they belong to.
 */
import type { PortableError } from './portable-error';
import type { SharedFlag } from './shared-signal';

/** What a thread is born with. */
export interface ThreadBirth {
  /** Raised when the thread's job is to stop. */
  readonly flag: SharedFlag;
  readonly tensorflowWasmPath: string;
}

/** To the worker thread: one job at a time. */
export interface JobOrder {
  readonly name: string;
  readonly input: unknown;
}

/** From the worker thread, about its one job. */
export type JobReport =
  /** `heard` is raised when the listener has returned. */
  | { readonly kind: 'event'; readonly event: unknown; readonly heard?: SharedFlag }
  | { readonly kind: 'result'; readonly output: unknown }
  | { readonly kind: 'failure'; readonly error: PortableError };
