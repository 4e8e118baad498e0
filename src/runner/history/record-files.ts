/* The files of run records. Each is replaced whole, so readers never wait. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stateOf } from '#runner/run-folder/process-identity';
import type { RunRecord } from './run-record';
import { upgradeRecord } from './upgrade-record';

/** A record and whether what it says of its process is still so. */
export interface FoundRecord {
  readonly record: RunRecord;
  /** A run that says it runs or waits, while its process is gone. */
  readonly interrupted: boolean;
  /** Whose run it is now: its case or its file may have got another name since. */
  readonly owner: CaseName;
}

/** An id is a file's name: nothing that could lead elsewhere. */
const idPattern = /^[0-9A-Za-z-]{1,64}$/;

const folderOf = (runFolder: string): string => join(runFolder, 'runs');

/** Writes or replaces a record. Throws Node's errors of the file system. */
export function writeRecord(runFolder: string, record: RunRecord): void {
  const path = join(folderOf(runFolder), `${record.run}.json`);
  mkdirSync(folderOf(runFolder), { recursive: true });
  const whole = `${path}.${process.pid}.part`;
  writeFileSync(whole, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(whole, path);
}

/** All records of a run folder, the newest first. Files that are not records are left out, and those of versions to come. */
export function readRecords(runFolder: string): FoundRecord[] {
  const names = namesIn(folderOf(runFolder)).filter((name) => name.endsWith('.json'));
  const renames = readRenames(runFolder);
  const found = names.flatMap((name) => readOne(runFolder, name.slice(0, -'.json'.length), renames) ?? []);
  return found.sort((a, b) => (a.record.started < b.record.started ? 1 : -1));
}

/** The record of a run; undefined when there is none. */
export function readRecord(runFolder: string, run: string): FoundRecord | undefined {
  return readOne(runFolder, run, readRenames(runFolder));
}

/** Whether a record is of a case of the file with this path, in whose run folder it lies: both may have been moved together. */
export function isOfCase({ owner }: FoundRecord, file: string, caseName: string): boolean {
  return owner.file === basename(file) && owner.case === caseName;
}

function readOne(runFolder: string, run: string, renames: readonly Rename[]): FoundRecord | undefined {
  if (!idPattern.test(run)) return undefined;
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(join(folderOf(runFolder), `${run}.json`), 'utf8'));
  } catch (error) {
    // Deleted meanwhile, or damaged: a history with a hole is better than none.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const record = upgradeRecord(found);
  if (record?.run !== run || record.specification.place === undefined) return undefined;
  const claimed = record.state === 'running' || record.state === 'queued';
  return { record, interrupted: claimed && stateOf(record.process) === 'gone', owner: ownerOf(record, renames) };
}

/** Deletes a record; false when there was none. */
export function deleteRecord(runFolder: string, run: string): boolean {
  if (readRecord(runFolder, run) === undefined) return false;
  rmSync(join(folderOf(runFolder), `${run}.json`), { force: true });
  return true;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/*
 * Cases and files that got another name: `runs/renames.jsonl` in the run folder, one line per rename. Records stay as
 * their runs wrote them, because a run may still be writing its own; readers apply the renames that are not older than
 * the run. Appending a line is all that a program does here, so several can do it.
 */

/** Whose run it is: the specification's name without its folder, and the name of its case. */
export interface CaseName {
  readonly file: string;
  readonly case: string;
}

/** Without `case` the whole file got another name. */
export interface Rename {
  readonly from: { readonly file: string; readonly case?: string };
  readonly to: { readonly file: string; readonly case?: string };
  /** ISO 8601. */
  readonly at: string;
}

const pathOf = (runFolder: string): string => join(runFolder, 'runs', 'renames.jsonl');

/** Adds a rename that happens now. Throws Node's errors of the file system. */
export function noteRename(runFolder: string, from: Rename['from'], to: Rename['to']): void {
  const rename: Rename = { from, to, at: new Date().toISOString() };
  mkdirSync(join(runFolder, 'runs'), { recursive: true });
  appendFileSync(pathOf(runFolder), `${JSON.stringify(rename)}\n`);
}

/** All renames of a run folder, the oldest first. Lines that are none are left out. */
export function readRenames(runFolder: string): readonly Rename[] {
  let text: string;
  try {
    text = readFileSync(pathOf(runFolder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => renameOf(line) ?? []);
}

/** Whose run a record is now. */
export function ownerOf({ specification: { place, case: { name } }, started }: RunRecord, renames: readonly Rename[]): CaseName {
  // Paths of records that were written on another system have its separator.
  let owner: CaseName = { file: basename(place.file.replaceAll('\\', '/')), case: name };
  for (const { from, to, at } of renames) {
    if (at < started || from.file !== owner.file || (from.case !== undefined && from.case !== owner.case)) continue;
    owner = { file: to.file, case: to.case ?? owner.case };
  }
  return owner;
}

function renameOf(line: string): Rename | undefined {
  try {
    const { from, to, at } = JSON.parse(line) as Partial<Rename>;
    return typeof from?.file === 'string' && typeof to?.file === 'string' && typeof at === 'string' ? { from, to, at } : undefined;
  } catch {
    return undefined;
  }
}
