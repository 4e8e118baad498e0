/* Artifacts for tests of the store: any at all, some of a given size, and how two are compared. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Artifact, ArtifactArray, Json, Provenance } from '#engine/api';

/**
 * Any JSON value that a header can hold, −0 and awkward names included. Names with `\\` are left out: after
 * `JSON.parse('{"":0,"\\\\":""}')`, V8 of Node 24 gives the member `"` of `'{"":0,"\\"":""}'` the name `\\`.
 */
export const anyJson: fc.Arbitrary<Json> = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('\\\\')) as fc.Arbitrary<Json>;

const anyArray: fc.Arbitrary<ArtifactArray> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.int32Array({ maxLength: 40 }),
  fc.float32Array({ maxLength: 40 }),
  fc.float64Array({ maxLength: 40 }),
  fc.constantFrom(new Uint8Array(0), new Float64Array([NaN, -0, Infinity]), new Float64Array(new ArrayBuffer(32), 8, 2)),
);

const anyName = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '', '\ud800'));

/** Any artifact. */
export const anyArtifact: fc.Arbitrary<Artifact> = fc.record({
  header: fc.dictionary(anyName, anyJson),
  arrays: fc.dictionary(anyName, anyArray),
});

/** An artifact of about so many bytes, different for each seed. */
export function artifactOf(bytes: number, seed = 1): Artifact {
  const values = new Float64Array(bytes / 8);
  for (let i = 0; i < values.length; i++) values[i] = Math.sin(seed * 1000 + i);
  return { header: { seed, note: 'test' }, arrays: { values } };
}

export const someProvenance: Provenance = { stage: 'solve', stageVersion: 3, description: { seed: 7, settings: { size: [1, 2.5, null] } } };

/** Fails unless both have the same header, and arrays of the same names, types and bits. */
export function expectSameArtifact(actual: Artifact | undefined, expected: Artifact): void {
  if (!actual) expect.fail('there is no artifact');
  expect(ownEntries(actual.header)).toStrictEqual(ownEntries(expected.header));
  expect(Object.keys(actual.arrays).sort()).toStrictEqual(Object.keys(expected.arrays).sort());
  for (const [name, array] of Object.entries(expected.arrays)) {
    const found = Object.getOwnPropertyDescriptor(actual.arrays, name)!.value as ArtifactArray;
    expect(found.constructor).toBe(array.constructor);
    expect(bitsOf(found)).toBe(bitsOf(array));
  }
}

/** Nested objects as sorted lists of entries, so that a name such as "__proto__" is compared like any other. */
function ownEntries(value: Json): unknown {
  if (Array.isArray(value)) return value.map((item: Json) => ownEntries(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => [name, ownEntries(item as Json)]);
}

function bitsOf(array: ArtifactArray): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('hex');
}
