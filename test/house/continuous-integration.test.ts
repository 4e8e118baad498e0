/*
 * What `.ci/run` and `npm run check` answer, whatever happened: played with an npm that only says what
 * it was asked, and with steps that do not exist.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let checkout: string;

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'ci-'));
  mkdirSync(join(checkout, '.ci'));
  copyFileSync(join(root, '.ci/run'), join(checkout, '.ci/run'));
  const npm = '#!/bin/sh\necho "npm $*"\nif [ "$1" = test ]; then echo "$TALLY"; exit $TESTS; fi\nif [ "$2" = test:slurm ]; then echo "$SLURM"; exit $SLURM_TESTS; fi\nif [ "$1" = run ]; then exit $CHECK; fi\n';
  writeFileSync(join(checkout, 'npm'), npm);
  chmodSync(join(checkout, 'npm'), 0o755);
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

interface SlurmTests {
  readonly tally: string;
  readonly status: number;
}

/** Status and lines of `.ci/run` when tests, check and tests on Slurm end so. */
function ciRun(tally: string, tests: number, check: number, slurm: SlurmTests = { tally: '0 passed, 0 failed', status: 0 }) {
  const env = { ...process.env, PATH: `${checkout}:${process.env['PATH']}`, TALLY: tally, TESTS: `${tests}`, CHECK: `${check}`, SLURM: slurm.tally, SLURM_TESTS: `${slurm.status}` };
  const { status, stdout } = spawnSync('bash', [join(checkout, '.ci/run')], { env, encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n') };
}

describe('.ci/run', () => {
  test('installs, tests, checks, and ends with the tally', () => {
    expect(ciRun('5 passed, 0 failed', 0, 0)).toEqual({
      status: 0,
      lines: ['npm ci', 'npm test', '5 passed, 0 failed', 'npm run test:slurm', '0 passed, 0 failed', 'npm run check -- --except tests', '5 passed, 0 failed'],
    });
  });

  test('checks also after a failed test, and fails', () => {
    const { status, lines } = ciRun('5 passed, 3 failed', 1, 0);
    expect(status).toBe(1);
    expect(lines.slice(-2)).toEqual(['npm run check -- --except tests', '5 passed, 3 failed']);
  });

  test('the tally is that of all tests and of those on Slurm', () => {
    const { status, lines } = ciRun('5 passed, 1 failed', 1, 0, { tally: '12 passed, 2 failed', status: 1 });
    expect({ status, last: lines.at(-1) }).toEqual({ status: 1, last: '17 passed, 3 failed' });
  });

  test('fails when the tests on Slurm fail, or say nothing', () => {
    expect(ciRun('5 passed, 0 failed', 0, 0, { tally: '12 passed, 0 failed', status: 1 }).status).toBe(1);
    const { status, lines } = ciRun('5 passed, 0 failed', 0, 0, { tally: 'nothing', status: 0 });
    expect({ status, lines: lines.slice(-2) }).toEqual({ status: 1, lines: ['The tests on Slurm did not report.', '5 passed, 0 failed'] });
  });

  test('fails when the check fails', () => {
    expect(ciRun('5 passed, 0 failed', 0, 1).status).toBe(1);
  });

  test('fails when the tests say nothing', () => {
    expect(ciRun('all is well', 0, 0)).toMatchObject({ status: 1, lines: expect.arrayContaining(['The tests did not report.']) });
  });
});

describe('npm run check', () => {
  const check = (...args: string[]) => spawnSync(process.execPath, [join(root, 'scripts/check.mjs'), ...args], { encoding: 'utf8' });

  test('refuses steps that it does not have', () => {
    const { status, stderr } = check('--except', 'test');
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'There is no step "test"; the steps are generated, types, layers, lint, tests.\n' });
  });

  test('names every step, also those left out', () => {
    const { status, stdout } = check(...['generated', 'types', 'layers', 'lint', 'tests'].flatMap((name) => ['--except', name]));
    expect(status).toBe(0);
    expect(stdout.match(/left out/g)).toHaveLength(5);
  });
});
