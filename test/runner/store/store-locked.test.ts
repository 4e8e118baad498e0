/* A run folder whose files another program holds: who it is, and what to do. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '#domain/finding';
import { lockHolders, networkDiskOf } from '#runner/run-folder/folder-lock';
import { acquireRunFolder } from '#runner/run-folder/run-folder';
import { StorageError } from '#runner/run-folder/storage-error';
import { openStore, type RunStore } from '#runner/store/store';
import { bundleForTest } from '#test/support/bundle-programs';
import { startProgram } from '#test/support/child-program';
import { temporaryFolder } from '#test/support/temporary-folder';
import { artifactOf, someProvenance } from './artifacts';

let program: string;
let programs: Awaited<ReturnType<typeof bundleForTest>>;
beforeAll(async () => {
  programs = await bundleForTest({ store: 'test/runner/programs/store-program.ts' });
  program = join(programs.folder, 'store.mjs');
});
afterAll(() => programs.remove());

const open = (folder: string): RunStore => openStore(folder, ({ message }) => expect.fail(message));

/** A folder with a store in it. */
function filled(): string {
  const folder = join(temporaryFolder(), '.xdesign');
  const store = open(folder);
  store.put(store.keyOf(1), artifactOf(80), someProvenance);
  store.close();
  return folder;
}

function findingOf(action: () => unknown): Finding {
  try {
    action();
  } catch (error) {
    if (error instanceof StorageError) return error.finding;
    throw error;
  }
  return expect.fail('nothing was refused');
}

describe('a store that another program holds', () => {
  test('is refused with that program, and goes on when it has ended', async () => {
    const folder = filled();
    const store = open(folder);
    const holder = startProgram(program, 'hold', folder, 'store.sqlite');
    await holder.line();
    const finding = findingOf(() => store.put(store.keyOf(2), artifactOf(80), someProvenance));
    expect(finding).toMatchObject({ code: 'store-locked', severity: 'error' });
    expect(finding.message).toContain(`${folder} is locked by another program (database is locked, after 10 seconds): `);
    expect(finding.message).toContain(process.platform === 'linux' ? `process ${holder.processId} (node store.mjs) holds store.sqlite-shm.` : 'this system does not say which.');
    await holder.kill();
    store.put(store.keyOf(2), artifactOf(80), someProvenance);
    expect([1, 2].map((i) => store.has(store.keyOf(i)))).toEqual([true, true]);
    store.close();
  });

  test('through its guard stops a run at the start, as a finding', async () => {
    const folder = join(temporaryFolder(), '.xdesign');
    mkdirSync(folder);
    const holder = startProgram(program, 'hold', folder, 'guard');
    await holder.line();
    const taken = acquireRunFolder(folder);
    expect(taken).toMatchObject({ ok: false, findings: [{ code: 'store-locked' }] });
    if (process.platform === 'linux') expect(taken.ok ? '' : taken.findings[0]!.message).toContain(`process ${holder.processId} (node store.mjs) holds guard.`);
    await holder.kill();
    expect(acquireRunFolder(folder).ok).toBe(true);
  });
});

describe('who holds a folder', () => {
  // Other systems do not say.
  const told = <T>(holders: T[]): T[] => (process.platform === 'linux' ? holders : []);
  test('is who keeps others from writing before who reads, and never this process', async () => {
    const folder = filled();
    const store = open(folder);
    expect(lockHolders(folder)).toEqual([]);
    const reader = startProgram(program, 'hold', folder, 'store.sqlite', 'read');
    await reader.line();
    expect(lockHolders(folder)).toMatchObject(told([{ processId: reader.processId, program: 'node store.mjs' }]));
    const writer = startProgram(program, 'hold', folder, 'store.sqlite');
    await writer.line();
    expect(lockHolders(folder)).toEqual(told([{ processId: writer.processId, program: 'node store.mjs', file: 'store.sqlite-shm' }]));
    await Promise.all([reader.kill(), writer.kill()]);
    expect(lockHolders(folder)).toEqual([]);
    store.close();
  });

  test('is nobody where there is no folder', () => expect(lockHolders(join(temporaryFolder(), 'none'))).toEqual([]));
});

describe('a network disk', () => {
  test.each([
    [0x6969, 'NFS'],
    [0xff534d42, 'SMB'],
    [0xff534d42 | 0, 'SMB'],
    [0x0bd00bd0, 'Lustre'],
    [0xef53, undefined],
    [0, undefined],
  ])('is known by the type of its file system: %d', (type, name) => expect(networkDiskOf('/work', () => type)).toBe(name));

  test('is known by the path of a share, and a folder that cannot be asked is none', () => {
    expect(networkDiskOf('\\\\server\\share\\plates')).toBe('a share of Windows');
    expect(networkDiskOf(join(temporaryFolder(), 'none'))).toBeUndefined();
    expect(networkDiskOf(temporaryFolder())).toBeUndefined();
  });
});
