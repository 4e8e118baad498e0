/*
 * The results of runs for language features, available without waiting: cached responses of the views process, and
 * the active runs. Results that are not cached yet are requested, and listeners are called when they arrive.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { URI } from 'langium';
import { readingTerms } from '#display/stages';
import { placeText } from '#domain/stages';
import type { CaseSpecification } from '#language/specification/specification';
import { caseFolderName } from '#runner/report/result-files';
import type { LastResult, LastResults } from '../last-results';
import type { ViewsProcess } from '#server/views/views-process';
import { meaningOf } from '#server/cases/case-files';
import type { LiveRun } from './run-registry';
import { createThrottle } from './throttle';

/** The sources of results; available after `connect`. */
export interface ResultSources {
  readonly views: Pick<ViewsProcess, 'request'>;
  readonly live: () => readonly LiveRun[];
  readonly mayRun: () => boolean;
  /** Called with a file whose results have changed. */
  readonly onResponse: (uri: string) => void;
  readonly onError: (error: Error) => void;
}

export interface ResultCache extends LastResults {
  connect(sources: ResultSources): void;
  /** Requests the results of all cases of a file again: one of its runs has ended. */
  refresh(uri: string): void;
  /** A run has progressed; listeners are called at most once per second. */
  runChanged(): void;
}

interface Known {
  readonly specification: CaseSpecification;
  /** The settings that were requested, by `meaningOf`. */
  readonly meaning: string;
  readonly result?: LastResult;
}

/** Milliseconds over which requests are batched, and between two calls of listeners about active runs. */
const batchMs = 200;
const throttleMs = 1000;

export function createResultCache(): ResultCache {
  let sources: ResultSources | undefined;
  const listeners: (() => void)[] = [];
  /** By file, then by case. */
  const known = new Map<string, Map<string, Known>>();
  const wanted = new Set<string>();

  const notify = (): void => listeners.forEach((listener) => listener());
  const notifyThrottled = createThrottle<undefined>(throttleMs, notify);
  const flush = createThrottle<undefined>(batchMs, () => {
    for (const uri of wanted) if (sources) load(uri, sources).catch(sources.onError);
    wanted.clear();
  });
  const want = (uri: string): void => {
    wanted.add(uri);
    setTimeout(() => flush.offer(undefined), batchMs).unref();
  };

  const load = async (uri: string, { views, mayRun, onResponse }: ResultSources): Promise<void> => {
    const cases = known.get(uri);
    const file = URI.parse(uri).fsPath;
    if (!cases || !mayRun()) return;
    const loaded = [...cases.values()];
    const responses = await views.request('lastResults', { folder: folderOf(file), file, cases: loaded.map(({ specification }) => specification) });
    let changed = false;
    for (const { specification: { case: { name } }, meaning } of loaded) {
      const now = cases.get(name)!;
      const result = responses[name];
      changed ||= JSON.stringify(now.result) !== JSON.stringify(result);
      cases.set(name, { specification: now.specification, meaning: now.meaning, ...(result && { result }) });
      // The case was edited in the meantime: its results are requested again.
      if (now.meaning !== meaning) want(uri);
    }
    if (!changed) return;
    onResponse(uri);
    notify();
  };

  return {
    connect: (given) => void (sources = given),
    refresh: want,
    runChanged: () => notifyThrottled.offer(undefined),
    hasStudyReport: (document, study) => document.scheme === 'file' && existsSync(join(folderOf(document.fsPath), 'results', caseFolderName(study), 'study.html')),
    onChange: (listener) => void listeners.push(listener),
    of(document, specification) {
      if (!sources?.mayRun() || document.scheme !== 'file') return undefined;
      const uri = document.toString();
      const cases = known.get(uri) ?? new Map<string, Known>();
      known.set(uri, cases);
      const before = cases.get(specification.case.name);
      const meaning = meaningOf(specification);
      if (before?.meaning !== meaning) {
        cases.set(specification.case.name, { ...before, specification, meaning });
        if (hasRuns(document)) want(uri);
      }
      const running = sources.live().find((run) => run.place.file === document.fsPath && run.specification.case.name === specification.case.name);
      if (!running) return before?.result;
      const { stale: _ofBefore, ...result } = before?.result ?? { hasReport: false };
      return { ...result, ...stateOf(running), ...(meaningOf(running.specification) !== meaning && { stale: true }) };
    },
  };
}

function folderOf(file: string): string {
  return join(dirname(file), '.xdesign');
}

function hasRuns({ fsPath }: URI): boolean {
  return existsSync(join(folderOf(fsPath), 'runs'));
}

function stateOf({ state }: LiveRun): Pick<LastResult, 'state' | 'progress'> {
  if (state.kind !== 'running') return { state: 'queued' };
  const { stage, arm, done, total } = state;
  const place = stage !== undefined ? placeText({ stage, arm }) : total > 0 ? readingTerms.doing.toLowerCase() : undefined;
  return { state: 'running', ...(place !== undefined && { progress: { stage: place, ...(total > 0 && { share: done / total }) } }) };
}
