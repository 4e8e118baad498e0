/* Starting, cancelling and listing runs. `uri` is always that of the specification; its run folder is next to it. */
import type { Finding } from '#domain/finding';
import type { Property } from '#domain/objective';
import type { StageStatus } from '#domain/run-state';
import type { BatchSystem, RunId, RunState } from '#domain/run-state';
import type { StageName, StagePlace } from '#domain/stages';
import type { VariantOf } from '#domain/study';

/** A case of a specification. */
export interface CaseReference {
  readonly uri: string;
  readonly case: string;
}

/** A run of a case; without `run` the last one with the requested values. */
export interface RunReference extends CaseReference {
  readonly run?: RunId;
}

export interface StartRunParams extends CaseReference {
  /** The last stage to run; without it all stages run, and the report is written. */
  readonly until?: StageName;
  /** Queue the run while another program uses the run folder, instead of refusing it with `run-folder-in-use`. */
  readonly wait?: true;
  /** Where jobs are computed; without it, on this machine. */
  readonly executor?: BatchSystem;
}

/** Runs all variants of a study, one after another in one process; runs of them that can be resumed are. */
export interface StartStudyParams {
  readonly uri: string;
  readonly study: string;
  /** As in `StartRunParams`. */
  readonly wait?: true;
  /** As in `StartRunParams`. */
  readonly executor?: BatchSystem;
}

/** One run by its name. */
export interface NamedRun {
  readonly uri: string;
  readonly run: RunId;
}

export interface ResumeRunParams extends NamedRun {
  /** As in `StartRunParams`. */
  readonly wait?: true;
}

/** `refused` means that nothing has started; the findings say why. `run` of a study is that of its first variant. */
export type StartRunResponse =
  | { readonly kind: 'started' | 'queued'; readonly run: RunId }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** One run. */
export interface RunSummary {
  readonly run: RunId;
  readonly case: string;
  readonly state: RunState;
  /** The program whose process runs, or ran, it. */
  readonly startedBy: 'editor' | 'command';
  /** Where its jobs are computed; absent for this machine. A run that is resumed is computed there again. */
  readonly executor?: BatchSystem;
  /** ISO 8601. */
  readonly started: string;
  readonly ended?: string;
  readonly until: StageName;
  /** All stages in the order of the data, with those of each arm. */
  readonly stages: readonly StageStatus[];
  /** The earliest stage whose value differs with the settings of the file; absent when all values are current. */
  readonly staleFrom?: StagePlace;
  /** The best design, once there is one. */
  readonly best?: BestSummary;
  /** The URIs of written files; absent before they are written. */
  readonly files?: ResultFiles;
}

export interface BestSummary {
  readonly property: Property;
  /** The worst of the objective's directions, SI. */
  readonly objectiveValue: number;
  readonly percentOfLimit?: number;
  readonly feasible: boolean;
  readonly beatsDatabase: boolean;
}

export interface ResultFiles {
  readonly folder: string;
  readonly report: string;
  readonly designs: string;
}

/** A case of a file, with its runs. */
export interface CaseSummary extends CaseReference {
  readonly database: string;
  /** The newest first. */
  readonly runs: readonly RunSummary[];
}

/** A study of a file, with its variants. Each variant is a case by its name: its runs are listed, viewed, cancelled and deleted like others. */
export interface StudySummary {
  readonly uri: string;
  readonly study: string;
  /** The case that it varies. */
  readonly case: string;
  /** In the order of the study; while the file has errors, those that have run, by their values. */
  readonly variants: readonly VariantSummary[];
  /** The variant whose newest finished run has the best design. */
  readonly best?: { readonly variant: string; readonly run: RunId };
  /** The URI of its report; absent before it is written. */
  readonly report?: string;
}

export interface VariantSummary extends CaseSummary {
  /** The text of each varied setting by its name. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface ListParams {
  /** Without it all specifications that the server knows are listed. */
  readonly uri?: string;
}

export interface ListResponse {
  /** Increases with every change; ignore a response with a smaller revision than the last. */
  readonly revision: number;
  readonly cases: readonly CaseSummary[];
  readonly studies: readonly StudySummary[];
  /** Runs of cases that are gone, also of variants that their study no longer has. */
  readonly others: readonly GoneCase[];
}

/** Whether the file of a case with runs is gone, or the case in it. */
export type Gone = 'file' | 'case';

/** A case with runs that no longer exists. Its runs can be viewed, resumed with their settings, deleted, and adopted by another case. */
export interface GoneCase extends CaseReference {
  readonly gone: Gone;
  /** Present for a variant: its study, and its settings at the newest run. */
  readonly variant?: Pick<VariantOf, 'study' | 'settings'>;
  /** The newest first. */
  readonly runs: readonly RunSummary[];
}

/** Assigns all runs of a case that is gone to another case in a file of the same folder. */
export interface AdoptRunsParams {
  readonly from: CaseReference;
  readonly to: CaseReference;
}

/** `done`, or why not. */
export type ChangeResponse = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** A case or its file was renamed, and its runs now belong to the new name. Without `case` all cases of the file are meant. */
export interface CaseRenamed {
  readonly from: { readonly uri: string; readonly case?: string };
  readonly to: { readonly uri: string; readonly case?: string };
  readonly revision: number;
}

/** A run has changed: its state, or a stage whose views are now available. At most ten per second. */
export interface RunChanged extends CaseReference {
  readonly run: RunId;
  /** Increases with every change of any run, across restarts of the server; ignore a message that is not newer. */
  readonly revision: number;
  readonly state: RunState;
  readonly stages: readonly StageStatus[];
}

/** Runs were added or removed, or a change of a file made runs stale or current: request the list again. */
export interface RunsChanged {
  readonly revision: number;
}

/** Whether the editor's user trusts the workspace. Without trust nothing runs and no run folder is read. */
export interface TrustParams {
  readonly trusted: boolean;
}
