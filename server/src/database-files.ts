/*
 * The files of databases as language features see them: they are read in another process, and only while runs are
 * allowed. The part of the server that runs cases provides them; without it nothing is known of any file.
 */
import type { URI } from 'langium';
import type { PlacedFinding } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import type { FileImagesPreview } from '#protocol/views/image-file-views';

/** A dataset of a file, or a column of a table. */
export interface NamedDataset {
  /** Empty for the one array of an NPY file. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
}

export interface DatabaseFiles {
  /** None where the file cannot be read soon. */
  datasets(path: string, isTable: boolean): Promise<readonly NamedDataset[]>;
  /** The first images of a database that a document declares; undefined where they cannot be read soon. */
  preview(document: URI, database: FileDatabase<FilePath>, count: number): Promise<FileImagesPreview | undefined>;
  /** What the last check of a document found in the files that its cases name, at the places where the cases name them now. Never waits. */
  findings(document: URI, cases: readonly CaseSpecification[]): readonly PlacedFinding[];
}

/** Without runs. */
export const noFiles: DatabaseFiles = { datasets: () => Promise.resolve([]), preview: () => Promise.resolve(undefined), findings: () => [] };
