/** A broken contract between parts of this program: never the user's fault, and never caught to continue. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

/** Throws a `BugError` unless the condition holds. */
export function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BugError(message);
}
