/* Starting, stopping and listing runs. `uri` is always the specification's; its run folder lies beside it. */
import type { Finding } from '#domain/finding';
import type { Property } from '#domain/objective';
import type { StageStatus } from '#domain/run-state';
import type { RunId, RunState } from '#domain/run-state';
import type { StageName, StagePlace } from '#domain/stages';

/** A case of a specification. */
export interface CaseReference {
  readonly uri: string;
  readonly case: string;
}

/** A run of a case; without `run` the last one that has what is asked for. */
export interface RunReference extends CaseReference {
  readonly run?: RunId;
}

export interface StartRunParams extends CaseReference {
  /** The last stage to run; without it all, and the report. */
  readonly until?: StageName;
  /** Wait when another program has the run folder, instead of being refused with `run-folder-in-use`. */
  readonly wait?: true;
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

/** Refused: nothing has started, and the findings say why. */
export type StartRunResponse =
  | { readonly kind: 'started' | 'queued'; readonly run: RunId }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** One run. */
export interface RunSummary {
  readonly run: RunId;
  readonly case: string;
  readonly state: RunState;
  /** Whose process runs, or ran, it: an editor's, or a command's. */
  readonly startedBy: 'editor' | 'command';
  /** ISO 8601. */
  readonly started: string;
  readonly ended?: string;
  readonly until: StageName;
  /** In the order of the data, all of them, those of each arm too. */
  readonly stages: readonly StageStatus[];
  /** The earliest stage that the text's settings would give another value for; absent when all still hold. */
  readonly staleFrom?: StagePlace;
  /** The best design, once there is one. */
  readonly best?: BestSummary;
  /** What was written, as URIs; absent while nothing is. */
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

/** A case of a text, with its runs. */
export interface CaseSummary extends CaseReference {
  readonly database: string;
  /** The newest first. */
  readonly runs: readonly RunSummary[];
}

export interface ListParams {
  /** Without it all specifications that the server knows. */
  readonly uri?: string;
}

export interface ListResponse {
  /** Grows with every change; a response with a smaller one than the last is old. */
  readonly revision: number;
  readonly cases: readonly CaseSummary[];
  /** Runs of cases that are gone. */
  readonly others: readonly GoneCase[];
}

/** What is gone of a case that has runs: the file, or the case in it. */
export type Gone = 'file' | 'case';

/** A case that has runs and is not there any more. Its runs can be looked at, resumed as they were, deleted, and given to another case. */
export interface GoneCase extends CaseReference {
  readonly gone: Gone;
  /** The newest first. */
  readonly runs: readonly RunSummary[];
}

/** All runs of a case that is gone are to be those of another case in a file of the same folder. */
export interface AdoptRunsParams {
  readonly from: CaseReference;
  readonly to: CaseReference;
}

/** `done`, or why not. */
export type ChangeResponse = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** A case has another name, or its file has, and its runs have followed. Without `case` all cases of the file are meant. */
export interface CaseRenamed {
  readonly from: { readonly uri: string; readonly case?: string };
  readonly to: { readonly uri: string; readonly case?: string };
  readonly revision: number;
}

/** A run has changed: its state, or a stage whose views can now be asked for. At most ten a second. */
export interface RunChanged extends CaseReference {
  readonly run: RunId;
  /** Grows with every change of any run, beyond the server's own life; drop what is not newer. */
  readonly revision: number;
  readonly state: RunState;
  readonly stages: readonly StageStatus[];
}

/** Runs were added or removed, or their texts changed what is stale: ask for the list again. */
export interface RunsChanged {
  readonly revision: number;
}

/** Whether the editor's user trusts the workspace. Without trust nothing runs and no run folder is read. */
export interface TrustParams {
  readonly trusted: boolean;
}
