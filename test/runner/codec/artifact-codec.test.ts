import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BugError, type Artifact } from '#engine/api';
import { decodeArtifact, encodeArtifact } from '#runner/codec/artifact-codec';
import { anyArtifact, artifactOf, expectSameArtifact } from '#test/runner/store/artifacts';

/** Why the bytes are refused; fails if they are taken. */
function reasonFor(label: string, bytes: Uint8Array): string {
  const decoded = decodeArtifact(label, bytes);
  if (decoded.ok) expect.fail('decoded');
  return decoded.reason;
}

describe('artifact codec', () => {
  test('gives back every artifact, bit for bit', () => {
    fc.assert(
      fc.property(fc.string(), anyArtifact, (label, artifact) => {
        const decoded = decodeArtifact(label, encodeArtifact(label, artifact));
        expectSameArtifact(decoded.ok ? decoded.artifact : undefined, artifact);
      }),
    );
  });

  test('reads bytes that begin at any address', () => {
    const bytes = encodeArtifact('k', artifactOf(80));
    for (let shift = 0; shift < 8; shift++) {
      const moved = new Uint8Array(bytes.length + shift).subarray(shift);
      moved.set(bytes);
      const decoded = decodeArtifact('k', moved);
      expectSameArtifact(decoded.ok ? decoded.artifact : undefined, artifactOf(80));
    }
  });

  test('gives arrays of their own, so that changing one changes nothing else', () => {
    const bytes = encodeArtifact('k', { header: {}, arrays: { a: Uint8Array.of(1), b: Uint8Array.of(2) } });
    const decoded = decodeArtifact('k', bytes);
    if (!decoded.ok) expect.fail(decoded.reason);
    decoded.artifact.arrays['a']!.fill(9);
    expect(decoded.artifact.arrays['b']!.buffer.byteLength).toBe(1);
    expect(decodeArtifact('k', bytes).ok).toBe(true);
  });

  test('does not depend on the order of names', () => {
    const one: Artifact = { header: { a: 1, b: { c: 2, d: 3 } }, arrays: { x: Uint8Array.of(1), y: Int32Array.of(-2) } };
    const other: Artifact = { header: { b: { d: 3, c: 2 }, a: 1 }, arrays: { y: Int32Array.of(-2), x: Uint8Array.of(1) } };
    expect(encodeArtifact('k', one)).toStrictEqual(encodeArtifact('k', other));
  });

  test('has the documented layout', () => {
    const bytes = encodeArtifact('k', { header: { n: 1 }, arrays: { f: Float64Array.of(1), b: Uint8Array.of(7) } });
    const head = '{"arrays":[["b","u8",1],["f","f64",1]],"header":{"n":1},"label":"k"}';
    const view = new DataView(bytes.buffer);
    expect(Buffer.from(bytes.subarray(0, 8)).toString()).toBe('XDARTFCT');
    expect([view.getUint32(8, true), view.getUint32(12, true), view.getBigUint64(16, true)]).toStrictEqual([1, head.length, BigInt(bytes.length)]);
    expect(Buffer.from(bytes.subarray(56, 56 + head.length)).toString()).toBe(head);
    const arrays = 56 + Math.ceil(head.length / 8) * 8;
    expect([...bytes.subarray(arrays)]).toStrictEqual([7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
    const whole = Buffer.concat([bytes.subarray(0, 24), bytes.subarray(56)]);
    expect(Buffer.from(bytes.subarray(24, 56)).toString('hex')).toBe(createHash('sha256').update(whole).digest('hex'));
  });

  test('refuses every flipped bit, every truncation and every addition', () => {
    const bytes = encodeArtifact('k', { header: { n: 1 }, arrays: { f: Float64Array.of(1), b: Uint8Array.of(7) } });
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(decodeArtifact('k', flipped).ok).toBe(false);
    }
    for (let length = 0; length < bytes.length; length++) expect(reasonFor('k', bytes.subarray(0, length))).toMatch('truncated');
    expect(reasonFor('k', Buffer.concat([bytes, Buffer.alloc(8)]))).toMatch('damaged');
  });

  test('says what is wrong', () => {
    const bytes = encodeArtifact('key-1', artifactOf(80));
    expect(reasonFor('key-1', Buffer.from('\x89PNG\r\n\x1a\n and so on'))).toMatch('foreign bytes');
    expect(reasonFor('key-2', bytes)).toMatch('belongs to key-1');
    const damaged = bytes.slice();
    damaged[100]! ^= 1;
    expect(reasonFor('key-1', damaged)).toMatch('checksum');
    // A later layout is whole in its own way: the checksum holds, this program cannot read on.
    const later = Buffer.from(bytes);
    later.writeUInt32LE(2, 8);
    later.set(createHash('sha256').update(later.subarray(0, 24)).update(later.subarray(56)).digest(), 24);
    expect(reasonFor('key-1', later)).toMatch('layout 2');
  });

  test('refuses to encode what it could not give back', () => {
    expect(() => encodeArtifact('k', { header: { loss: NaN }, arrays: {} })).toThrow(BugError);
    expect(() => encodeArtifact('k', { header: {}, arrays: { a: new Uint16Array(2) as never } })).toThrow(BugError);
  });
});
