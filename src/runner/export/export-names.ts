/* Which names the files of images get: that of the image where programs accept it, and each name once. */
import { basename } from 'node:path';
import type { Finding } from '#domain/finding';
import { safeName } from '#runner/safe-name';

/** Characters: with the longest ending a job's name has 80. */
const longest = 56;

export interface ExportName {
  readonly path: string;
  /** How its files begin. */
  readonly stem: string;
  /** `export-name-changed`, where that is not the name of the image. */
  readonly finding?: Finding;
}

/** One entry per image, in their order; the first one with a name keeps it, others get a number. */
export function exportNames(paths: readonly string[]): readonly ExportName[] {
  const own = paths.map((path) => basename(path).replace(/\.png$/i, ''));
  const safe = own.map((name) => safeName(/^\d/.test(name) ? `image-${name}` : name, 'image', longest));
  // Some file systems ignore case. A number never leads to a name that another image already has.
  const takenBy = new Map<string, string>();
  const reserved = new Set(safe.map((name) => name.toLowerCase()));
  return paths.map((path, i) => {
    const first = takenBy.get(safe[i]!.toLowerCase());
    let stem = safe[i]!;
    if (first !== undefined) {
      for (let n = 2; takenBy.has(stem.toLowerCase()) || reserved.has(stem.toLowerCase()); n++) stem = `${safe[i]!}-${n}`;
    }
    takenBy.set(stem.toLowerCase(), path);
    return { path, stem, ...(stem !== own[i] && { finding: nameChanged(path, stem, first) }) };
  });
}

function nameChanged(path: string, stem: string, first: string | undefined): Finding {
  return {
    code: 'export-name-changed',
    severity: 'information',
    message: `The files of ${path} are named ${stem}: ${first === undefined ? 'other programs take letters, digits, - and _ in the name of a job, a letter first, and no device of Windows' : `${first} has its name already`}.`,
    remedy: 'Rename the image if its files should have another name.',
  };
}
