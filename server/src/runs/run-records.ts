/*
 * What the server does with the records of runs: it writes those that the process of a run cannot write, watches
 * for changes by other programs, and resumes interrupted runs.
 */
import { existsSync, watch } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunStateKind } from '#domain/run-state';
import type { ResumeRunParams, StartRunResponse, StartStudyParams } from '#protocol/runs';
import { readRecord, readRecords, writeRecord, type FoundRecord } from '#runner/history/record-files';
import { newRecord, type RecordedState, type RunRecord } from '#runner/history/run-record';
import { ownIdentity } from '#runner/run-folder/process-identity';
import { allCasesOf, meaningOf, type CaseFiles } from '#server/cases/case-files';
import type { LiveRun } from './run-registry';
import { planStudy, type PlannedVariant } from './study-runs';

/** Writes the state of a run to its record, unless its own process has: while it is queued, and after a crash. Throws Node's errors of the file system. */
export function keepRecord({ run, place: { folder }, specification, until, executor, state }: LiveRun): void {
  const known = readRecord(folder, run)?.record;
  const kind = recordedState(state.kind);
  if (known && known.state === kind && kind !== 'queued') return;
  // Where an earlier attempt was computed says nothing of this one.
  const { executor: _before, ...record }: RunRecord = known ?? newRecord(run, 'editor', specification, {}, until, ownIdentity());
  writeRecord(folder, {
    ...record,
    ...(kind === 'queued' ? { process: ownIdentity() } : { ended: new Date().toISOString() }),
    ...(executor && { executor }),
    specification,
    until,
    state: kind,
    findings: 'findings' in state ? state.findings : record.findings,
  });
}

function recordedState(kind: RunStateKind): RecordedState {
  // No run of this server is interrupted while the server is alive.
  return kind === 'interrupted' ? 'failed' : kind;
}

/** Returns a function that starts to watch the records of a run folder, if it has any; further calls have no effect. */
export function createRecordWatch(onChange: (folder: string) => void): (folder: string) => void {
  const watched = new Set<string>();
  return (folder) => {
    const records = join(folder, 'runs');
    if (watched.has(folder) || !existsSync(records)) return;
    watched.add(folder);
    const watcher = watch(records, { persistent: false }, () => onChange(folder));
    // The folder is gone, or the system cannot watch more files. The list is then updated only on request.
    watcher.on('error', () => {
      watcher.close();
      watched.delete(folder);
    });
  };
}

/** Milliseconds between checks of a run whose process is still alive, and their number: after that it belongs to another editor. */
const intervalMs = 250;
const checks = 40;

/** Requests that resume runs. */
export interface Resuming {
  resumeRun(run: ResumeRunParams): Promise<StartRunResponse>;
  startStudy(study: StartStudyParams): Promise<StartRunResponse>;
}

/**
 * Resumes the interrupted runs of a file whose case is unchanged, the oldest first, and returns the responses; a study
 * that was interrupted is resumed as a whole. The process of a run whose server has ended stops by itself, but this may
 * take a moment.
 */
export async function resumeInterrupted(uri: string, files: CaseFiles, { resumeRun, startStudy }: Resuming): Promise<StartRunResponse[]> {
  const place = files.placeOf(uri);
  if (!place) return [];
  const unended = (): FoundRecord[] =>
    readRecords(place.folder).filter(
      ({ record, owner }) => record.startedBy === 'editor' && owner.file === basename(place.file) && (record.state === 'running' || record.state === 'queued'),
    );
  for (let check = 0; check < checks && unended().some(({ interrupted }) => !interrupted); check++) await sleep(intervalMs);
  const interruptedRuns = unended().filter(({ interrupted }) => interrupted).reverse();
  if (interruptedRuns.length === 0) return [];
  const contents = await files.read(uri);
  if (contents.kind === 'broken') return [];
  const records = readRecords(place.folder);
  const studies = contents.studies.map((study) => ({ study, planned: planStudy(study, place.file, records) })).filter(({ planned }) => wasUnderway(planned));
  const ofStudies = new Set(studies.flatMap(({ planned }) => planned.map(({ run }) => run)));
  const unchanged = interruptedRuns.filter(
    ({ record, owner }) => !ofStudies.has(record.run) && allCasesOf(contents).some((each) => each.case.name === owner.case && meaningOf(each) === meaningOf(record.specification)),
  );
  return Promise.all([...unchanged.map(({ record: { run } }) => resumeRun({ uri, run, wait: true })), ...studies.map(({ study: { name }, planned }) => startStudy({ uri, study: name, wait: true, ...executorOf(planned) }))]);
}

/** Where the variants of an interrupted study were computed. */
function executorOf(planned: readonly PlannedVariant[]): Pick<StartStudyParams, 'executor'> {
  const executor = planned.find(({ resumed }) => resumed?.interrupted)?.resumed?.record.executor;
  return executor ? { executor } : {};
}

/** Whether a study was interrupted: variants of it are, and each other one has finished or failed. A variant that was run alone is resumed alone. */
function wasUnderway(planned: readonly PlannedVariant[]): boolean {
  const wasPart = ({ resumed, finished }: PlannedVariant): boolean => finished === true || resumed?.interrupted === true || resumed?.record.state === 'failed';
  return planned.some(({ resumed }) => resumed?.interrupted) && planned.every(wasPart);
}
