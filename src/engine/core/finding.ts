/** How much a finding matters: an error stops the run, a warning does not. */
export type Severity = 'error' | 'warning' | 'information';

/**
 * Something that the user did or that physics refused, told as data: a stable code, one sentence of
 * what happened, and the remedy. Never thrown; a bug is a `BugError` instead.
 */
export interface Finding {
  /** Stable kebab-case code such as `image-not-square`; each has a section in docs/findings.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** What the user can do about it. */
  readonly remedy?: string;
}

/** A value, or the findings that say why there is none. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly findings: readonly Finding[] };

/** A successful result. */
export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A failed result with one error finding. */
export function failure(code: string, message: string, remedy?: string): Result<never> {
  return { ok: false, findings: [{ code, severity: 'error', message, ...(remedy === undefined ? {} : { remedy }) }] };
}
