/* Cases with what is known of the files of their databases. */
import { overrideCase, type CaseOverrides, type DesignCase } from '#domain/case';
import type { FileDatabase, ImagesRead } from '#domain/image-files';
import type { FilePath } from '#language/specification/specification';

/** The case, and with it the cases that it starts from, with what `readOf` knows of their databases as a run with the overrides has them. */
export function attachImages(written: DesignCase<FilePath>, readOf: (database: FileDatabase<FilePath>) => ImagesRead | undefined, overrides: CaseOverrides = {}): DesignCase<FilePath> {
  const { database, start } = written;
  const overridden = overrideCase(written, overrides).database;
  const read = overridden.kind === 'files' ? readOf(overridden) : undefined;
  return {
    ...written,
    database: database.kind === 'files' && read ? { ...database, read } : database,
    start: start.kind === 'case' ? { kind: 'case', case: attachImages(start.case, readOf, overrides) } : start,
  };
}
