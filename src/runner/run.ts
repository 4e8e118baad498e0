/*
 * A user's run: the cases of a specification, one after another, in one run folder. Whatever ends it
 * early (a refusal, Ctrl-C, a full disk) leaves completed work in the store, from which the next run resumes.
 */
import { join } from 'node:path';
import type { CaseOverrides } from '#domain/case';
import { hasErrors, success, type Finding } from '#domain/finding';
import type { BatchSystem, EndState, StageRecord } from '#domain/run-state';
import { type StageName, stageNames } from '#domain/stages';
import { assembleCaseResult, Cancelled, runCase, type CaseResult, type CaseValues } from '#engine/api';
import type { CaseSpecification, StudySpecification } from '#language/specification/specification';
import type { RunExecutor } from './jobs/thread-executor';
import { recordRun, type RunRecorder } from './history/record-run';
import { newRecord, newRunId, runCrashed, type RunStarter } from './history/run-record';
import type { ReportProvenance } from './report/manifest';
import { writeReport, type WrittenCase } from './report/write-report';
import { caseFiles, checkFiles } from './case-files';
import { idleOverrides } from './idle-overrides';
import { createImageLibrary, fileDatabases, withImages, type ImageLibrary } from './images/image-library';
import { pretrainedFor } from './pretrained-for';
import { refuseWorkers } from './estimate/refuse-memory';
import { createStageClock, type RunListener } from './stage-clock';
import { ownIdentity } from './run-folder/process-identity';
import { acquireRunFolder } from './run-folder/run-folder';
import { StorageError, withStorageErrors } from './run-folder/storage-error';
import { openStore, type RunStore } from './store/store';
import { refuseOverrides } from './study/refusals';
import { compareRegions } from './study/regions-over-seeds';
import { collectStudy, type StudyResult } from './study/study-result';
import { writeStudy } from './study/write-study';
import { resolveCase, type RunFiles } from './weights/pretrained-file';

export type { RunListener } from './stage-clock';

/** What to run and where. */
export interface RunRequest {
  readonly cases: readonly CaseSpecification[];
  /** The study whose variants, all of them, the cases are: one that is refused is a row of its table, and the others still run. */
  readonly study?: StudySpecification;
  /** Names of variants that an earlier run of the study has finished: their results are only read, without another record. */
  readonly finished?: ReadonlySet<string>;
  readonly overrides: CaseOverrides;
  /** Names of the cases' runs in the history of the folder, in their order; made up where there is none. */
  readonly runIds?: readonly (string | undefined)[];
  readonly startedBy: RunStarter;
  readonly executor?: BatchSystem; // what the records say of where jobs are computed
  /** Stop after this stage; without it the run goes to the reports. */
  readonly until?: StageName;
  /** The run folder: store and results. */
  readonly folder: string;
  /** Makes the executor of the run, which closes it. Jobs elsewhere may read values by their keys from the store. */
  readonly createExecutor: (store: RunStore) => RunExecutor;
  /** Where the files are that the cases name. */
  readonly files: RunFiles;
  /** What the reports say of the run as a whole. */
  readonly provenance: ReportProvenance;
}

/** A request whose databases of files have been read. */
interface ReadyRequest extends RunRequest {
  readonly library: ImageLibrary;
}

/** One case as far as the run computed it. */
export interface CaseOutcome {
  readonly name: string;
  readonly values: CaseValues;
  readonly stages: readonly StageRecord[];
  /** Present when every stage is done. */
  readonly result?: CaseResult;
  /** Where its tables and images are; absent when the run was stopped before they were written. */
  readonly written?: WrittenCase;
}

export interface RunOutcome {
  readonly status: EndState;
  /** Without those of a study, whose values are not kept. */
  readonly cases: readonly CaseOutcome[];
  /** What a study found; absent where it was stopped. */
  readonly study?: StudyResult;
  /** Path of the report: of the one case, of all that were done before one was refused, or of the study. */
  readonly report?: string;
}

/**
 * Reason of an abort that no user requested, as when the process that watched a run is gone: the record still says
 * that the run is running, so readers count it as interrupted, and it can be resumed.
 */
export const interruption = Symbol('interruption');

/**
 * Runs the cases; weights that they start from are checked before anything is computed. Refusals go
 * to the listener as findings; bugs are thrown.
 */
