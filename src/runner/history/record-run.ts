/* Keeps the records of runs while they go on: at their start, with each stage, at their end. */
import { placeText, propertyOf, type CaseResult, type Finding, type StageEvent, type StagePlace, type StageRecord } from '#engine/api';
import { ownIdentity } from '#runner/run-folder/process-identity';
import { withStorageErrors } from '#runner/run-folder/storage-error';
import { writeRecord } from './record-files';
import type { RecordedBest, RecordedStage, RecordedState, RunRecord } from './run-record';

/** How a run can end. */
export type EndState = Exclude<RecordedState, 'queued' | 'running'>;

export interface RunRecorder {
  /** `stages` is what the clock says of those that are done. */
  onStage(event: StageEvent, stages: readonly StageRecord[]): void;
  onFinding(finding: Finding): void;
  found(result: CaseResult): void;
  /** How it ended; `results` is the folder of what was written. Only the first call counts. */
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
    onStage({ stage, arm, state }, done) {
      if (state === 'progress') return;
      const place: StagePlace = { stage, ...(arm !== undefined && { arm }) };
      const begun = record.stages.some((each) => placeText(each) === placeText(place)) ? record.stages : [...record.stages, place];
      const timeOf = new Map<string, StageRecord>(done.map((each) => [placeText(each), each]));
      change({ stages: begun.map((each) => stageOf(each, timeOf.get(placeText(each)))) });
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

function stageOf({ stage, arm }: StagePlace, done: StageRecord | undefined): RecordedStage {
  const place = { stage, ...(arm !== undefined && { arm }) };
  return done ? { ...place, state: 'done', seconds: done.seconds, reused: done.reused } : { ...place, state: 'running' };
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
