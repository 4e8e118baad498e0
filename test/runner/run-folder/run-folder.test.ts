import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '#domain/finding';
import { ownIdentity, stateOf } from '#runner/run-folder/process-identity';
import { acquireRunFolder, type RunFolder } from '#runner/run-folder/run-folder';
import { bundleForTest } from '#test/support/bundle-programs';
import { startProgram } from '#test/support/child-program';
import { temporaryFolder } from '#test/support/temporary-folder';

let program: string;
let programs: Awaited<ReturnType<typeof bundleForTest>>;
beforeAll(async () => {
  programs = await bundleForTest({ store: 'test/runner/programs/store-program.ts' });
  program = join(programs.folder, 'store.mjs');
});
afterAll(() => programs.remove());

/** A process id that no system gives out. */
const nobody = 2 ** 22 - 1;

function taken(folder: string): RunFolder {
  const outcome = acquireRunFolder(folder);
  return outcome.ok ? outcome.value : expect.fail(outcome.findings[0]!.message);
}

function refusal(folder: string): Finding {
  const outcome = acquireRunFolder(folder);
  return outcome.ok ? expect.fail('the run folder was given away twice') : outcome.findings[0]!;
}

function writeLock(folder: string, change: object): void {
  mkdirSync(folder, { recursive: true });
  const lock = { ...ownIdentity(), since: '2025-01-01T00:00:00.000Z', token: 'of another run', ...change };
  writeFileSync(join(folder, 'run.lock'), JSON.stringify(lock));
}

describe('a run folder', () => {
  test('is made, taken once, and free again after its release', () => {
    const folder = join(temporaryFolder(), 'deep', '.xdesign');
    const run = taken(folder);
    expect(JSON.parse(readFileSync(join(folder, 'run.lock'), 'utf8'))).toMatchObject({ processId: process.pid, host: hostname() });
    const finding = refusal(folder);
    expect(finding).toMatchObject({ code: 'run-folder-in-use', severity: 'error' });
    expect(finding.message).toContain(String(process.pid));
    expect(finding.message).toContain(folder);
    run.release();
    run.release();
    expect(existsSync(join(folder, 'run.lock'))).toBe(false);
    const next = taken(folder);
    // A release that comes again does not free what another run has taken since.
    run.release();
    expect(refusal(folder).code).toBe('run-folder-in-use');
    next.release();
  });

  test('in use by another process is refused with its process id, and taken over when that was killed', async () => {
    const folder = join(temporaryFolder(), '.xdesign');
    const child = startProgram(program, 'lock', folder);
    expect(JSON.parse(await child.line())).toStrictEqual([]);
    expect(refusal(folder).message).toContain(`Process ${child.processId} `);
    await child.kill();
    taken(folder).release();
  });

  test('is given to one of many that ask at once, stale lock or none', async () => {
    for (const stale of [false, true]) {
      const folder = join(temporaryFolder(), '.xdesign');
      if (stale) writeLock(folder, { processId: nobody });
      const children = Array.from({ length: 5 }, () => startProgram(program, 'lock', folder));
      const findings = await Promise.all(children.map(async (child) => JSON.parse(await child.line()) as Finding[]));
      const winners = children.filter((_, i) => findings[i]!.length === 0);
      expect(winners).toHaveLength(1);
      for (const [finding] of findings.filter((list) => list.length > 0)) {
        expect(finding!.message).toContain(`Process ${winners[0]!.processId} `);
      }
      await Promise.all(children.map((child) => child.kill()));
    }
  });

  test('of a process that is gone, or whose id another process has now, is taken over', () => {
    const folder = join(temporaryFolder(), '.xdesign');
    writeLock(folder, { processId: nobody });
    taken(folder).release();
    writeLock(folder, { startTime: 'another-boot/12345' });
    taken(folder).release();
  });

  test('is taken over from a lock that holds anything else', () => {
    const folder = join(temporaryFolder(), '.xdesign');
    for (const text of ['', 'null', '{"processId":', '{"processId":"1"}', '[]']) {
      writeLock(folder, {});
      writeFileSync(join(folder, 'run.lock'), text);
      taken(folder).release();
    }
  });

  test('in use on another machine is refused, with the remedy', () => {
    const folder = join(temporaryFolder(), '.xdesign');
    writeLock(folder, { processId: nobody, host: 'elsewhere.example' });
    const finding = refusal(folder);
    expect(finding.message).toContain('elsewhere.example');
    expect(finding.remedy).toContain(join(folder, 'run.lock'));
  });

  test('that cannot be made is refused with a finding', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(refusal(join(file, '.xdesign')).code).toBe('folder-not-writable');
  });

  test('holds nothing but the guard afterwards', () => {
    const folder = join(temporaryFolder(), '.xdesign');
    taken(folder).release();
    expect(readdirSync(folder)).toStrictEqual(['guard']);
    expect(readFileSync(join(folder, 'guard'))).toHaveLength(0);
  });
});

describe('the state of a process', () => {
  test('is known for this one, one that ended, and one that began at another time', async () => {
    const own = ownIdentity();
    expect(stateOf(own)).toBe('runs');
    expect(stateOf({ ...own, startTime: null })).toBe('runs');
    expect(stateOf({ ...own, processId: nobody })).toBe('gone');
    expect(stateOf({ ...own, host: 'elsewhere.example' })).toBe('elsewhere');
    // On systems that tell when a process began, the time counts.
    expect(stateOf({ ...own, startTime: 'another-boot/1' })).toBe(own.startTime === null ? 'runs' : 'gone');
    expect(own.startTime === null).toBe(!existsSync('/proc/self/stat'));
  });
});
