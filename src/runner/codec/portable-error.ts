/*
 * Errors as plain data, to cross threads. The structured clone of an error loses its class: a bug
 * would look like any error, and a cancellation like a failure.
 */
import { BugError, Cancelled } from '#engine/api';

export interface PortableError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: PortableError;
}

/** The error as plain data; any other thrown value becomes an error that says so. */
export function toPortableError(thrown: unknown): PortableError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: `thrown: ${String(thrown)}` };
  const { name, message, stack, cause } = thrown;
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: toPortableError(cause) }),
  };
}

/** An error again: a `BugError` and a `Cancelled` as themselves, others as `Error` under their old name. */
export function fromPortableError({ name, message, stack, cause }: PortableError): Error {
  const error = revive(name, message);
  if (stack !== undefined) error.stack = stack;
  if (cause !== undefined) error.cause = fromPortableError(cause);
  return error;
}

function revive(name: string, message: string): Error {
  if (name === 'BugError') return new BugError(message);
  if (name === 'Cancelled') return new Cancelled(message);
  const error = new Error(message);
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  return error;
}
