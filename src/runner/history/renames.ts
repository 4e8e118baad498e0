/*
 * Cases and files that got another name: `runs/renames.jsonl` in the run folder, one line per rename. Records stay as
 * their runs wrote them, because a run may still be writing its own; readers apply the renames that are not older than
 * the run. Appending a line is all that a program does here, so several can do it.
 */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RunRecord } from './run-record';

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
