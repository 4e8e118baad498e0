/* Typed arrays with the same bytes are equal. Vitest compares their numbers one by one, which takes seconds for the weights of a network. */
import { expect } from 'vitest';

expect.addEqualityTesters([haveEqualBytes]);

/** Undefined where the bytes do not decide: vitest compares such arrays itself, and says what differs. */
function haveEqualBytes(one: unknown, other: unknown): true | undefined {
  if (!ArrayBuffer.isView(one) || !ArrayBuffer.isView(other) || one.constructor !== other.constructor) return undefined;
  return bytesOf(one).equals(bytesOf(other)) || undefined;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
