/* What a run may be, and what it may become. */
import type { StageName, WireFinding } from './vocabulary';

/** Fixed for ever, unique in its run folder. */
export type RunId = string;

/** The state of a run of one case. */
export type RunState =
  /** Another run has the run folder; this one starts when it ends. `behind` names what it waits for, such as `process 4711`. */
  | { readonly kind: 'queued'; readonly behind?: string }
  | ({ readonly kind: 'running' } & RunProgress)
  /** Every stage up to `until` is done. Findings are warnings and remarks. */
  | { readonly kind: 'finished'; readonly until: StageName; readonly findings: readonly WireFinding[] }
  /** Refused, or its process ended by itself. What is done is kept. */
  | { readonly kind: 'failed'; readonly findings: readonly WireFinding[] }
  /** A user stopped it. What is done is kept. */
  | { readonly kind: 'cancelled' }
  /** It was killed with the process that watched it. What is done is kept. */
  | { readonly kind: 'interrupted' };

/** Where a run is. */
export interface RunProgress {
  /** Absent until the first stage has started. */
  readonly stage?: StageName;
  /** The arm that the stage serves; absent for stages of all arms. */
  readonly arm?: string;
  /** Items of the stage: images, steps of a training, patches, tests. */
  readonly done: number;
  /** 0 while it is not known. */
  readonly total: number;
  /** Items a second, over the last seconds; absent until it can be told. */
  readonly rate?: number;
  /** Until the stage is done, at that rate. */
  readonly secondsLeft?: number;
  /** What the stage says of itself, such as the loss of the last epoch. */
  readonly note?: string;
}

export type RunStateKind = RunState['kind'];

/** What each state may become. A run goes on from what is stored when it is resumed under its old name. */
export const runTransitions: Readonly<Record<RunStateKind, readonly RunStateKind[]>> = {
  queued: ['queued', 'running', 'failed', 'cancelled', 'interrupted'],
  running: ['running', 'finished', 'failed', 'cancelled', 'interrupted'],
  finished: [],
  failed: ['queued', 'running'],
  cancelled: ['queued', 'running'],
  interrupted: ['queued', 'running'],
};

/** Whether a run has the run folder or waits for it. */
export function isActive({ kind }: RunState): boolean {
  return kind === 'queued' || kind === 'running';
}

/** Whether a run can be resumed. */
export function isResumable(state: RunState): boolean {
  return !isActive(state) && runTransitions[state.kind].includes('queued');
}
