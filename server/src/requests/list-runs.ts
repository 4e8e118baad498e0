/* The list of cases and their runs, from the files next to a run folder, its records, and the active runs. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CaseReference, ListResponse, RunSummary } from '#protocol/runs';
import type { ViewsProcess } from '#server/views/views-process';
import type { FileContents } from '#server/cases/case-files';
import type { PlacedContents } from '#server/cases/rename-follower';
import type { LiveRun, RunRegistry } from '#server/runs/run-registry';

export type FolderList = Pick<ListResponse, 'cases' | 'others'>;

type OfFile = RunSummary & { readonly file: string };

/** Lists a run folder: the cases of these files, and the runs of cases that no file has. */
export async function listFolder(folder: string, files: readonly PlacedContents[], views: Pick<ViewsProcess, 'request'>, registry: RunRegistry): Promise<FolderList> {
  const runs = await runsIn(folder, files, views, registry);
  const runsOf = (file: string, name: string): RunSummary[] => runs.filter((run) => run.file === file && run.case === name).map(({ file: _file, ...run }) => run);
  const cases = files.flatMap(({ place: { uri, file }, contents }) =>
    namesIn(contents).map((name) => ({ uri, case: name, database: databaseOf(contents, name), runs: runsOf(basename(file), name) })),
  );
  const uriOf = (file: string): string => files.find(({ place }) => basename(place.file) === file)?.place.uri ?? pathToFileURL(join(dirname(folder), file)).href;
  const isListed = ({ uri, case: name }: CaseReference): boolean => cases.some((each) => each.uri === uri && each.case === name);
  const owners = new Map(runs.map(({ file, case: name }) => [`${file}\n${name}`, { file, name }]));
  const others = [...owners.values()].flatMap(({ file, name }) => {
    const reference = { uri: uriOf(file), case: name };
    if (isListed(reference)) return [];
    const gone = files.some(({ place, contents }) => basename(place.file) === file && !isMissing(contents)) ? ('case' as const) : ('file' as const);
    return [{ ...reference, gone, runs: runsOf(file, name) }];
  });
  return { cases, others };
}

/** The recorded runs, with the current state of runs of this server; the newest first. */
async function runsIn(folder: string, files: readonly PlacedContents[], views: Pick<ViewsProcess, 'request'>, registry: RunRegistry): Promise<OfFile[]> {
  const cases = files.flatMap(({ place: { file }, contents }) => (contents.kind === 'cases' ? contents.cases.map((specification) => ({ file, specification })) : []));
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
  const fresh = [...begun.values()].reverse().filter(({ run }) => !recorded.some((summary) => summary.run === run)).map(summaryOf);
  return [...fresh, ...known];
}

/** A run that has no record yet. */
function summaryOf(live: LiveRun): OfFile {
  const { run, state, stages, until, started } = live;
  return { run, ...ownerOf(live), state, startedBy: 'editor', started, until, stages };
}

function ownerOf({ place, specification }: LiveRun): Pick<OfFile, 'file' | 'case'> {
  return { file: basename(place.file), case: specification.case.name };
}

/** The names of its cases, also while it has errors. */
export function namesIn(contents: FileContents): readonly string[] {
  return contents.kind === 'cases' ? contents.cases.map((each) => each.case.name) : contents.names;
}

/** Whether there is no file. */
export function isMissing(contents: FileContents): boolean {
  return contents.kind === 'broken' && contents.missing === true;
}

function databaseOf(contents: FileContents, name: string): string {
  return contents.kind === 'cases' ? contents.cases.find((each) => each.case.name === name)!.database : '';
}
