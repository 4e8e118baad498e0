/*
 * Runs follow their case: when a case or its file is renamed, by any program, its runs belong to the new name. The
 * client reports a rename, or the server finds it: a case with runs is gone, and a new case without runs in the same
 * folder has the same settings.
 */
import { basename, dirname } from 'node:path';
import type { CaseSpecification } from '#language/specification/specification';
import { type CaseName, noteRename, readRecords, type Rename } from '#runner/history/record-files';
import { studyOf } from '#domain/study';
import { allCasesOf, meaningOf, type FileContents, type RunPlace } from './case-files';
import type { LiveRun } from '#server/runs/run-registry';

export interface PlacedContents {
  readonly place: RunPlace;
  readonly contents: FileContents;
}

export interface RenameParts {
  readonly live: () => readonly LiveRun[];
  /** Called with a rename after it was written to the run folder. */
  onRename(folder: string, from: Rename['from'], to: Rename['to']): void;
}

export interface RenameFollower {
  /** Finds renames among all files of a run folder. */
  look(folder: string, files: readonly PlacedContents[]): void;
  /** Writes a known rename to the run folder. */
  note(folder: string, from: Rename['from'], to: Rename['to']): void;
}

/** A case of a file; without a meaning while the file has errors. */
interface Present {
  readonly owner: CaseName;
  readonly meaning?: string;
}

/** The cases of a run folder at earlier calls, by `keyOf`. */
interface Seen {
  /** The last known meaning of each case, also of cases that are gone. */
  readonly meanings: Map<string, string>;
  /** The time since when each case exists, for cases whose file had no errors at some time. */
  since: ReadonlyMap<string, number>;
}

/** Milliseconds between the creation of one file and the deletion of another that can be one rename: their events may arrive separately. */
const togetherMs = 10_000;

/** `now` is a clock in milliseconds. */
export function createRenameFollower({ live, onRename }: RenameParts, now: () => number = () => performance.now()): RenameFollower {
  const seen = new Map<string, Seen>();

  const note: RenameFollower['note'] = (folder, from, to) => {
    noteRename(folder, from, to);
    onRename(folder, from, to);
  };

  return {
    note,
    look(folder, files) {
      const present = new Map(files.flatMap(presentIn).map((each) => [keyOf(each.owner), each]));
      // The cases of a file with errors are not fully known, but the cases that it names exist.
      const unclear = new Set(files.filter(({ contents }) => contents.kind === 'broken').map(({ place }) => basename(place.file)));
      const before = seen.get(folder);
      const { meanings, since } = before ?? { meanings: new Map<string, string>(), since: new Map<string, number>() };
      const clear = [...present].flatMap(([key, { meaning }]) => (meaning === undefined ? [] : [[key, meaning] as const]));
      const mayDiffer = before === undefined || [...since.keys()].some((key) => !present.has(key)) || clear.some(([key]) => !since.has(key));
      const isNew = (key: string): boolean => now() - (since.get(key) ?? now()) < togetherMs;
      if (mayDiffer) for (const [from, to] of findRenames(folder, present, unclear, meanings, isNew)) note(folder, from, to);
      for (const [key, meaning] of clear) meanings.set(key, meaning);
      // Cases that existed when the server started count as infinitely old.
      const start = before === undefined ? -Infinity : now();
      // While a file has errors, the variants of its studies are unknown.
      const still = [...since].filter(([key]) => present.has(key) || unclear.has(key.slice(0, key.indexOf('\n'))));
      seen.set(folder, { meanings, since: new Map([...clear.map(([key]) => [key, start] as const), ...still]) });
    },
  };

  function findRenames(folder: string, present: ReadonlyMap<string, Present>, unclear: ReadonlySet<string>, meanings: ReadonlyMap<string, string>, isNew: (key: string) => boolean): (readonly [CaseName, CaseName])[] {
    /** The specification of the newest run by its owner. */
    const withRuns = new Map<string, { readonly owner: CaseName; readonly specification: CaseSpecification }>();
    const add = (owner: CaseName, specification: CaseSpecification): void => {
      if (!withRuns.has(keyOf(owner))) withRuns.set(keyOf(owner), { owner, specification });
    };
    for (const { place, specification } of live()) if (place.folder === folder) add({ file: basename(place.file), case: specification.case.name }, specification);
    for (const { owner, record } of readRecords(folder)) add(owner, record.specification);

    const free = [...present.entries()].filter(([key, { meaning }]) => meaning !== undefined && !withRuns.has(key) && isNew(key)).map(([, each]) => each);
    const lost = [...withRuns].filter(([key, { owner }]) => !present.has(key) && !unclear.has(owner.file));
    return lost.flatMap(([key, { owner, specification }]) => {
      const said = [meanings.get(key), meaningOf(specification)];
      // A variant of a study has the settings of a case with other values, so it may equal another case by chance.
      const alike = free.filter((each) => said.includes(each.meaning) && isVariant(each.owner) === isVariant(owner));
      const ofName = alike.filter((each) => ownName(each.owner) === ownName(owner));
      const ofFile = alike.filter((each) => each.owner.file === owner.file);
      const [heir, ...others] = ofName.length > 0 ? ofName : ofFile.length > 0 ? ofFile : alike;
      if (heir === undefined || others.length > 0) return [];
      free.splice(free.indexOf(heir), 1);
      return [[owner, heir.owner] as const];
    });
  }
}

/** The rename of a file within its folder; undefined for a file that was moved elsewhere, away from its runs. */
export function renameWithin(from: string, to: string): { readonly from: Rename['from']; readonly to: Rename['to'] } | undefined {
  if (dirname(from) !== dirname(to) || basename(from) === basename(to)) return undefined;
  return { from: { file: basename(from) }, to: { file: basename(to) } };
}

function presentIn({ place, contents }: PlacedContents): Present[] {
  const file = basename(place.file);
  if (contents.kind === 'broken') return contents.names.map((name) => ({ owner: { file, case: name } }));
  return allCasesOf(contents).map((each) => ({ owner: { file, case: each.case.name }, meaning: meaningOf(each) }));
}

function isVariant({ case: name }: CaseName): boolean {
  return studyOf(name) !== undefined;
}

/** The name of a case; of a variant its settings, which stay when its study is renamed. */
function ownName({ case: name }: CaseName): string {
  return name.slice(name.indexOf('/') + 1);
}

function keyOf({ file, case: name }: CaseName): string {
  return `${file}\n${name}`;
}
