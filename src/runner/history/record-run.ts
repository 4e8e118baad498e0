/* Writes the record of a run: at its start, with each stage, at its end. */
import type { Finding } from '#domain/finding';
import type { StageEvent, StageRecord, StageStatus } from '#domain/run-state';
import type { EndState } from '#domain/run-state';
import { placeOf, placeText, type StagePlace } from '#domain/stages';
import { propertyOf, type CaseResult } from '#engine/api';
import { ownIdentity } from '#runner/run-folder/process-identity';
import { withStorageErrors } from '#runner/run-folder/storage-error';
import { writeRecord } from './record-files';
import type { RecordedBest, RunRecord } from './run-record';

export interface RunRecorder {
  /** `finished` are the stages that have finished, with their times. */
  onStage(event: StageEvent, finished: readonly StageRecord[]): void;
  onFinding(finding: Finding): void;
  found(result: CaseResult): void;
  /** How it ended; `results` is the folder of the written files. Only the first call counts. */
  end(state: EndState, results?: string): void;
}

/** Takes the record over for this process. What the disk refuses is a `StorageError`, here and later. */
export function recordRun(runFolder: string, queued: RunRecord): RunRecorder {
  let record: RunRecord = { ...queued, process: ownIdentity(), started: new Date().toISOString(), state: 'running', stages: [], findings: [] };
  const change = (changes: Partial<RunRecord>): void => {
    record = { ...record, ...changes };
    withStorageErrors(runFolder, () => writeRecord(runFolder, record));
  };
  change({});
  return {
    onStage(event, finished) {
      if (event.state === 'running' && event.progress) return;
      const place = placeOf(event);
      const begun = record.stages.some((each) => placeText(each) === placeText(place)) ? record.stages : [...record.stages, place];
      const recordOf = new Map(finished.map((each) => [placeText(each), each]));
      change({ stages: begun.map((each) => statusOf(each, recordOf.get(placeText(each)))) });
    },
    onFinding: (finding) => change({ findings: [...record.findings, finding] }),
    found(result) {
      const [{ designs }] = result.arms;
      const best = bestOf(result);
      change({ designs: { feasible: designs.filter(({ feasible }) => feasible).length, all: designs.length }, ...(best && { best }) });
    },
    end(state, results) {
      if (record.ended === undefined) change({ state, ended: new Date().toISOString(), ...(results !== undefined && { results }) });
    },
  };
}

function statusOf(stage: StagePlace, finished: StageRecord | undefined): StageStatus {
  const place = placeOf(stage);
  return finished ? { ...place, state: 'finished', seconds: finished.seconds, reused: finished.reused } : { ...place, state: 'running' };
}

function bestOf({ problem: { objective }, arms: [own] }: CaseResult): RecordedBest | undefined {
  const [first] = own.designs;
  if (!first) return undefined;
  return {
    property: objective.property,
    measured: propertyOf(first.measured, objective.property),
    objectiveValue: first.objectiveValue,
    ...(first.limit && { percentOfLimit: first.limit.percent }),
    feasible: first.feasible,
    beatsDatabase: first.beatsDatabase,
  };
}
