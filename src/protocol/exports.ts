/* Data of a run as files for other programs, on the machine of the workspace. */
import type { DataFormat, DataPart } from '#domain/data-exports';
import type { Finding } from '#domain/finding';
import type { RunReference } from './runs';

/** Without `run` the newest run that has all parts, else the newest that has images. */
export interface ExportDataParams extends RunReference {
  readonly parts: readonly DataPart[];
  readonly format: DataFormat;
  /** URI of the folder for the files; files of the same name are replaced. */
  readonly folder: string;
  /** What the names of the files begin with; without it the name of the case. */
  readonly name?: string;
}

export interface ExportedFile {
  readonly uri: string;
  /** The tables in it, such as `database` and `designs/control`. */
  readonly tables: readonly string[];
}

export type ExportDataResponse =
  | { readonly kind: 'exported'; readonly files: readonly ExportedFile[] }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };
