/*
 * The one form of everything that a user did wrong, or that physics refused: data, never thrown. The language finds
 * it in files, engine and runner while they compute, the server in requests; a bug is a `BugError` instead.
 */

/** How much a finding matters: an error refuses the file or stops the run, the others do not. */
export type Severity = 'error' | 'warning' | 'information';

/** A finding: a stable code, what happened, and what the user can do about it. */
export interface Finding {
  /** Stable kebab-case code such as `image-not-square`; each has a section in docs/findings.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What the user can do about it. */
  readonly remedy?: string;
  /** Where in a file it is; findings about results have none. */
  readonly place?: Place;
  /** The remedy as edits of the file, where edits can do it. */
  readonly fixes?: readonly TextFix[];
}

/** A finding in a file. */
export type PlacedFinding = Finding & { readonly place: Place };

/** Zero-based line and character (UTF-16 units), as editors count them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** A range of a file, which goes by the name that its reader gave it; in an editor by its URI. */
export interface Place extends TextRange {
  readonly file: string;
}

/** An edit that fixes what a finding is about. */
export interface TextFix {
  /** What it does, as an editor offers it. */
  readonly title: string;
  /** The file to edit, if it is another one than the finding's. */
  readonly file?: string;
  readonly range: TextRange;
  /** Replaces the range. */
  readonly text: string;
  /** Marks the fix that was most likely meant. */
  readonly preferred?: true;
}

/** A value, or the findings that say why there is none. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly findings: readonly Finding[] };

/** A successful result. */
export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A failed result with one error finding. */
export function failure(code: string, message: string, remedy?: string): Result<never> {
  return { ok: false, findings: [{ code, severity: 'error', message, ...(remedy !== undefined && { remedy }) }] };
}

/** Whether any finding is an error. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** Message and remedy as one text. */
export function findingText({ message, remedy }: Finding): string {
  return remedy === undefined ? message : `${message} ${remedy}`;
}
