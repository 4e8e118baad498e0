/* How readers of arrays stop: deep inside a file, with what there is to say of it; the boundary makes a result of it. */
import { success, type Result } from '#domain/finding';
import { pictureRefused } from '../picture-findings';

/** Stops the reading of a file. Only the functions of this room throw it, and `asResult` catches it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly result: Result<never>) {
    super('refused');
  }
}

/** Stops with a finding. */
export function refuse(result: Result<never>): never {
  throw new Refused(result);
}

/** The value of `read`, or the finding with which it stopped; what the system refuses is `picture-unreadable`. */
export async function asResult<T>(name: string, read: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await read());
  } catch (error) {
    if (error instanceof Refused) return error.result;
    return pictureRefused(name, error);
  }
}
