/* The messages beside those of LSP: their names, and what each carries. docs/protocol.md explains them. */
import type { PreviewResponse, PreviewParams } from './preview';
import type { AdoptRunsParams, CaseRenamed, ChangeResponse, ListResponse, ListParams, NamedRun, ResumeRunParams, RunChanged, RunsChanged, StartRunResponse, StartRunParams, TrustParams } from './runs';
import type { SetThresholdResponse, SetThresholdParams } from './views';
import type { SimulateResponse, SimulateParams } from './preview';
import type { ViewResponse, ViewName, ViewParams } from './views';

declare const carries: unique symbol;

/** A request of the client; the types are there for the compiler alone. */
export interface RequestMethod<Params, Response> {
  readonly method: string;
  readonly [carries]?: readonly [Params, Response];
}

/** A notification. */
export interface NotificationMethod<Params> {
  readonly method: string;
  readonly [carries]?: Params;
}

/** From the client; each is answered. */
export const requests = {
  startRun: { method: 'xdesign/startRun' } as RequestMethod<StartRunParams, StartRunResponse>,
  /** Goes on with a run that failed, was cancelled or interrupted, with the text's present settings. */
  resumeRun: { method: 'xdesign/resumeRun' } as RequestMethod<ResumeRunParams, StartRunResponse>,
  /** Answered when the run has ended; refused when no run of this server has this name. */
  cancelRun: { method: 'xdesign/cancelRun' } as RequestMethod<NamedRun, ChangeResponse>,
  /** Deletes a run that has ended from the list; stored values stay, other runs may need them. */
  deleteRun: { method: 'xdesign/deleteRun' } as RequestMethod<NamedRun, ChangeResponse>,
  /** Gives the runs of a case that is gone to another one. */
  adoptRuns: { method: 'xdesign/adoptRuns' } as RequestMethod<AdoptRunsParams, ChangeResponse>,
  list: { method: 'xdesign/list' } as RequestMethod<ListParams, ListResponse>,
  view: { method: 'xdesign/view' } as RequestMethod<ViewParams, ViewResponse>,
  /** Edits the text with `workspace/applyEdit`: one step to undo. */
  setThreshold: { method: 'xdesign/setThreshold' } as RequestMethod<SetThresholdParams, SetThresholdResponse>,
  preview: { method: 'xdesign/preview' } as RequestMethod<PreviewParams, PreviewResponse>,
  simulate: { method: 'xdesign/simulate' } as RequestMethod<SimulateParams, SimulateResponse>,
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

/** What a client may say when it initializes the server (`initializationOptions`). */
export interface InitializationOptions {
  /** False in a workspace that its user does not trust; true by default: other editors start no server there. */
  readonly trusted?: boolean;
  /** Whether a file may import files outside the workspace; false by default, and always without trust. */
  readonly importsOutsideWorkspace?: boolean;
  /** Where the code of a finding is explained; `#code` follows. */
  readonly findingsPage?: string;
}
