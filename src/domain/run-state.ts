/* The states of a run and of its stages, and what a run reports of each stage. */
import type { Finding } from './finding';
import type { StageName, StagePlace } from './stages';

/** Permanent, unique in its run folder. */
export type RunId = string;

/** A batch system that computes the jobs of a run on other machines. */
export type BatchSystem = 'slurm';

/** The state of a run of one case. */
export type RunState =
  /** Another run uses the run folder; this one starts when it ends. `behind` names what it waits for, such as `process 4711`. */
  | { readonly kind: 'queued'; readonly behind?: string }
  | ({ readonly kind: 'running' } & RunProgress)
  /** Every stage up to `until` has finished. Findings are warnings and notices. */
  | { readonly kind: 'finished'; readonly until: StageName; readonly findings: readonly Finding[] }
  /** Refused, or its process crashed. Completed work is kept. */
  | { readonly kind: 'failed'; readonly findings: readonly Finding[] }
  /** A user stopped it. Completed work is kept. */
  | { readonly kind: 'cancelled' }
  /** It was killed with the process that watched it. Completed work is kept. */
  | { readonly kind: 'interrupted' };

/**
 * Where a run is: the stage, absent until the first one has started, and how far it is; `total` is 0 while it is not known.
 * Without a stage, `done` of `total` are images that are read from files.
 */
export interface RunProgress extends Partial<StagePlace>, Omit<StageProgress, 'resumed'> {
  /** Items per second, over the last seconds; absent until it is known. */
  readonly rate?: number;
  /** Until the stage is finished, at that rate. */
  readonly secondsLeft?: number;
}

export type RunStateKind = RunState['kind'];

/** How the process of a run ends it. A run whose process is gone without having ended it is interrupted. */
export type EndState = Extract<RunStateKind, 'finished' | 'failed' | 'cancelled'>;

/** The states that may follow each. A run that is resumed keeps its name and reuses what is stored. */
export const runTransitions: Readonly<Record<RunStateKind, readonly RunStateKind[]>> = {
  queued: ['queued', 'running', 'failed', 'cancelled', 'interrupted'],
  running: ['running', 'finished', 'failed', 'cancelled', 'interrupted'],
  finished: [],
  failed: ['queued', 'running'],
  cancelled: ['queued', 'running'],
  interrupted: ['queued', 'running'],
};

/** Whether a run uses the run folder or waits for it. */
export function isActive({ kind }: RunState): boolean {
  return kind === 'queued' || kind === 'running';
}

/** Whether a run can be resumed. */
export function isResumable(state: RunState): boolean {
  return !isActive(state) && runTransitions[state.kind].includes('queued');
}

/** How much of a stage's value came from the store. */
export type Reuse = 'nothing' | 'partly' | 'everything';

/** One stage of a run, as records, lists and the editor show it. */
export interface StageStatus extends StagePlace {
  readonly state: Extract<RunStateKind, 'queued' | 'running' | 'finished'>;
  /** Wall time in this run so far; absent while the stage is queued. */
  readonly seconds?: number;
  /** There once the stage has finished. */
  readonly reused?: Reuse;
}

/** A finished stage, as results and manifests list it. */
export interface StageRecord extends StagePlace, Required<Pick<StageStatus, 'seconds' | 'reused'>> {
  /** Wall time that its value took, in this run and in those that began it; absent where an earlier run did not keep it. */
  readonly cost?: number;
  /** Content address of its value, hex; absent for stages that keep none. */
  readonly key?: string;
}

/** How far a stage is. */
export interface StageProgress {
  /** Of `total` items: images, steps of a training, patches, tests. */
  readonly done: number;
  readonly total: number;
  /** A short note such as a loss. */
  readonly note?: string;
  /** Items that an earlier, unfinished run had left; reported with the first progress of a stage. */
  readonly resumed?: number;
}

/** What a run reports of a stage: once that it is running, then its progress, then that it has finished. */
export type StageEvent<Key extends string = string> = StagePlace & { readonly key: Key } & (
    | { readonly state: 'running'; readonly progress?: StageProgress }
    | ({ readonly state: 'finished' } & Required<Pick<StageStatus, 'reused'>>)
  );
