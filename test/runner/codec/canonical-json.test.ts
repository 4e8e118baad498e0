import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError, type Json } from '#engine/api';
import { canonicalJson } from '#runner/codec/canonical-json';
import { anyJson } from '#test/runner/store/artifacts';

describe('canonical JSON', () => {
  test('sorts names at every depth and leaves lists as they are', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: 'x' }, B: true }, 'refused')).toBe('{"B":true,"a":{"c":"x","d":null},"b":[2,1]}');
  });

  test('is JSON of the same value, and does not depend on the order of names', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value, 'kept');
        expect(JSON.parse(text)).toStrictEqual(value);
        expect(canonicalJson(reversedNames(value), 'kept')).toBe(text);
      }),
    );
  });

  test.each([
    ['NaN', NaN],
    ['infinity', { a: [-Infinity] }],
    ['a function', { a: () => 1 }],
    ['undefined', { a: undefined }],
    ['a typed array', { a: new Float64Array(2) }],
    ['a date', new Date(0)],
    ['a big integer', 1n],
  ])('refuses %s as a bug', (_, value) => {
    expect(() => canonicalJson(value as unknown as Json, 'kept')).toThrow(BugError);
  });

  test('refuses negative zero in what is hashed and keeps it elsewhere', () => {
    expect(() => canonicalJson({ angle: -0 }, 'refused')).toThrow(BugError);
    expect(Object.is(JSON.parse(canonicalJson(-0, 'kept')), -0)).toBe(true);
  });
});

function reversedNames(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => reversedNames(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, item]) => [name, reversedNames(item as Json)]));
}
