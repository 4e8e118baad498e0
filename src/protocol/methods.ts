/* The messages in addition to LSP: their names, parameters and responses. docs/protocol.md explains them. */
import type { BatchSystem } from '#domain/run-state';
import type { ExportDataParams, ExportDataResponse } from './exports';
import type { PreviewResponse, PreviewParams } from './preview';
import type { AdoptRunsParams, CaseRenamed, ChangeResponse, ListResponse, ListParams, NamedRun, ResumeRunParams, RunChanged, RunsChanged, StartRunResponse, StartRunParams, StartStudyParams, TrustParams } from './runs';
import type { SetThresholdResponse, SetThresholdParams } from './views';
import type { SimulateResponse, SimulateParams } from './preview';
import type { ViewResponse, ViewName, ViewParams } from './views';

declare const carries: unique symbol;

/** A request of the client; the type parameters exist for the compiler only. */
export interface RequestMethod<Params, Response> {
  readonly method: string;
  readonly [carries]?: readonly [Params, Response];
}

/** A notification. */
export interface NotificationMethod<Params> {
  readonly method: string;
  readonly [carries]?: Params;
}

/** Requests of the client. */
export const requests = {
  startRun: { method: 'xdesign/startRun' } as RequestMethod<StartRunParams, StartRunResponse>,
  /** Runs the variants of a study. */
  startStudy: { method: 'xdesign/startStudy' } as RequestMethod<StartStudyParams, StartRunResponse>,
  /** Resumes a run that failed, was cancelled or interrupted, with the current settings of the file. */
  resumeRun: { method: 'xdesign/resumeRun' } as RequestMethod<ResumeRunParams, StartRunResponse>,
  /** Cancels a run; one of a study's, the study. The response arrives when it has ended; refused when the run does not belong to this server. */
  cancelRun: { method: 'xdesign/cancelRun' } as RequestMethod<NamedRun, ChangeResponse>,
  /** Deletes a run that has ended from the list; stored values are kept because other runs may need them. */
  deleteRun: { method: 'xdesign/deleteRun' } as RequestMethod<NamedRun, ChangeResponse>,
  /** Assigns the runs of a case that is gone to another case. */
  adoptRuns: { method: 'xdesign/adoptRuns' } as RequestMethod<AdoptRunsParams, ChangeResponse>,
  list: { method: 'xdesign/list' } as RequestMethod<ListParams, ListResponse>,
  view: { method: 'xdesign/view' } as RequestMethod<ViewParams, ViewResponse>,
  /** Edits the document with `workspace/applyEdit`: one undo step. */
  setThreshold: { method: 'xdesign/setThreshold' } as RequestMethod<SetThresholdParams, SetThresholdResponse>,
  preview: { method: 'xdesign/preview' } as RequestMethod<PreviewParams, PreviewResponse>,
  simulate: { method: 'xdesign/simulate' } as RequestMethod<SimulateParams, SimulateResponse>,
  exportData: { method: 'xdesign/exportData' } as RequestMethod<ExportDataParams, ExportDataResponse>,
} as const;

/** The type of the response to a view follows from its name. */
export type ViewRequest<N extends ViewName> = RequestMethod<ViewParams<N>, ViewResponse<N>>;

/** From the server, and one from the client. */
export const notifications = {
  /** From the server. */
  runChanged: { method: 'xdesign/runChanged' } as NotificationMethod<RunChanged>,
  /** From the server. */
  runsChanged: { method: 'xdesign/runsChanged' } as NotificationMethod<RunsChanged>,
  /** From the server. */
  caseRenamed: { method: 'xdesign/caseRenamed' } as NotificationMethod<CaseRenamed>,
  /** From the client. */
  trust: { method: 'xdesign/trust' } as NotificationMethod<TrustParams>,
} as const;

/** What the server says of itself in its initialization: `capabilities.experimental.xdesign`. */
export interface ServerAbilities {
  /** The batch system that its machine can submit to; absent where there is none. */
  readonly executor?: BatchSystem;
}

/** The `initializationOptions` of a client. */
export interface InitializationOptions {
  /** False in a workspace that the user does not trust; true by default, because other editors start no server there. */
  readonly trusted?: boolean;
  /** Whether a file may import files outside the workspace; false by default, and always without trust. */
  readonly importsOutsideWorkspace?: boolean;
  /** URL of the page that explains the codes of findings; `#code` is appended. */
  readonly findingsPage?: string;
}
