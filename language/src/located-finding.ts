/** An error refuses the specification; a warning or an information does not. */
export type Severity = 'error' | 'warning' | 'information';

/** Zero-based line and character (UTF-16 units), as editors count them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: Position;
  readonly end: Position;
}

/** An edit of the text that mends a finding. */
export interface TextFix {
  /** What it does, as an editor offers it. */
  readonly title: string;
  /** Of another file than the finding's: as the reader named it, in an editor its URI. */
  readonly file?: string;
  readonly range: TextRange;
  /** Stands in the range afterwards. */
  readonly text: string;
  /** Of several fixes the one that was most likely meant. */
  readonly preferred?: true;
}

/** Trouble at a place of a file: a stable code, one or two sentences, and the remedy. */
export interface LocatedFinding {
  /** kebab-case; each has a section in docs/findings.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What the user can do about it. */
  readonly remedy?: string;
  /** The same as edits, where edits can do it. */
  readonly fixes?: readonly TextFix[];
  /** The file as the reader named it. */
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** By file in the order given, then line, character and code; files not given come last. */
export function sortFindings(findings: readonly LocatedFinding[], files: readonly string[]): LocatedFinding[] {
  const rank = new Map(files.map((file, index) => [file, index]));
  const rankOf = (finding: LocatedFinding): number => rank.get(finding.file) ?? files.length;
  return findings.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      a.start.line - b.start.line ||
      a.start.character - b.start.character ||
      (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
