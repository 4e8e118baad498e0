/*
 * What language features know of runs, at once and without waiting: the last answers of the process of
 * views, and what runs now. What is not known yet is loaded for, and told when it has come.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { URI } from 'langium';
import { placeText } from '#domain/stages';
import type { CaseSpecification } from '#language/specification';
import type { LastResult, LastResults } from '../last-results';
import type { ViewsProcess } from '#server/views/views-process';
import { meaningOf } from '#server/cases/case-files';
import type { LiveRun } from './run-registry';
import { createThrottle } from './throttle';

/** What answers come from; there from `connect` on. */
export interface ResultSources {
  readonly views: Pick<ViewsProcess, 'request'>;
  readonly live: () => readonly LiveRun[];
  readonly mayRun: () => boolean;
  /** Hears the files whose answers have come and differ from those before. */
  readonly onResponse: (uri: string) => void;
  readonly onError: (error: Error) => void;
}

export interface ResultCache extends LastResults {
  connect(sources: ResultSources): void;
  /** Asks again for all cases of a file: a run of it has ended. */
  refresh(uri: string): void;
  /** A run goes on; listeners hear of it at most once a second. */
  runChanged(): void;
}

interface Known {
  readonly specification: CaseSpecification;
  /** What was loaded for, without its place. */
  readonly meaning: string;
  readonly result?: LastResult;
}

/** Milliseconds that requests wait for each other, and between two calls about runs that go on. */
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
      // The text has moved on meanwhile, and loaded again by itself.
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
  return { state: 'running', ...(stage !== undefined && { progress: { stage: placeText({ stage, arm }), ...(total > 0 && { share: done / total }) } }) };
}
