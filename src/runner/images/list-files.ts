/* The files of a database, one after another: what its paths and patterns name, and which part of a file of many pictures. */
import { lstatSync, readlinkSync, statSync } from 'node:fs';
import { failure, success, type PlacedFinding, type Result } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { FilePath } from '#language/specification/specification';
import { matchingPaths } from '../matching-paths';
import { machinePath } from '../named-paths';
import { pictureRefused } from '#runner/pictures/picture-findings';
import { filesElsewhere } from './files-elsewhere';
import type { ListedFile } from './listed-file';

/** All files that decide about the images of a database: those with its pictures, and its table of labels. Findings: those of `listFiles`. */
export function listDatabase({ images, labels }: FileDatabase<FilePath>): { readonly files: readonly ListedFile[]; readonly watched: readonly ListedFile[]; readonly findings: readonly PlacedFinding[] } {
  const { files, findings } = listFiles(images);
  const table = listFiles(labels ? [labels.table] : []);
  return { files, watched: [...files, ...table.files], findings: [...findings, ...table.findings] };
}

/** The files in the order of the paths, those of a pattern by the code points of their names, each once. Findings: `pictures-unmatched`, `picture-unreadable`, and the information `files-elsewhere`. */
export function listFiles(paths: readonly FilePath[]): { readonly files: readonly ListedFile[]; readonly findings: readonly PlacedFinding[] } {
  const files = new Map<string, ListedFile>();
  const findings: PlacedFinding[] = [];
  for (const written of paths) {
    const listed = listPath(written);
    if (!listed.ok) findings.push(...listed.findings.map((finding) => ({ ...finding, place: written.place })));
    else {
      findings.push(...filesElsewhere(listed.value, written));
      for (const file of listed.value) files.set(`${file.path}:${file.dataset ?? ''}`, file);
    }
  }
  return { files: [...files.values()], findings };
}

function listPath({ file: written, place }: FilePath): Result<readonly ListedFile[]> {
  const { file, dataset } = splitDataset(written);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file)) return failure('picture-unreadable', `"${written}" is an address, and only files are read.`, 'Download the files, and name the path that they have then.');
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
    const status = statSync(path);
    // A pipe or a device might never end.
    if (!status.isFile()) return pictureRefused(name, Object.assign(new Error(path), { code: status.isDirectory() ? 'EISDIR' : 'ENODEV', syscall: 'stat' }));
    return success({ size: status.size, modified: status.mtimeMs });
  } catch (error) {
    const target = (error as NodeJS.ErrnoException).code === 'ENOENT' ? linkTarget(path) : undefined;
    if (target !== undefined) return failure('picture-unreadable', `${name} cannot be read: it is a symbolic link to "${target}", which does not exist.`, 'Correct the link, or put the file there.');
    return pictureRefused(name, error);
  }
}

/** Where a symbolic link leads; undefined of anything else. */
function linkTarget(path: string): string | undefined {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  return isLink ? readlinkSync(path) : undefined;
}

/** `picture-changed` if the file is not as it was listed. */
export function checkUnchanged(file: ListedFile): Result<void> {
  const state = stateOf(file.path, file.name);
  if (!state.ok) return state;
  if (state.value.size === file.size && state.value.modified === file.modified) return success(undefined);
  return failure('picture-changed', `${file.name} changed while it was read.`, 'Run the case again when the file is complete.');
}
