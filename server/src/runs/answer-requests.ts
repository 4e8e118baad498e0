/* The protocol's requests about runs and views, answered. One function a request. */
import type { CaseSpecification } from '#language/specification';
import type { PreviewAnswer, PreviewParams } from '#protocol/preview';
import type { CaseReference, ListAnswer, ListParams, NamedRun, RunSummary, StartRunAnswer, StartRunParams } from '#protocol/runs';
import type { SimulateAnswer, SimulateParams } from '#protocol/simulate';
import type { WireFinding } from '#protocol/vocabulary';
import type { ViewAnswer, ViewParams } from '#protocol/views';
import { deleteRecord, readRecord, type FoundRecord } from '#runner/history/record-files';
import type { ViewsProcess } from '#server/views/views-process';
import type { CaseText, CaseTexts, RunPlace } from './case-texts';
import type { LiveRun, RunBook } from './run-book';
import { noRunFolder, notResumable, unknownCase, unknownRun } from './refusals';

export interface RequestParts {
  readonly texts: CaseTexts;
  readonly book: RunBook;
  readonly views: Pick<ViewsProcess, 'ask'>;
  /** A new revision. */
  readonly revise: () => number;
  /** Why nothing runs and no results are read now; undefined when they may. */
  readonly hindrance: () => WireFinding | undefined;
}

export interface RequestAnswers {
  startRun(params: StartRunParams): Promise<StartRunAnswer>;
  resumeRun(params: NamedRun): Promise<StartRunAnswer>;
  cancelRun(params: NamedRun): Promise<boolean>;
  deleteRun(params: NamedRun): Promise<boolean>;
  list(params: ListParams): Promise<ListAnswer>;
  view(params: ViewParams): Promise<ViewAnswer>;
  preview(params: PreviewParams): Promise<PreviewAnswer>;
  simulate(params: SimulateParams): Promise<SimulateAnswer>;
}

/** A place that may be used and what its text says now, or why not. */
type Opened =
  | { readonly ok: true; readonly place: RunPlace; readonly text: CaseText }
  | { readonly ok: false; readonly findings: readonly WireFinding[] };

/** A case whose text has no errors. */
type OpenedCase =
  | { readonly ok: true; readonly place: RunPlace; readonly version: number; readonly specification: CaseSpecification }
  | { readonly ok: false; readonly findings: readonly WireFinding[] };

