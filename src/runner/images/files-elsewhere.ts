/*
 * Files of a database that are not in the folder of its specification: `..`, an absolute path, or symbolic links lead there.
 * They are read, because pictures are often too large for the disk that the specification is on; but that is said, because
 * who gets the folder alone lacks them, and because a link is not seen in the specification.
 */
import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { PlacedFinding } from '#domain/finding';
import type { FilePath } from '#language/specification/specification';
import { formatCount } from '#units/format-quantity';
import { machinePath } from '../named-paths';
import type { ListedFile } from './listed-file';

/** The information `files-elsewhere`, at `path`, which the files were listed by; they exist. */
export function filesElsewhere(files: readonly ListedFile[], path: FilePath): readonly PlacedFinding[] {
  const own = ifThere(() => realpathSync(dirname(machinePath({ ...path, file: '_' }))));
  if (own === undefined) return [];
  const inside = own.endsWith(sep) ? own : own + sep;
  // Most files of a database are in few folders.
  const folders = new Map<string, string>();
  const realFolder = (folder: string): string => {
    const known = folders.get(folder) ?? realpathSync(folder);
    folders.set(folder, known);
    return known;
  };
  const realPath = (file: string): string => (lstatSync(file).isSymbolicLink() ? realpathSync(file) : join(realFolder(dirname(file)), basename(file)));
  const outside = files.flatMap((file) => {
    const real = ifThere(() => realPath(file.path));
    return real === undefined || real.startsWith(inside) ? [] : [{ file, real }];
  });
  const [first] = outside;
  if (!first) return [];
  return [{
    code: 'files-elsewhere',
    severity: 'information',
    message: `${formatCount(outside.length, 'file')} of the database ${outside.length === 1 ? 'is' : 'are'} not in the folder of the specification: ${first.file.name} is "${first.real}"${outside.length === 1 ? '' : ', for example'}.`,
    remedy: 'They are read. Copy them into the folder if others are to repeat the run.',
    place: path.place,
  }];
}

/** What was deleted meanwhile is reported by those who read it. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