export async function run(request: RunRequest, listener: RunListener, abort: AbortSignal): Promise<RunOutcome> {
  const folder = acquireRunFolder(request.folder);
  if (!folder.ok) {
    folder.findings.forEach(listener.onFinding);
    return { status: 'failed', cases: [] };
  }
  const cases: CaseOutcome[] = [];
  const recorders: RunRecorder[] = [];
  try {
    return await runInFolder(request, listener, abort, cases, recorders);
  } catch (error) {
    if (error instanceof Cancelled) {
      if (abort.reason !== interruption) endRecords(recorders, 'cancelled');
      return { status: 'cancelled', cases };
    }
    endRecords(recorders, 'failed', findingOf(error));
    if (!(error instanceof StorageError)) throw error;
    listener.onFinding(error.finding);
    return { status: 'failed', cases };
  } finally {
    folder.value.release();
  }
}

/** What the user reads of an error that ends a run. */
function findingOf(error: unknown): Finding {
  if (error instanceof StorageError) return error.finding;
  return runCrashed(error instanceof Error ? error.message : String(error));
}

/** Ends the records that have not ended. A disk that refuses the record too has been reported already: the run then counts as interrupted. */
function endRecords(recorders: readonly RunRecorder[], state: EndState, finding?: Finding): void {
  try {
    for (const recorder of recorders) {
      if (finding) recorder.onFinding(finding);
      recorder.end(state);
    }
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}

async function runInFolder(
  written: RunRequest,
  listener: RunListener,
  abort: AbortSignal,
  cases: CaseOutcome[],
  recorders: RunRecorder[],
): Promise<RunOutcome> {
  const library = createImageLibrary({ runFolder: written.folder, isShared: fileDatabases(written.cases, written.overrides).length > 1, signal: abort, progress: (done, total) => listener.onReading?.(done, total) });
  const ofOptions = [...(written.study ? refuseOverrides(written.study, written.overrides) : []), ...idleOverrides(written.cases, written.overrides)];
  const ofFiles = [...ofOptions, ...(hasErrors(ofOptions) ? [] : await checkFiles(written.cases, written.files, library, written.overrides))];
  const request: ReadyRequest = { ...written, cases: withImages(written.cases, library, written.overrides), library };
  if (hasErrors(ofFiles)) {
    recorders.push(...request.cases.map((_, i) => beginRecord(request, i)));
    for (const finding of ofFiles) [listener, ...recorders].forEach((each) => each.onFinding(finding));
    recorders.forEach((recorder) => recorder.end('failed'));
    return { status: 'failed', cases };
  }
  ofFiles.forEach(listener.onFinding);
  const store = openStore(request.folder, listener.onFinding);
  const executor = request.createExecutor(store);
  const cancel = (): void => executor.cancel(abort.reason === interruption ? 'interrupted' : 'requested');
  abort.addEventListener('abort', cancel);
  if (abort.aborted) cancel();
  try {
    if (request.study) return await runStudy(request, request.study, listener, recorders, store, executor);
    let status: RunOutcome['status'] = 'finished';
    for (const [i, specification] of request.cases.entries()) {
      const recorder = beginRecord(request, i);
      recorders.push(recorder);
      const outcome = await runOneCase(specification, request, withRecorder(listener, recorder), recorder, store, executor);
      if (!outcome) {
        recorder.end('failed');
        status = 'failed';
        break;
      }
      cases.push(outcome);
    }
    const results = cases.flatMap(({ result }) => result ?? []);
    if (results.length === 0) {
      recorders.forEach((recorder) => recorder.end('finished'));
      return { status, cases };
    }
    const folder = join(request.folder, 'results');
    const { report, cases: written } = withStorageErrors(folder, () => writeReport(folder, results, request.provenance));
    recorders.forEach((recorder, i) => recorder.end('finished', written[i]?.folder));
    return { status, cases: cases.map((each, i) => ({ ...each, written: written[i]! })), report };
  } finally {
    abort.removeEventListener('abort', cancel);
    await executor.close();
    store.close();
  }
}

/**
 * The variants of a study, one after another. Each leaves its results as soon as it is done; then only its summary is kept. Fails when
 * every variant is refused.
 */
async function runStudy(
  request: ReadyRequest,
  study: StudySpecification,
  listener: RunListener,
  recorders: RunRecorder[],
  store: RunStore,
  executor: RunExecutor,
): Promise<RunOutcome> {
  const folder = join(request.folder, 'results');
  const collected = collectStudy();
  const regionsAgain = compareRegions(executor);
  let results = 0;
  let refused = 0;
  for (const [i, specification] of request.cases.entries()) {
    const isFinished = request.finished?.has(specification.case.name) === true;
    const recorder = isFinished ? noRecord : beginRecord(request, i);
    recorders.push(recorder);
    const findings: Finding[] = [];
    const heard = withRecorder(isFinished ? silence : listener, { onFinding: (finding) => (findings.push(finding), recorder.onFinding(finding)) });
    const outcome = await runOneCase(specification, request, heard, recorder, store, executor);
    const { result } = outcome ?? {};
    if (!outcome) refused++;
    if (result) results++;
    const written = result && !isFinished ? withStorageErrors(folder, () => writeReport(folder, [result], request.provenance)).cases[0]! : undefined;
    const again = outcome && result ? await regionsAgain(specification.variant?.settings ?? {}, result.problem, outcome.values) : [];
    collected.add(specification, findings, outcome?.stages ?? [], result, again);
    const state = outcome ? 'finished' : 'failed';
    recorder.end(state, written?.folder);
    if (!isFinished) listener.onVariantEnd?.(state);
  }
  const status = refused === request.cases.length ? 'failed' : 'finished';
  if (results + refused < request.cases.length) return { status, cases: [] };
  const { name, case: varied, settings } = study;
  const result: StudyResult = { name, case: varied, settings, objective: request.cases[0]!.case.objective, variants: collected.variants() };
  return { status, cases: [], study: result, report: withStorageErrors(folder, () => writeStudy(folder, result, request.provenance)) };
}

/** For a variant that has a record and whose findings were reported when it ran. */
const noRecord: RunRecorder = { onStage: () => {}, onFinding: () => {}, found: () => {}, end: () => {} };
const silence: RunListener = { onCase: () => {}, onStage: () => {}, onFinding: () => {} };

function beginRecord({ folder, cases, overrides, runIds, startedBy, executor, until = 'validate' }: RunRequest, i: number): RunRecorder {
  return recordRun(folder, { ...newRecord(runIds?.[i] ?? newRunId(), startedBy, cases[i]!, overrides, until, ownIdentity()), ...(executor && { executor }) });
}

/** The findings of one case go to its record too. */
function withRecorder(listener: RunListener, recorder: Pick<RunRecorder, 'onFinding'>): RunListener {
  return {
    ...listener,
    onFinding(finding) {
      recorder.onFinding(finding);
      listener.onFinding(finding);
    },
  };
}

async function runOneCase(
  specification: CaseSpecification,
  request: ReadyRequest,
  listener: RunListener,
  recorder: RunRecorder,
  store: RunStore,
  executor: RunExecutor,
): Promise<CaseOutcome | undefined> {
  const problem = resolveCase(specification.case, request.overrides, request.files);
  const reaches = (stage: StageName): boolean => stageNames.indexOf(request.until ?? 'validate') >= stageNames.indexOf(stage);
  const refused = refuseWorkers(problem, executor.concurrency, executor.memory, reaches('construct'));
  if (refused) {
    listener.onFinding(refused);
    return undefined;
  }
  const pretrained = reaches('learn') ? await pretrainedFor(specification.case, { ...request, store, executor, listener }) : success(undefined);
  if (!pretrained.ok) {
    pretrained.findings.forEach(listener.onFinding);
    return undefined;
  }
  listener.onCase(specification.case.name);
  const clock = createStageClock(store);
  const outcome = await runCase(
    problem,
    {
      store,
      executor,
      signal: executor.signal,
      files: caseFiles(request.files, request.library),
      onStage(event) {
        clock.onStage(event);
        recorder.onStage(event, clock.records());
        listener.onStage(event);
      },
    },
    request.until,
    pretrained.value,
  );
  if (!outcome.ok) {
    outcome.findings.forEach(listener.onFinding);
    return undefined;
  }
  // Result and report, where there are any, take as much memory as the jobs before them.
  if (reaches('validate')) await executor.release();
  const stages = clock.records();
  const result = assembleCaseResult(problem, outcome.value, { stages, secondsOf: clock.secondsOf });
  result?.findings.forEach(listener.onFinding);
  if (result) recorder.found(result);
  return { name: problem.name, values: outcome.value, stages, ...(result && { result }) };
}