export function answerRequests({ texts, book, views, revise, hindrance }: RequestParts): RequestAnswers {
  const open = async (uri: string): Promise<Opened> => {
    const before = hindrance();
    if (before) return { ok: false, findings: [before] };
    const place = texts.placeOf(uri);
    if (!place) return { ok: false, findings: [noRunFolder] };
    const text = await texts.read(uri);
    // Trust may have gone while the text was read.
    const after = hindrance();
    return after ? { ok: false, findings: [after] } : { ok: true, place, text };
  };

  const openCase = async ({ uri, case: name }: CaseReference): Promise<OpenedCase> => {
    const opened = await open(uri);
    if (!opened.ok) return opened;
    const { place, text } = opened;
    if (text.kind === 'broken') return { ok: false, findings: text.findings };
    const specification = text.cases.find((each) => each.name === name);
    return specification ? { ok: true, place, version: text.version, specification } : { ok: false, findings: [unknownCase(name, text.cases)] };
  };

  /** What records say, and for runs of this server what is so now. */
  const summaries = async (place: RunPlace, text: CaseText): Promise<RunSummary[]> => {
    const cases = text.kind === 'cases' ? text.cases : undefined;
    const liveRuns = (): LiveRun[] => book.all().filter((run) => run.place.folder === place.folder && run.place.file === place.file);
    const before = liveRuns();
    const recorded = await views.ask('runs', { folder: place.folder, file: place.file, cases });
    const live = liveRuns();
    const known = recorded.map((summary): RunSummary => {
      const now = live.find(({ run }) => run === summary.run);
      return now ? { ...summary, state: now.state, stages: now.stages } : summary;
    });
    // A run that has just been started has no record yet, and may have ended while records were read.
    const begun = new Map([...before, ...live].map((run) => [run.run, run]));
    const fresh = [...begun.values()].reverse().filter(({ run }) => !recorded.some((summary) => summary.run === run)).map(summaryOf);
    return [...fresh, ...known];
  };

  const listOf = async (uri: string): Promise<Pick<ListAnswer, 'cases' | 'others'>> => {
    const opened = await open(uri);
    if (!opened.ok) return { cases: [], others: [] };
    const { place, text } = opened;
    const runs = await summaries(place, text);
    const runsOf = (name: string): RunSummary[] => runs.filter((run) => run.case === name);
    const names = text.kind === 'cases' ? text.cases.map(({ name }) => name) : text.names;
    const databaseOf = (name: string): string => (text.kind === 'cases' ? text.cases.find((each) => each.name === name)!.database.name : '');
    const others = [...new Set(runs.map((run) => run.case))].filter((name) => !names.includes(name));
    return {
      cases: names.map((name) => ({ uri, case: name, database: databaseOf(name), runs: runsOf(name) })),
      others: others.map((name) => ({ uri, case: name, runs: runsOf(name) })),
    };
  };

  return {
    async startRun(params) {
      const opened = await openCase(params);
      if (!opened.ok) return { kind: 'refused', findings: opened.findings };
      return book.begin({ place: opened.place, specification: opened.specification, until: params.until ?? 'validate' });
    },

    async resumeRun({ uri, run }) {
      const opened = await open(uri);
      if (!opened.ok) return { kind: 'refused', findings: opened.findings };
      const found = readRecord(opened.place.folder, run);
      if (!found) return { kind: 'refused', findings: [unknownRun] };
      const ofCase = await openCase({ uri, case: found.record.specification.name });
      if (!ofCase.ok) return { kind: 'refused', findings: ofCase.findings };
      const reason = book.find(run) ? 'runs or waits' : whyNotResumable(found);
      if (reason !== undefined) return { kind: 'refused', findings: [notResumable(reason)] };
      const { until, process: before } = found.record;
      return book.begin({ place: ofCase.place, specification: ofCase.specification, until, run, before });
    },

    cancelRun: ({ run }) => book.cancel(run),

    async deleteRun({ uri, run }) {
      const place = texts.placeOf(uri);
      if (!place || hindrance() || book.find(run)) return false;
      const found = readRecord(place.folder, run);
      return found !== undefined && !runsElsewhere(found) && deleteRecord(place.folder, run);
    },

    async list({ uri }) {
      const revision = revise();
      const lists = await Promise.all((uri === undefined ? await texts.known() : [uri]).map(listOf));
      return { revision, cases: lists.flatMap(({ cases }) => cases), others: lists.flatMap(({ others }) => others) };
    },

    async view({ uri, case: caseName, run, view, query }) {
      const revision = revise();
      const opened = await open(uri);
      if (!opened.ok) return { kind: 'refused', findings: opened.findings };
      const { place: { file, folder }, text } = opened;
      const current = text.kind === 'cases' ? text.cases.find(({ name }) => name === caseName) : undefined;
      const question = { folder, file, caseName, wanted: { view, query } as never, broken: text.kind === 'broken', ...(run !== undefined && { run }), ...(current && { current }) };
      const answer = await views.ask('view', question);
      return answer.kind === 'view' ? { ...answer, revision } : answer;
    },

    async preview(params) {
      const started = performance.now();
      const revision = revise();
      const opened = await openCase(params);
      if (!opened.ok) return { kind: 'refused', findings: opened.findings };
      const { place: { file, folder }, version, specification } = opened;
      if (version !== params.version) return { kind: 'superseded' };
      const answer = await views.ask('preview', { file, folder, current: specification });
      return answer.kind === 'designs' ? { ...answer, version, revision, milliseconds: performance.now() - started } : answer;
    },

    async simulate({ image, test, ...reference }) {
      const opened = await openCase(reference);
      if (!opened.ok) return { kind: 'refused', findings: opened.findings };
      return views.ask('simulate', { current: opened.specification, image, ...(test && { test }) });
    },
  };
}

/** A run that has no record yet. */
function summaryOf({ run, specification, state, stages, until, started }: LiveRun): RunSummary {
  return { run, case: specification.name, state, startedBy: 'editor', started, until, stages };
}

function runsElsewhere({ record: { state }, interrupted }: FoundRecord): boolean {
  return !interrupted && (state === 'running' || state === 'queued');
}

function whyNotResumable(found: FoundRecord): string | undefined {
  if (found.record.state === 'finished') return 'has finished';
  return runsElsewhere(found) ? 'runs in another program' : undefined;
}
