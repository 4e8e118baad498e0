/* The images of the databases of a run, read before its cases begin, so that their identity fixes the keys of stages. */
import { overrideCase, type CaseOverrides, type DesignCase } from '#domain/case';
import { failure, hasErrors, success, type PlacedFinding, type Result } from '#domain/finding';
import type { FileDatabase, ImagesRead } from '#domain/image-files';
import { formatCount } from '#units/format-quantity';
import type { FileImages } from '#engine/api';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import { attachImages } from './attach-images';
import { databaseKey } from './database-key';
import { listDatabase, listFiles } from './list-files';
import type { MadePictures } from './made-pictures';
import { readImages, type ReadingHooks } from './read-images';
import { countChanges, recall, remember } from './remembered-images';

export interface ImageLibrary {
  /** Reads the files of a database that have not been read before, or finds what they gave. The files are unusable where a finding is an error. */
  prepare(database: FileDatabase<FilePath>): Promise<readonly PlacedFinding[]>;
  /** What `prepare` found. */
  readOf(database: FileDatabase<FilePath>): ImagesRead | undefined;
  /** The images with this identity. Findings: `picture-changed`, and those of the files. */
  images(sha256: string): Promise<Result<FileImages>>;
}

export interface LibrarySettings extends Partial<ReadingHooks> {
  /** Where it is remembered what files gave; nowhere where it is absent. */
  readonly runFolder?: string;
  /** Whether several databases may have files in common, which are then read once. */
  readonly isShared?: boolean;
}

/** A library without anything. */
export function createImageLibrary({ runFolder, isShared = false, progress = () => {}, signal = { aborted: false } }: LibrarySettings = {}): ImageLibrary {
  const prepared = new Map<string, { readonly database: FileDatabase<FilePath>; readonly findings: readonly PlacedFinding[]; readonly read?: ImagesRead }>();
  const sets = new Map<string, FileImages>();
  const made: MadePictures | undefined = isShared ? new Map() : undefined;
  const hooks: ReadingHooks = { progress, signal, ...(made && { made }) };

  const read = async (database: FileDatabase<FilePath>): Promise<{ readonly findings: readonly PlacedFinding[]; readonly read?: ImagesRead }> => {
    const { files, watched, findings } = listDatabase(database);
    if (hasErrors(findings)) return { findings };
    const before = runFolder === undefined ? undefined : recall(runFolder, database);
    const [{ place }] = database.images as readonly [FilePath];
    const changes = before ? countChanges(watched, before.files) : 0;
    if (before && changes === 0) return { read: before.read, findings: before.findings.map((finding) => ({ ...finding, place })) };
    const outcome = await readImages(database, files, hooks);
    const found = [...findings, ...outcome.findings];
    if (!outcome.read || !outcome.images) return { findings: found };
    sets.set(outcome.read.sha256, outcome.images);
    if (runFolder !== undefined) remember(runFolder, database, { files: watched, read: outcome.read, findings: found });
    const isOther = before && before.read.sha256 !== outcome.read.sha256;
    return { read: outcome.read, findings: [...found, ...(isOther ? [{ ...imagesChanged(changes), place }] : [])] };
  };

  return {
    async prepare(database) {
      const key = databaseKey(database);
      const known = prepared.get(key);
      if (known) return known.findings;
      const found = await read(database);
      prepared.set(key, { database, ...found });
      return found.findings;
    },
    readOf: (database) => prepared.get(databaseKey(database))?.read,
    async images(sha256) {
      const known = sets.get(sha256);
      if (known) return success(known);
      const wanted = [...prepared.values()].find((each) => each.read?.sha256 === sha256);
      if (!wanted) return failure('picture-changed', 'The files of the database are not those that the case was prepared with.', 'Run the case again.');
      const { files, findings } = listFiles(wanted.database.images);
      if (hasErrors(findings)) return { ok: false, findings };
      const outcome = await readImages(wanted.database, files, hooks);
      if (!outcome.read || !outcome.images) return { ok: false, findings: outcome.findings };
      if (outcome.read.sha256 !== sha256) return failure('picture-changed', 'The files of the database changed while the case ran.', 'Run the case again.');
      sets.set(sha256, outcome.images);
      return success(outcome.images);
    },
  };
}

function imagesChanged(files: number): Omit<PlacedFinding, 'place'> {
  return {
    code: 'images-changed',
    severity: 'information',
    message: `${formatCount(files, 'file')} of the database changed since the last run, so its images are others; results of the earlier images stay in the store.`,
  };
}

/** The databases of files of these cases and of those that they start from, as a run with the overrides has them; of those with the same images one. */
export function fileDatabases(cases: readonly CaseSpecification[], overrides: CaseOverrides = {}): readonly FileDatabase<FilePath>[] {
  const databases = new Map<string, FileDatabase<FilePath>>();
  const add = ({ database, start }: DesignCase<FilePath>): void => {
    if (database.kind === 'files') databases.set(databaseKey(database), database);
    if (start.kind === 'case') add(start.case);
  };
  for (const each of cases) add(overrideCase(each.case, overrides));
  return [...databases.values()];
}

/** The cases with what their files gave, for `resolveCase`. */
export function withImages(cases: readonly CaseSpecification[], library: ImageLibrary, overrides: CaseOverrides = {}): readonly CaseSpecification[] {
  return cases.map((each) => ({ ...each, case: attachImages(each.case, library.readOf, overrides) }));
}
