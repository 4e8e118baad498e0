/* The handlers of the protocol's requests, one function per request. */
import { URI } from 'langium';
import type { ExplainSettings } from '#domain/explanation';
import { studyOf } from '#domain/study';
import type { CaseSpecification } from '#language/specification/specification';
import type { ExportDataParams, ExportDataResponse } from '#protocol/exports';
import type { PreviewResponse, PreviewParams } from '#protocol/preview';
import type { ListResponse, ListParams } from '#protocol/runs';
import type { SetThresholdResponse, SetThresholdParams } from '#protocol/views';
import type { SimulateResponse, SimulateParams } from '#protocol/preview';
import type { ViewResponse, ViewParams, ViewQuery } from '#protocol/views';
import { targetElsewhere } from '#server/runs/refusals';
import type { ExportRun } from '#server/views/export-process';
import type { ViewsProcess } from '#server/views/views-process';
import { thresholdOfVariant, type SetThreshold } from '#server/cases/thresholds';
import { allCasesOf, hasCase, meaningOf, type RunPlace } from '#server/cases/case-files';
import { changeRuns, type ChangeParts, type RunChanges } from './change-runs';
import type { PlacedContents } from '#server/cases/rename-follower';
import { isMissing, listFolder, type FolderList } from './list-runs';
import { openCases } from './open-cases';
import type { LiveRun } from '#server/runs/run-registry';

export interface RequestParts extends Omit<ChangeParts, 'open' | 'openCase'> {
  readonly views: Pick<ViewsProcess, 'request'>;
  readonly exportRun: ExportRun;
  readonly setThreshold: SetThreshold;
  /** Returns a new revision. */
  readonly revise: () => number;
  /** Run folders of the workspace, also those without a specification next to them. */
  readonly runFolders: () => Iterable<string>;
}

export interface RequestHandlers extends RunChanges {
  list(params: ListParams): Promise<ListResponse>;
  view(params: ViewParams): Promise<ViewResponse>;
  setThreshold(params: SetThresholdParams): Promise<SetThresholdResponse>;
  preview(params: PreviewParams): Promise<PreviewResponse>;
  simulate(params: SimulateParams): Promise<SimulateResponse>;
  exportData(params: ExportDataParams): Promise<ExportDataResponse>;
  /** Finds renames among the files of these run folders. */
  followRenames(folders: Iterable<string>): Promise<void>;
}

