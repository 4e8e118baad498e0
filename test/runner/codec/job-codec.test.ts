import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Artifact, ArtifactKey } from '#engine/api';
import { createArrayReferences, decodeMessage, encodeMessage, type JobOrder } from '#runner/codec/job-codec';

const there = (input: unknown): unknown => decodeMessage<JobOrder>(encodeMessage({ name: 'solve', input })).input;

describe('a job as bytes', () => {
  test('comes back as it was: nested data, all numbers, typed arrays of every kind', () => {
    const { buffer } = Float64Array.of(0, 1, NaN, -Infinity, -0);
    const input = {
      list: [1, -0, NaN, Infinity, -Infinity, null, true, 'µ', [], {}],
      arrays: { u8: Uint8Array.of(255), i32: Int32Array.of(-1), f32: Float32Array.of(0.1, NaN), view: new Float64Array(buffer, 8, 4), empty: new Uint8Array() },
      result: { ok: true, value: { header: { edge: 3 }, arrays: { a: Float64Array.of(2 ** -1074) } } },
    };
    expect(there(input)).toStrictEqual(input);
  });

  test('comes back as it was, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(there({ input })).toStrictEqual({ input });
      }),
    );
  });

  test('has an array once that stands in several places, and leaves out what is undefined', () => {
    const array = new Float64Array(10_000).fill(1.5);
    expect(encodeMessage({ name: 'solve', input: [array, array] }).length).toBeLessThan(90_000);
    expect(there({ array, other: [array], none: undefined })).toStrictEqual({ array, other: [array] });
  });

  test('names the arrays of stored artifacts, which the other side reads', () => {
    const key = 'k'.repeat(64) as ArtifactKey;
    const artifact: Artifact = { header: {}, arrays: { weights: new Float32Array(10_000).fill(0.25) } };
    const references = createArrayReferences();
    references.add(key, artifact);
    const bytes = encodeMessage({ name: 'explain', input: { regressor: artifact, own: Int32Array.of(7) } }, (array) => references.of(array));
    expect(bytes.length).toBeLessThan(1000);
    expect(decodeMessage<JobOrder>(bytes, (asked) => (asked === key ? structuredClone(artifact) : undefined)).input).toStrictEqual({ regressor: artifact, own: Int32Array.of(7) });
    expect(() => decodeMessage(bytes)).toThrow(/array "weights" of artifact k+, which is not in the store/);
  });

  test.each([
    ['shared memory', { team: { gradients: new Float32Array(new SharedArrayBuffer(8)) } }, /input\.team\.gradients of a job is memory that threads share/],
    ['the buffer itself', { shared: new SharedArrayBuffer(8) }, /input\.shared of a job is not plain data/],
    ['another typed array', [new Int8Array(2)], /input\[0\] of a job is not plain data/],
    ['an instance', new Map(), /input of a job is not plain data/],
    ['a function', { f: () => 1 }, /input\.f of a job is not plain data/],
    ['a name of the form itself', { $array: '0' }, /\$array/],
  ])('refuses %s', (_, input, message) => {
    expect(() => encodeMessage({ name: 'solve', input })).toThrow(message);
  });

  test('is refused when its bytes are not whole', () => {
    const bytes = encodeMessage({ name: 'solve', input: 1 });
    expect(() => decodeMessage(bytes.subarray(0, -1))).toThrow(/cannot be read: it is truncated/);
  });
});
