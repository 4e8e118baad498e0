/*
 * The files that a pattern matches: `*` stands for any characters and `?` for one, in the names of the file and of its
 * folders. Node.js has patterns of its own only from version 22 on.
 */
import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { failure, success, type Result } from '#domain/finding';
import type { FilePath } from '#language/specification/specification';
import { machinePath } from './named-paths';

/**
 * The files that a pattern matches, by the code points of their names, folder by folder; of a path without `*` and `?`,
 * the path itself. As in a shell, a name that begins with a dot is matched by a pattern that does, too. Symbolic links are
 * followed; one that leads nowhere counts as a file, so that it is reported. Finding: `pictures-unmatched`.
 */
export function matchingPaths(named: FilePath): Result<readonly FilePath[]> {
  const { file } = named;
  if (!isPattern(file)) return success([named]);
  // Names with the slashes behind them.
  const parts = file.match(/[^/]+\/*|\/+/g) ?? [];
  const inFolders = parts.slice(0, -1).some(isPattern);
  let paths: readonly string[] = [''];
  for (const [index, part] of parts.entries()) {
    const name = part.replace(/\/+$/, '');
    const slashes = part.slice(name.length);
    const wanted = index < parts.length - 1 ? 'folder' : 'file';
    if (!isPattern(name)) {
      paths = paths.map((path) => path + part);
      continue;
    }
    const found = paths.map((path) => matchesIn(named, path, name, wanted));
    const [refused] = found;
    if (typeof refused === 'string' && found.every((each) => typeof each === 'string')) return unmatched(file, refused);
    paths = found.flatMap((names, i) => (typeof names === 'string' ? [] : names.map((each) => paths[i]! + each + slashes)));
  }
  // What is behind the last pattern is not in every folder.
  const there = isPattern(parts.at(-1)!) ? paths : paths.filter((path) => existsSync(machinePath({ ...named, file: path })));
  if (there.length === 0) return unmatched(file, inFolders ? 'no file has such a path' : 'no file of the folder has such a name');
  return success(there.map((each) => ({ ...named, file: each })));
}

const isPattern = (text: string): boolean => /[*?]/.test(text);

/** The names of a folder that match, or why it cannot be read. */
function matchesIn(named: FilePath, folder: string, pattern: string, wanted: 'file' | 'folder'): readonly string[] | string {
  const path = machinePath({ ...named, file: folder === '' ? '.' : folder });
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'the folder does not exist' : `the folder cannot be read (${code ?? String(error)})`;
  }
  const expression = expressionOf(pattern);
  const isWanted = (entry: Dirent): boolean => (isFolder(path, entry) ? 'folder' : 'file') === wanted;
  return entries
    .filter((entry) => expression.test(entry.name) && (pattern.startsWith('.') || !entry.name.startsWith('.')) && isWanted(entry))
    .map((entry) => entry.name)
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function isFolder(path: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return statSync(join(path, entry.name)).isDirectory();
  } catch {
    // A link that leads nowhere, or to itself, is no folder.
    return false;
  }
}

function unmatched(pattern: string, reason: string): Result<never> {
  return failure(
    'pictures-unmatched',
    `No file matches "${pattern}": ${reason}.`,
    'Use a path relative to the specification; `*` stands for any characters of a name and `?` for one, and capital letters matter.',
  );
}

function expressionOf(pattern: string): RegExp {
  const parts = Array.from(pattern, (sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : sign.replace(/[\\^$.+()[\]{}|/]/, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 'su');
}
