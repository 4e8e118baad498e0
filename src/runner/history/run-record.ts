/* The record of every run: one JSON file each in the run folder, `runs/<id>.json`. */
import { randomUUID } from 'node:crypto';
import type { CaseOverrides } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { Directional, Property } from '#domain/objective';
import type { BatchSystem, RunStateKind, StageStatus } from '#domain/run-state';
import type { StageName } from '#domain/stages';
import type { CaseSpecification } from '#language/specification/specification';
import type { ProcessIdentity } from '#runner/run-folder/process-identity';

/** Raised when a reader would have to change; `upgrade-record.ts` reads those of earlier versions. */
export const recordVersion = 6;

/** No record says that its run was interrupted: a reader finds that its process is gone. */
export type RecordedState = Exclude<RunStateKind, 'interrupted'>;

/** One run of one case. */
export interface RunRecord {
  readonly version: typeof recordVersion;
  readonly run: string;
  readonly startedBy: RunStarter;
  /** Where its jobs are computed; absent for the machine of its process. */
  readonly executor?: BatchSystem;
  /** As the file was when the run started. */
  readonly specification: CaseSpecification;
  readonly overrides: CaseOverrides;
  readonly until: StageName;
  /** The process that runs it, or waits to. */
  readonly process: ProcessIdentity;
  /** ISO 8601; when it began last, if it was resumed. */
  readonly started: string;
  readonly ended?: string;
  readonly state: RecordedState;
  /** Those that have begun, in their order. */
  readonly stages: readonly StageStatus[];
  readonly findings: readonly Finding[];
  /** There when a version of XDesign wrote it whose designs are stored in another form. */
  readonly upgraded?: true;
  /** Designs of the case's own arm, once they are tested. */
  readonly designs?: { readonly feasible: number; readonly all: number };
  readonly best?: RecordedBest;
  /** Folder of the report, tables and images; absent when none were written. */
  readonly results?: string;
}

export type RunStarter = 'editor' | 'command';

/** The first of the ranking. */
export interface RecordedBest {
  readonly property: Property;
  /** Along x and y, SI. */
  readonly measured: Directional;
  readonly objectiveValue: number;
  readonly percentOfLimit?: number;
  readonly feasible: boolean;
  readonly beatsDatabase: boolean;
}

/** A name for a new run. */
export function newRunId(): string {
  return randomUUID();
}

/** What a run is before it has begun. */
export function newRecord(
  run: string,
  startedBy: RunStarter,
  specification: CaseSpecification,
  overrides: CaseOverrides,
  until: StageName,
  process: ProcessIdentity,
): RunRecord {
  const started = new Date().toISOString();
  return { version: recordVersion, run, startedBy, specification, overrides, until, process, started, state: 'queued', stages: [], findings: [] };
}

/** What the record and the user are told of a run that ended by an internal error. */
export function runCrashed(message: string): Finding {
  return {
    code: 'run-crashed',
    severity: 'error',
    message: `The run ended by an internal error: ${message}.`,
    remedy: 'Run again: it resumes from stored results. If it fails there again, report it.',
  };
}
