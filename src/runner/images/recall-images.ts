/* Cases of a file as it is now, with what runs have found in the files of their databases. */
import type { CaseOverrides, DesignCase } from '#domain/case';
import { hasErrors } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { FilePath } from '#language/specification/specification';
import { attachImages } from './attach-images';
import { listDatabase } from './list-files';
import { countChanges, recall } from './remembered-images';

/** The case with what a run folder remembers of its databases, as far as their files are the same; what a record says of them stays. */
export function recallImages(written: DesignCase<FilePath>, runFolder: string, overrides: CaseOverrides = {}): DesignCase<FilePath> {
  return attachImages(written, (database) => database.read ?? recallUnchanged(database, runFolder)?.read, overrides);
}

/** What an earlier run found in the files of a database and in its table of labels, if they have not changed since. */
export function recallUnchanged(database: FileDatabase<FilePath>, runFolder: string): ReturnType<typeof recall> {
  const before = recall(runFolder, database);
  if (before === undefined) return undefined;
  const { watched, findings } = listDatabase(database);
  const isSame = !hasErrors(findings) && countChanges(watched, before.files) === 0;
  return isSame ? before : undefined;
}