export function requestHandlers(parts: RequestParts): RequestHandlers {
  const { files, registry, views, exportRun, setThreshold, renames, revise, blocker, runFolders } = parts;
  const opening = openCases(parts);
  const { open, openCase } = opening;

  /** Run folders with a specification next to them, now or earlier. */
  const folders = new Set<string>();

  /** All known specifications by run folder. */
  const placesByFolder = async (): Promise<Map<string, readonly RunPlace[]>> => {
    const places = (await files.known()).flatMap((uri) => files.placeOf(uri) ?? []);
    for (const { folder } of [...places, ...registry.all().map(({ place }) => place)]) folders.add(folder);
    for (const folder of runFolders()) folders.add(folder);
    return new Map([...folders].map((folder) => [folder, places.filter((place) => place.folder === folder)]));
  };

  /** The contents of the files of a run folder, after renames have been found. */
  const readFolder = async (folder: string, places: readonly RunPlace[]): Promise<readonly PlacedContents[]> => {
    const read = await Promise.all(places.map(async (place) => ({ place, contents: await files.read(place.uri) })));
    if (blocker()) return [];
    // A file that has just been deleted may still be loaded.
    const present = read.filter(({ contents }) => !isMissing(contents));
    renames.look(folder, present);
    return present;
  };

  const listAll = async (): Promise<readonly FolderList[]> => {
    if (blocker()) return [];
    const known = [...(await placesByFolder())];
    return Promise.all(known.map(async ([folder, places]) => listFolder(folder, await readFolder(folder, places), views, registry)));
  };

  const listOne = async (uri: string): Promise<FolderList> => {
    const opened = await open(uri);
    if (!opened.ok) return { cases: [], studies: [], others: [] };
    const { others, ...present } = await listFolder(opened.place.folder, [opened], views, registry);
    return { ...present, others: others.filter((each) => each.uri === uri) };
  };

  /** The active run of a case with its current settings. */
  const runOf = (file: string, current: CaseSpecification): LiveRun | undefined =>
    registry.all().find(({ place, specification }) => place.file === file && specification.case.name === current.case.name && meaningOf(specification) === meaningOf(current));

  const view = async ({ uri, case: caseName, run, ...wanted }: ViewParams): Promise<ViewResponse> => {
    const revision = revise();
    const opened = await open(uri);
    if (!opened.ok) return { kind: 'refused', findings: opened.findings };
    const { place: { file, folder }, contents } = opened;
    const current = allCasesOf(contents).find((each) => each.case.name === caseName);
    const gone = isMissing(contents) ? ('file' as const) : hasCase(contents, caseName) ? undefined : ('case' as const);
    const broken = contents.kind === 'broken' && gone === undefined;
    const request = { folder, file, caseName, wanted: withThresholds(wanted, current?.variant ? thresholdsOf(current.case.explain) : files.thresholds(uri, caseName)), broken, ...(run !== undefined && { run }), ...(current && { current }) };
    const response = await views.request('view', request);
    if (response.kind !== 'view') return response;
    const live = current && runOf(file, current);
    const underway = live !== undefined && response.staleFrom !== undefined && live.run !== response.run;
    return { ...response, revision, ...(gone && { gone }), ...(underway && { underway }) };
  };

  return {
    ...changeRuns({ ...parts, ...opening }),

    async list({ uri }) {
      const revision = revise();
      const lists = uri === undefined ? await listAll() : [await listOne(uri)];
      const all = <K extends keyof FolderList>(key: K): FolderList[K] => lists.flatMap((each) => each[key] as readonly never[]) as FolderList[K];
      return { revision, cases: all('cases'), studies: all('studies'), others: all('others') };
    },

    view,

    async setThreshold({ from, to, query, ...reference }) {
      await files.read(reference.uri);
      const study = studyOf(reference.case);
      const findings = study === undefined ? await setThreshold({ from, to, query, ...reference }) : [thresholdOfVariant(reference.case, study)];
      return { findings, shown: (await view({ ...reference, view: 'heatMap', query })) as ViewResponse<'heatMap'> };
    },

    async preview(params) {
      const started = performance.now();
      const revision = revise();
      const opened = await openCase(params);
      if (!opened.ok) return { kind: 'refused', findings: opened.findings };
      const { place: { file, folder }, version, specification } = opened;
      if (version !== params.version) return { kind: 'superseded' };
      const response = await views.request('preview', { file, folder, current: specification, ...(params.image !== undefined && { image: params.image }) });
      return response.kind === 'designs' ? { ...response, version, revision, milliseconds: performance.now() - started } : response;
    },

    async simulate({ image, test, whiteAbove, ...reference }) {
      const opened = await openCase(reference);
      if (!opened.ok) return { kind: 'refused', findings: opened.findings };
      return views.request('simulate', { current: opened.specification, image, ...(test && { test }), ...(whiteAbove !== undefined && { whiteAbove }) });
    },

    async exportData({ uri, case: caseName, run, parts: wanted, format, folder: into, name }) {
      const opened = await open(uri);
      if (!opened.ok) return { kind: 'refused', findings: opened.findings };
      const { place: { file, folder }, contents } = opened;
      const current = allCasesOf(contents).find((each) => each.case.name === caseName);
      const target = URI.parse(into);
      if (target.scheme !== 'file') return { kind: 'refused', findings: [targetElsewhere] };
      const exported = await exportRun({ folder, file, caseName, parts: wanted, format, into: target.fsPath, ...(run !== undefined && { run }), ...(current && { current }), ...(name !== undefined && { name }) });
      if (!exported.ok) return { kind: 'refused', findings: exported.findings };
      return { kind: 'exported', files: exported.value.map((each) => ({ uri: URI.file(each.file).toString(), tables: each.tables })) };
    },

    async followRenames(changed) {
      if (blocker()) return;
      const places = await placesByFolder();
      for (const folder of changed) await readFolder(folder, places.get(folder) ?? []);
    },
  };
}

/** The thresholds of a network's maps; squares have none. */
function thresholdsOf(explain: ExplainSettings): readonly number[] | undefined {
  return explain.method === 'exact' ? undefined : explain.thresholds;
}

/** Heat maps get the thresholds of the file as it is now, not those of the run. */
function withThresholds(wanted: ViewQuery, thresholds: readonly number[] | undefined): ViewQuery {
  return wanted.view === 'heatMap' && thresholds ? { view: 'heatMap', query: { thresholds, ...wanted.query } } : wanted;
}
