/* The files of a database, one after another: what its paths and patterns name, and which part of a file of many pictures. */
import { statSync } from 'node:fs';
import { failure, success, type PlacedFinding, type Result } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { FilePath } from '#language/specification/specification';
import { machinePath, matchingPaths } from '../named-paths';
import { pictureRefused } from '#runner/pictures/picture-findings';

/** A file, or the dataset of one. */
export interface ListedFile {
  /** As findings call it. */
  readonly name: string;
  /** As the specification has it, a pattern replaced by the file. */
  readonly written: string;
  /** On this machine. */
  readonly path: string;
  readonly dataset?: string;
  /** Bytes, and milliseconds since 1970, when it was listed: a file with others has changed. */
  readonly size: number;
  readonly modified: number;
}

/** All files that decide about the images of a database: those with its pictures, and its table of labels. Findings: those of `listFiles`. */
export function listDatabase({ images, labels }: FileDatabase<FilePath>): { readonly files: readonly ListedFile[]; readonly watched: readonly ListedFile[]; readonly findings: readonly PlacedFinding[] } {
  const { files, findings } = listFiles(images);
  const table = listFiles(labels ? [labels.table] : []);
  return { files, watched: [...files, ...table.files], findings: [...findings, ...table.findings] };
}

/** The files in the order of the paths, those of a pattern by the code points of their names, each once. Findings: `pictures-unmatched`, `picture-unreadable`. */
export function listFiles(paths: readonly FilePath[]): { readonly files: readonly ListedFile[]; readonly findings: readonly PlacedFinding[] } {
  const files = new Map<string, ListedFile>();
  const findings: PlacedFinding[] = [];
  for (const written of paths) {
    const listed = listPath(written);
    if (!listed.ok) findings.push(...listed.findings.map((finding) => ({ ...finding, place: written.place })));
    else for (const file of listed.value) files.set(`${file.path}:${file.dataset ?? ''}`, file);
  }
  return { files: [...files.values()], findings };
}

function listPath({ file: written, place }: FilePath): Result<readonly ListedFile[]> {
  const { file, dataset } = splitDataset(written);
  const matched = matchingPaths({ file, place });
  if (!matched.ok) return matched;
  const files: ListedFile[] = [];
  for (const each of matched.value) {
    const path = machinePath(each);
    const name = `"${each.file}${dataset === undefined ? '' : `:${dataset}`}"`;
    const state = stateOf(path, name);
    if (!state.ok) return state;
    files.push({ name, written: each.file, path, ...(dataset !== undefined && { dataset }), ...state.value });
  }
  return success(files);
}

/** `set.h5:/GRF/GRF` and `set.npz:images` are datasets of files; a colon behind the letter of a drive is none. */
export function splitDataset(written: string): { readonly file: string; readonly dataset?: string } {
  const [, file, dataset] = /^(.{2,}?\.\w+):(.+)$/s.exec(written) ?? [];
  return file === undefined || dataset === undefined ? { file: written } : { file, dataset };
}

/** Findings: `picture-unreadable`. */
function stateOf(path: string, name: string): Result<Pick<ListedFile, 'size' | 'modified'>> {
  try {
    const { size, mtimeMs } = statSync(path);
    return success({ size, modified: mtimeMs });
  } catch (error) {
    return pictureRefused(name, error);
  }
}

/** `picture-changed` if the file is not as it was listed. */
export function checkUnchanged(file: ListedFile): Result<void> {
  const state = stateOf(file.path, file.name);
  if (!state.ok) return state;
  if (state.value.size === file.size && state.value.modified === file.modified) return success(undefined);
  return failure('picture-changed', `${file.name} changed while it was read.`, 'Run the case again when the file is complete.');
}
