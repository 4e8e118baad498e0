/* The list of cases and their runs, from the files next to a run folder, its records, and the active runs. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { studyOf } from '#domain/study';
import type { ListResponse, RunSummary } from '#protocol/runs';
import type { ViewsProcess } from '#server/views/views-process';
import { allCasesOf, type FileContents } from '#server/cases/case-files';
import type { PlacedContents } from '#server/cases/rename-follower';
import type { LiveRun, RunRegistry } from '#server/runs/run-registry';
import { studiesOf, summaryOf, type OfFile } from './list-studies';

export type FolderList = Pick<ListResponse, 'cases' | 'studies' | 'others'>;

/** Lists a run folder: the cases and studies of these files, and the runs of cases that no file has. */
export async function listFolder(folder: string, files: readonly PlacedContents[], views: Pick<ViewsProcess, 'request'>, registry: RunRegistry): Promise<FolderList> {
  const runs = await runsIn(folder, files, views, registry);
  const runsOf = (file: string, name: string): RunSummary[] => runs.filter((run) => run.file === file && run.case === name).map(summaryOf);
  const cases = files.flatMap(({ place: { uri, file }, contents }) =>
    namesIn(contents).map((name) => ({ uri, case: name, database: databaseOf(contents, name), runs: runsOf(basename(file), name) })),
  );
  const studies = files.flatMap((placed) => studiesOf(placed, runs.filter(({ file }) => file === basename(placed.place.file)), folder));
  const uriOf = (file: string): string => files.find(({ place }) => basename(place.file) === file)?.place.uri ?? pathToFileURL(join(dirname(folder), file)).href;
  const listed = new Set([...cases, ...studies.flatMap(({ variants }) => variants)].map(({ uri, case: name }) => `${uri}\n${name}`));
  const owners = new Map([...runs].reverse().map(({ file, case: name, variant }) => [`${file}\n${name}`, { file, name, variant }]));
  const others = [...owners.values()].flatMap(({ file, name, variant }) => {
    const reference = { uri: uriOf(file), case: name };
    if (listed.has(`${reference.uri}\n${name}`)) return [];
    const gone = files.some(({ place, contents }) => basename(place.file) === file && !isMissing(contents)) ? ('case' as const) : ('file' as const);
    const study = studyOf(name);
    return [{ ...reference, gone, ...(variant && study !== undefined && { variant: { study, settings: variant.settings } }), runs: runsOf(file, name) }];
  });
  return { cases, studies, others };
}

/** The recorded runs, with the current state of runs of this server; the newest first. */
async function runsIn(folder: string, files: readonly PlacedContents[], views: Pick<ViewsProcess, 'request'>, registry: RunRegistry): Promise<OfFile[]> {
  const cases = files.flatMap(({ place: { file }, contents }) => allCasesOf(contents).map((specification) => ({ file, specification })));
  const liveRuns = (): LiveRun[] => registry.all().filter(({ place }) => place.folder === folder);
  const before = liveRuns();
  // Without a folder of records there is nothing to request.
  const recorded = existsSync(join(folder, 'runs')) ? await views.request('runs', { folder, cases }) : [];
  const live = liveRuns();
  const known = recorded.map((summary): OfFile => {
    const now = live.find(({ run }) => run === summary.run);
    return now ? { ...summary, ...ownerOf(now), state: now.state, stages: now.stages } : summary;
  });
  // A run that has just been started has no record yet, and may have ended while records were read.
  const begun = new Map([...before, ...live].map((run) => [run.run, run]));
  const fresh = [...begun.values()].reverse().filter(({ run }) => !recorded.some((summary) => summary.run === run)).map(freshOf);
  return [...fresh, ...known];
}

/** A run that has no record yet. */
function freshOf(live: LiveRun): OfFile {
  const { run, state, stages, until, started, executor } = live;
  return { run, ...ownerOf(live), state, startedBy: 'editor', started, until, stages, ...(executor && { executor }) };
}

function ownerOf({ place, specification: { case: { name }, variant } }: LiveRun): Pick<OfFile, 'file' | 'case' | 'variant'> {
  return { file: basename(place.file), case: name, ...(variant && { variant }) };
}

/** The names of its cases, also while it has errors. */
function namesIn(contents: FileContents): readonly string[] {
  return contents.kind === 'cases' ? contents.cases.map((each) => each.case.name) : contents.names;
}

/** Whether there is no file. */
export function isMissing(contents: FileContents): boolean {
  return contents.kind === 'broken' && contents.missing === true;
}

function databaseOf(contents: FileContents, name: string): string {
  return contents.kind === 'cases' ? contents.cases.find((each) => each.case.name === name)!.database : '';
}
