import type { Finding } from '#domain/finding';

export type { Finding, Severity } from '#domain/finding';

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
