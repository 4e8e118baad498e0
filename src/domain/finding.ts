/** How much a finding matters: an error stops the run, a warning does not. */
export type Severity = 'error' | 'warning' | 'information';

/**
 * Something that the user did or that physics refused, reported as data: a stable code, one sentence of
 * what happened, and the remedy. Never thrown; a bug is a `BugError` instead.
 */
export interface Finding {
  /** Stable kebab-case code such as `image-not-square`; each has a section in docs/findings.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What the user can do about it, one sentence. */
  readonly remedy?: string;
}
