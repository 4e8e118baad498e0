import { describe, expect, test } from 'vitest';
import { BugError, Cancelled } from '#engine/api';
import { fromPortableError, toPortableError } from '#runner/codec/portable-error';

/** There and back, through what a thread's port does. */
function sent(thrown: unknown): Error {
  return fromPortableError(structuredClone(toPortableError(thrown)));
}

describe('an error that crosses threads', () => {
  test.each([
    ['a bug', new BugError('a broken promise'), BugError],
    ['a cancellation', new Cancelled('enough'), Cancelled],
    ['any other', new TypeError('not a number'), Error],
  ])('(%s) keeps name, message and stack', (_, error, type) => {
    const arrived = sent(error);
    expect(arrived).toBeInstanceOf(type);
    expect([arrived.name, arrived.message, arrived.stack]).toStrictEqual([error.name, error.message, error.stack]);
  });

  test('is no bug unless it was one', () => {
    expect(sent(new Error('BugError'))).not.toBeInstanceOf(BugError);
  });

  test('brings its causes along', () => {
    const arrived = sent(new Error('outer', { cause: new RangeError('middle', { cause: new BugError('inner') }) }));
    expect(arrived.cause).toMatchObject({ name: 'RangeError', message: 'middle' });
    expect((arrived.cause as Error).cause).toBeInstanceOf(BugError);
    expect(arrived.cause).not.toHaveProperty('cause.cause');
  });

  test.each([['a text', 'a text'], [undefined, 'undefined'], [{ a: 1 }, '[object Object]']])('is made of %j, which is none', (thrown, text) => {
    expect(sent(thrown).message).toBe(`thrown: ${text}`);
  });
});
