/*
 * The files that cases name, for language features: the views process reads them. A document is checked when it is opened
 * and when it is saved; its findings stay until the cases name other files or the document is closed.
 */
import { URI } from 'langium';
import { dirname, join } from 'node:path';
import type { Place, PlacedFinding } from '#domain/finding';
import type { CaseSpecification } from '#language/specification/specification';
import type { DatabaseFiles } from '../database-files';
import type { ViewsProcess } from '#server/views/views-process';

/** What reads files; available after `connect`. */
export interface FileSources {
  readonly views: Pick<ViewsProcess, 'request'>;
  readonly mayRun: () => boolean;
  /** Called with a document whose findings have changed. */
  readonly onFindings: (uri: string) => void;
  readonly onError: (error: Error) => void;
}

export interface FileChecks extends DatabaseFiles {
  connect(sources: FileSources): void;
  /** Checks the files that the cases of a document name. */
  check(document: URI, cases: readonly CaseSpecification[]): Promise<void>;
  /** Drops the findings of a document that is closed. */
  forget(document: URI): void;
}

/** Milliseconds that a feature waits for the views process: the editor shows nothing meanwhile. */
const patienceMs = 3000;

export function createFileChecks(): FileChecks {
  let sources: FileSources | undefined;
  /** The check of each document that began last: its findings replace those of the others. */
  const last = new Map<string, object>();
  const checked = new Map<string, { readonly cases: readonly CaseSpecification[]; readonly findings: readonly PlacedFinding[] }>();

  /** What `ask` gives, or `otherwise` where it fails or takes too long. */
  const soon = async <T>(ask: (views: FileSources['views']) => Promise<T>, otherwise: T): Promise<T> => {
    if (!sources?.mayRun()) return otherwise;
    const { views, onError } = sources;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(otherwise), patienceMs)));
    const asked = ask(views).catch((error: unknown) => {
      onError(error as Error);
      return otherwise;
    });
    return Promise.race([asked, late]).finally(() => clearTimeout(timer));
  };

  return {
    connect: (given) => void (sources = given),
    datasets: (path, isTable) => soon((views) => views.request('datasets', { path, isTable }), []),
    preview(document, database, count) {
      if (document.scheme !== 'file') return Promise.resolve(undefined);
      return soon((views) => views.request('fileImages', { folder: folderOf(document), database, count }), undefined);
    },
    findings(document, cases) {
      const known = checked.get(document.toString());
      if (!known) return [];
      const moved = new Map<string, Place>();
      for (const now of cases) {
        const before = known.cases.find(({ case: { name } }) => name === now.case.name);
        if (!before || filesMeaning(before) !== filesMeaning(now)) continue;
        const places = placesIn(now);
        placesIn(before).forEach((place, i) => moved.set(JSON.stringify(place), places[i]!));
      }
      return known.findings.flatMap((finding) => {
        const place = moved.get(JSON.stringify(finding.place));
        return place === undefined || !isIn(place, document) ? [] : [{ ...finding, place }];
      });
    },
    async check(document, cases) {
      const uri = document.toString();
      if (!sources?.mayRun() || document.scheme !== 'file') return;
      if (!cases.some((each) => namesFiles(each)) && !checked.has(uri)) return;
      const own = {};
      last.set(uri, own);
      const findings = await sources.views.request('checkFiles', { folder: folderOf(document), cases });
      if (last.get(uri) !== own) return;
      const before = checked.get(uri)?.findings ?? [];
      checked.set(uri, { cases, findings });
      if (JSON.stringify(before) !== JSON.stringify(findings)) sources.onFindings(uri);
    },
    forget(document) {
      const uri = document.toString();
      last.delete(uri);
      const known = checked.get(uri)?.findings ?? [];
      checked.delete(uri);
      if (known.length > 0) sources?.onFindings(uri);
    },
  };
}

function folderOf({ fsPath }: URI): string {
  return join(dirname(fsPath), '.xdesign');
}

/** A place of the document, which goes by its path or its URI. */
function isIn({ file }: Place, document: URI): boolean {
  return file === document.fsPath || file === document.toString();
}

function namesFiles({ case: { database, start, optimization, pictures } }: CaseSpecification): boolean {
  return database.kind === 'files' || start.kind !== 'random' || (optimization.pictures ?? pictures ?? []).length > 0;
}

/** What findings of files depend on, without places: equal strings mean equal findings for equal files. */
function filesMeaning({ case: { database, start, optimization: { pictures: starts }, pictures, test, learning } }: CaseSpecification): string {
  return JSON.stringify([database, start, starts, pictures, test, learning], (key, value: unknown) => (key === 'place' ? undefined : value));
}

/** All places of a case, in an order that follows from what is at them. */
function placesIn(specification: CaseSpecification): readonly Place[] {
  const places: Place[] = [];
  JSON.stringify(specification, (key, value: unknown) => {
    if (key === 'place') places.push(value as Place);
    return value;
  });
  return places;
}
