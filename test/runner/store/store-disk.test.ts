import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Finding } from '#domain/finding';
import type { ArtifactKey } from '#engine/api';
import { openStore, standardLimits, type RunStore } from '#runner/store/store';
import { StorageError } from '#runner/run-folder/storage-error';
import { temporaryFolder } from '#test/support/temporary-folder';
import { artifactOf, expectSameArtifact, someProvenance } from './artifacts';

/** The finding that the action ends with; fails if it ends otherwise. */
function refusalOf(action: () => unknown): Finding {
  try {
    action();
  } catch (error) {
    if (error instanceof StorageError) return error.finding;
    throw error;
  }
  return expect.fail('nothing was refused');
}

function open(folder: string, limits = standardLimits): RunStore {
  return openStore(folder, (finding) => expect.fail(finding.message), limits);
}

afterEach(() => void vi.restoreAllMocks());

describe('a full disk', () => {
  test('refuses a small artifact with a finding, and what was put before stays', () => {
    const folder = join(temporaryFolder(), '.xdesign');
    const store = open(folder, { ...standardLimits, maxPages: 60 });
    const kept: ArtifactKey[] = [];
    let finding: Finding | undefined;
    for (let i = 0; finding === undefined && i < 100; i++) {
      const key = store.keyOf(i);
      try {
        store.put(key, artifactOf(20_000, i), someProvenance);
        kept.push(key);
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        ({ finding } = error);
      }
    }
    expect(finding).toMatchObject({ code: 'disk-full', severity: 'error' });
    expect(finding!.message).toContain(folder);
    expect(kept.length).toBeGreaterThan(3);
    expect(refusalOf(() => store.putCheckpoint(kept[0]!, 'slot', artifactOf(100_000))).code).toBe('disk-full');
    const check = (reader: RunStore): void => {
      kept.forEach((key, i) => expectSameArtifact(reader.get(key), artifactOf(20_000, i)));
      expect(reader.has(reader.keyOf(kept.length))).toBe(false);
      expect(reader.getCheckpoint(kept[0]!, 'slot')).toBeUndefined();
    };
    check(store);
    store.close();

    const roomier = open(folder);
    check(roomier);
    roomier.put(roomier.keyOf('more'), artifactOf(20_000), someProvenance);
    expect(roomier.has(roomier.keyOf('more'))).toBe(true);
    roomier.close();
  });

  test.each(['writeFileSync', 'fsyncSync', 'mkdirSync', 'renameSync'] as const)('met in %s of a large artifact leaves the older value and no litter', (call) => {
    const folder = join(temporaryFolder(), '.xdesign');
    const store = open(folder);
    const [key, next] = [store.keyOf('large'), store.keyOf('next')];
    store.put(key, artifactOf(1 << 20), someProvenance);
    store.putCheckpoint(key, 'slot', artifactOf(1 << 20));

    const full = Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), { code: 'ENOSPC', syscall: 'write' });
    const disk = vi.spyOn(fs, call).mockImplementation(() => {
      throw full;
    });
    expect(refusalOf(() => store.put(next, artifactOf(1 << 20, 2), someProvenance))).toMatchObject({ code: 'disk-full' });
    // A checkpoint does not wait for the disk, so it never calls fsync.
    if (call !== 'fsyncSync') expect(refusalOf(() => store.putCheckpoint(key, 'slot', artifactOf(1 << 20, 2)))).toMatchObject({ code: 'disk-full' });
    disk.mockRestore();

    expectSameArtifact(store.get(key), artifactOf(1 << 20));
    expectSameArtifact(store.getCheckpoint(key, 'slot'), artifactOf(1 << 20));
    expect(store.has(next)).toBe(false);
    expect(fs.readdirSync(join(folder, 'incoming'))).toStrictEqual([]);
    store.put(next, artifactOf(1 << 20, 2), someProvenance);
    expectSameArtifact(store.get(next), artifactOf(1 << 20, 2));
    store.close();
  });
});

describe('a folder that cannot be written', () => {
  test('is refused with a finding that names it', () => {
    const above = temporaryFolder();
    const folder = join(above, '.xdesign');
    fs.chmodSync(above, 0o555);
    const finding = asOrdinaryUser(() => refusalOf(() => open(folder)));
    expect(finding).toMatchObject({ code: 'folder-not-writable', severity: 'error' });
    expect(finding.message).toContain(folder);
  });

  test('any more, with a store in it, is refused too, and the store is not moved aside', () => {
    const above = temporaryFolder();
    const folder = join(above, '.xdesign');
    const store = open(folder);
    store.put(store.keyOf(1), artifactOf(80), someProvenance);
    store.close();
    fs.chmodSync(above, 0o755);
    fs.chmodSync(folder, 0o555);
    for (const name of fs.readdirSync(folder)) fs.chmodSync(join(folder, name), 0o444);
    const finding = asOrdinaryUser(() => refusalOf(() => open(folder)));
    expect(finding).toMatchObject({ code: 'folder-not-writable', severity: 'error' });
    fs.chmodSync(folder, 0o755);
    for (const name of fs.readdirSync(folder)) fs.chmodSync(join(folder, name), 0o644);
    expect(fs.readdirSync(folder).filter((name) => name.includes('damaged'))).toStrictEqual([]);
    const again = open(folder);
    expect(again.has(again.keyOf(1))).toBe(true);
    again.close();
  });

  test('because a file stands in its place is refused', () => {
    const file = join(temporaryFolder(), '.xdesign');
    fs.writeFileSync(file, 'a file');
    expect(refusalOf(() => open(file)).message).toContain(file);
  });
});

test('a bug stays a bug', () => {
  const store = open(join(temporaryFolder(), '.xdesign'));
  store.close();
  expect(() => store.get(store.keyOf(1))).toThrow();
  expect(() => store.get(store.keyOf(1))).not.toThrow(StorageError);
});

/** Rights do not bind root; root can act as nobody for a moment. */
function asOrdinaryUser<T>(action: () => T): T {
  if (process.getuid?.() !== 0) return action();
  process.seteuid!(65534);
  try {
    return action();
  } finally {
    process.seteuid!(0);
  }
}
