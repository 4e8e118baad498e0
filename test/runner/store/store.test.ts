import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '#domain/finding';
import { BugError } from '#engine/api';
import { openStore, standardLimits } from '#runner/store/store';
import { temporaryFolder } from '#test/support/temporary-folder';
import { anyArtifact, artifactOf, expectSameArtifact, someProvenance } from './artifacts';

/** A fresh store in a fresh folder, with the findings it tells. */
function freshStore(limits = standardLimits) {
  const folder = join(temporaryFolder(), '.xdesign');
  const findings: Finding[] = [];
  return { folder, findings, store: openStore(folder, (finding) => findings.push(finding), limits) };
}

const megabyte = 1 << 20;

describe('keys', () => {
  test('are the SHA-256 of canonical JSON, for ever', () => {
    const { store } = freshStore();
    // printf '%s' '{"inputs":{},"settings":{"fraction":[0.38,0.41],"seed":7},"stage":"generate","version":1}' | sha256sum
    expect(store.keyOf({ version: 1, stage: 'generate', settings: { seed: 7, fraction: [0.38, 0.41] }, inputs: {} })).toBe(
      '7bc711b26e3918267745f3e9e1135517d6d1e85b0454e1b4f3e156f7edc8637f',
    );
    store.close();
  });

  test('do not depend on the order of names and do on everything else', () => {
    const { store } = freshStore();
    const key = store.keyOf({ a: 1, b: { c: [1, 2], d: 'x' } });
    expect(store.keyOf({ b: { d: 'x', c: [1, 2] }, a: 1 })).toBe(key);
    const others = [{ a: 1, b: { c: [2, 1], d: 'x' } }, { a: '1', b: { c: [1, 2], d: 'x' } }, { a: 1, b: { c: [1, 2] }, d: 'x' }];
    expect(new Set([key, ...others.map((other) => store.keyOf(other))]).size).toBe(4);
    store.close();
  });

  test('of −0 and NaN are bugs', () => {
    const { store } = freshStore();
    expect(() => store.keyOf({ shift: -0 })).toThrow(BugError);
    expect(() => store.keyOf({ shift: NaN })).toThrow(BugError);
    store.close();
  });
});

describe('artifacts', () => {
  test('come back from this store and from the next one, small and large', () => {
    const { folder, findings, store } = freshStore();
    const artifacts = [artifactOf(8), artifactOf(megabyte / 2), artifactOf(megabyte), artifactOf(3 * megabyte)];
    const keys = artifacts.map((artifact, i) => {
      const key = store.keyOf({ i });
      expect(store.has(key)).toBe(false);
      expect(store.get(key)).toBeUndefined();
      expect(store.provenanceOf(key)).toBeUndefined();
      store.put(key, artifact, someProvenance);
      return key;
    });
    const check = (reader: typeof store): void =>
      keys.forEach((key, i) => {
        expect(reader.has(key)).toBe(true);
        expectSameArtifact(reader.get(key), artifacts[i]!);
        expect(reader.provenanceOf(key)).toStrictEqual(someProvenance);
      });
    check(store);
    store.close();
    const next = openStore(folder, (finding) => findings.push(finding));
    check(next);
    next.close();
    expect(findings).toStrictEqual([]);
  });

  test('of any kind come back, wherever the limit of size lies', () => {
    for (const largeBytes of [0, megabyte]) {
      const { store } = freshStore({ ...standardLimits, largeBytes });
      let n = 0;
      fc.assert(
        fc.property(anyArtifact, (artifact) => {
          const key = store.keyOf(n++);
          store.put(key, artifact, someProvenance);
          expectSameArtifact(store.get(key), artifact);
        }),
        { numRuns: largeBytes === 0 ? 20 : 60 },
      );
      store.close();
    }
  });

  test('put again replace what was there', () => {
    const { store } = freshStore();
    const key = store.keyOf('x');
    for (const size of [8, megabyte, 16, 2 * megabyte]) {
      store.put(key, artifactOf(size, size), someProvenance);
      expectSameArtifact(store.get(key), artifactOf(size, size));
    }
    store.close();
  });

  test('of a megabyte and more are files with their provenance beside them; nothing is left in incoming', () => {
    const { folder, store } = freshStore();
    const key = store.keyOf('large');
    store.put(key, artifactOf(megabyte), someProvenance);
    store.put(store.keyOf('small'), artifactOf(megabyte / 2), someProvenance);
    store.close();
    expect(readdirSync(join(folder, 'artifacts'))).toStrictEqual([key.slice(0, 2)]);
    const place = join(folder, 'artifacts', key.slice(0, 2), key);
    expect(readdirSync(place).sort()).toStrictEqual(['provenance.json', 'value.bin']);
    expect(JSON.parse(readFileSync(join(place, 'provenance.json'), 'utf8'))).toStrictEqual({ key, ...someProvenance });
    expect(readdirSync(join(folder, 'incoming'))).toStrictEqual([]);
  });
});

describe('checkpoints', () => {
  test('belong to an owner and a slot, may be overwritten, and go together', () => {
    const { folder, findings, store } = freshStore();
    const [owner, other] = [store.keyOf('owner'), store.keyOf('other')];
    const slots = ['0-50', '../../etc/passwd', 'epoch 3 · ä', ''];
    expect(store.getCheckpoint(owner, slots[0]!)).toBeUndefined();
    slots.forEach((slot, i) => {
      for (const size of [8, 2 * megabyte, 16, megabyte * i]) store.putCheckpoint(owner, slot, artifactOf(size, i + size));
    });
    store.putCheckpoint(other, '0-50', artifactOf(8, 99));
    store.close();

    const next = openStore(folder, (finding) => findings.push(finding));
    slots.forEach((slot, i) => expectSameArtifact(next.getCheckpoint(owner, slot), artifactOf(megabyte * i, i + megabyte * i)));
    next.deleteCheckpoints(owner);
    for (const slot of slots) expect(next.getCheckpoint(owner, slot)).toBeUndefined();
    expectSameArtifact(next.getCheckpoint(other, '0-50'), artifactOf(8, 99));
    next.close();
    expect(findings).toStrictEqual([]);
    expect(existsSync(join(folder, 'checkpoints', owner.slice(0, 2), owner))).toBe(false);
  });

  test('are not artifacts: the same key may have both', () => {
    const { store } = freshStore();
    const key = store.keyOf('x');
    store.putCheckpoint(key, '', artifactOf(8, 1));
    expect(store.has(key)).toBe(false);
    store.put(key, artifactOf(8, 2), someProvenance);
    store.deleteCheckpoints(key);
    expectSameArtifact(store.get(key), artifactOf(8, 2));
    store.close();
  });
});
