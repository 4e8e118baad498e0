/* Cases of a file as it is now, with what runs have found in the files of their databases. */
import { overrideCase, type CaseOverrides, type DesignCase } from '#domain/case';
import { hasErrors } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { FilePath } from '#language/specification/specification';
import { listFiles } from './list-files';
import { countChanges, recall } from './remembered-images';

/** The case with what a run folder remembers of its databases, as far as their files are the same; what a record says of them stays. */
export function recallImages(written: DesignCase<FilePath>, runFolder: string, overrides: CaseOverrides = {}): DesignCase<FilePath> {
  const { database, start } = written;
  const overridden = overrideCase(written, overrides).database;
  const read = overridden.kind === 'files' && overridden.read === undefined ? recallUnchanged(overridden, runFolder)?.read : undefined;
  const other = start.kind === 'case' ? recallImages(start.case, runFolder, overrides) : undefined;
  if (read === undefined && (start.kind !== 'case' || other === start.case)) return written;
  return {
    ...written,
    database: database.kind === 'files' && read ? { ...database, read } : database,
    start: other ? { kind: 'case', case: other } : start,
  };
}

/** What an earlier run found in the files of a database and in its table of labels, if they have not changed since. */
export function recallUnchanged(database: FileDatabase<FilePath>, runFolder: string): ReturnType<typeof recall> {
  const before = recall(runFolder, database);
  if (before === undefined) return undefined;
  const { files, findings } = listFiles([...database.images]);
  const table = database.labels ? listFiles([database.labels.table]) : { files: [], findings: [] };
  const isSame = !hasErrors([...findings, ...table.findings]) && countChanges([...files, ...table.files], before.files) === 0;
  return isSame ? before : undefined;
}
