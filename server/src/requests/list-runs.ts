/* The list of cases and their runs: what the texts of a run folder say, its records, and what runs now. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CaseReference, ListResponse, RunSummary } from '#protocol/runs';
import type { ViewsProcess } from '#server/views/views-process';
import type { CaseText } from '#server/cases/case-texts';
import type { NamedText } from '#server/cases/rename-follower';
import type { LiveRun, RunRegistry } from '#server/runs/run-registry';

export type FolderList = Pick<ListResponse, 'cases' | 'others'>;

type OfFile = RunSummary & { readonly file: string };

/** Lists a run folder: the cases of these texts, and the runs of cases that no text has. */
export async function listFolder(folder: string, texts: readonly NamedText[], views: Pick<ViewsProcess, 'request'>, book: RunRegistry): Promise<FolderList> {
  const runs = await runsIn(folder, texts, views, book);
  const runsOf = (file: string, name: string): RunSummary[] => runs.filter((run) => run.file === file && run.case === name).map(({ file: _file, ...run }) => run);
  const cases = texts.flatMap(({ place: { uri, file }, text }) =>
    namesIn(text).map((name) => ({ uri, case: name, database: databaseOf(text, name), runs: runsOf(basename(file), name) })),
  );
  const uriOf = (file: string): string => texts.find(({ place }) => basename(place.file) === file)?.place.uri ?? pathToFileURL(join(dirname(folder), file)).href;
  const isListed = ({ uri, case: name }: CaseReference): boolean => cases.some((each) => each.uri === uri && each.case === name);
  const owners = new Map(runs.map(({ file, case: name }) => [`${file}\n${name}`, { file, name }]));
  const others = [...owners.values()].flatMap(({ file, name }) => {
    const reference = { uri: uriOf(file), case: name };
    if (isListed(reference)) return [];
    const gone = texts.some(({ place, text }) => basename(place.file) === file && !isMissing(text)) ? ('case' as const) : ('file' as const);
    return [{ ...reference, gone, runs: runsOf(file, name) }];
  });
  return { cases, others };
}

/** What records say, and for runs of this server what is so now; the newest first. */
async function runsIn(folder: string, texts: readonly NamedText[], views: Pick<ViewsProcess, 'request'>, book: RunRegistry): Promise<OfFile[]> {
  const cases = texts.flatMap(({ place: { file }, text }) => (text.kind === 'cases' ? text.cases.map((specification) => ({ file, specification })) : []));
  const liveRuns = (): LiveRun[] => book.all().filter(({ place }) => place.folder === folder);
  const before = liveRuns();
  // Where nothing ever ran nobody has to be asked.
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
export function namesIn(text: CaseText): readonly string[] {
  return text.kind === 'cases' ? text.cases.map((each) => each.case.name) : text.names;
}

/** Whether there is no file. */
export function isMissing(text: CaseText): boolean {
  return text.kind === 'broken' && text.missing === true;
}

function databaseOf(text: CaseText, name: string): string {
  return text.kind === 'cases' ? text.cases.find((each) => each.case.name === name)!.database : '';
}
