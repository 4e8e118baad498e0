/* What the server and the process of a run say to each other. */
import type { CaseOverrides } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { StageEvent } from '#domain/run-state';
import type { EndState, RunId } from '#domain/run-state';
import type { StageName } from '#domain/stages';
import type { CaseSpecification } from '#language/specification';
import type { ProcessIdentity } from '#runner/run-folder/process-identity';

/** To the process: first what to run, then perhaps to stop. */
export type ToRun = { readonly kind: 'run'; readonly order: RunOrder } | { readonly kind: 'cancel' };

export interface RunOrder {
  readonly run: RunId;
  readonly specification: CaseSpecification;
  readonly until: StageName;
  readonly overrides: CaseOverrides;
  /** The run folder. */
  readonly folder: string;
  /** Who the process of an earlier run under this name was: it may still be about to end. */
  readonly before?: ProcessIdentity;
}

/** From the process. The last one is `ended`, unless it is killed or falls. */
export type FromRun =
  | { readonly kind: 'stage'; readonly event: StageEvent }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'ended'; readonly status: EndState }
  | { readonly kind: 'fell'; readonly message: string; readonly stack?: string };
