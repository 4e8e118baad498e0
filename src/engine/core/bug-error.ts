/** A broken promise between parts of this program: never the user's fault, never caught to go on. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

/** Throws a `BugError` unless the condition holds. */
export function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BugError(message);
}
