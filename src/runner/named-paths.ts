/*
 * Paths that a specification names, relative to its folder, and the files that a pattern matches: `*` stands for any
 * characters and `?` for one, in the name of the file. Node.js has patterns of its own only from version 22 on.
 */
import { readdirSync, type Dirent } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure, success, type Result } from '#domain/finding';
import type { FilePath } from '#language/specification/specification';

/** The path on this machine. */
export function machinePath({ file, place }: FilePath): string {
  // Editors name the specification by its URI.
  const specification = place.file.startsWith('file:') ? fileURLToPath(place.file) : place.file;
  return resolve(dirname(specification), file);
}

/** Why the system refuses a path, in words. */
export function refusalText(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? String(error) : (refusals[code] ?? `the system reports ${code}`);
}

const refusals: Readonly<Record<string, string>> = {
  ENOENT: 'the file does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'its permissions do not allow it',
  EPERM: 'its permissions do not allow it',
  EISDIR: 'it is a folder',
  ENODEV: 'it is a device or a pipe',
  ELOOP: 'its symbolic links lead to each other',
};

/**
 * The files that a pattern matches, by the code points of their names; of a path without `*` and `?`, the path itself.
 * As in a shell, a name that begins with a dot is matched by a pattern that does, too. Finding: `pictures-unmatched`.
 */
export function matchingPaths(named: FilePath): Result<readonly FilePath[]> {
  const { file } = named;
  const name = basename(file);
  if (!/[*?]/.test(name)) return success([named]);
  const folder = file.slice(0, file.length - name.length);
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(machinePath({ ...named, file: folder === '' ? '.' : folder }), { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return unmatched(file, code === 'ENOENT' || code === 'ENOTDIR' ? 'the folder does not exist' : `the folder cannot be read (${code ?? String(error)})`);
  }
  const expression = expressionOf(name);
  const names = entries
    .filter((entry) => !entry.isDirectory() && expression.test(entry.name) && (name.startsWith('.') || !entry.name.startsWith('.')))
    .map((entry) => entry.name)
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  if (names.length === 0) return unmatched(file, 'no file of the folder has such a name');
  return success(names.map((each) => ({ ...named, file: folder + each })));
}

function unmatched(pattern: string, reason: string): Result<never> {
  return failure(
    'pictures-unmatched',
    `No file matches "${pattern}": ${reason}.`,
    'Use a path relative to the specification; `*` stands for any characters of the name and `?` for one, and capital letters matter.',
  );
}

function expressionOf(pattern: string): RegExp {
  const parts = Array.from(pattern, (sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : sign.replace(/[\\^$.+()[\]{}|/]/, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 'su');
}
