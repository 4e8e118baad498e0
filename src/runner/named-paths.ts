/* Paths that a specification names, relative to its folder, and why the system refuses one. */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
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
