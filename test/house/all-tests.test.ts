/* What `npm test` answers, whatever the two runs of tests end with: played with a vitest that says what it is told to. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const listModule = '../../scripts/check/function-tests.mjs';
const { functionTests } = (await import(listModule)) as { readonly functionTests: readonly string[] };
let checkout: string;

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'all-tests-'));
  for (const folder of ['scripts', 'node_modules/vitest']) mkdirSync(join(checkout, folder), { recursive: true });
  copyFileSync(join(root, 'scripts/test.mjs'), join(checkout, 'scripts/test.mjs'));
  const vitest = `import { getPriority } from 'node:os';
const project = process.argv[process.argv.indexOf('--project') + 1];
const { lines, status } = JSON.parse(process.env.PLAYED)[project] ?? { lines: [process.argv.slice(2).join(' ')], status: 3 };
for (const line of lines) console.log(line.replace('PRIORITY', getPriority()));
if (status === null) process.kill(process.pid, 'SIGKILL');
process.exitCode = status;
`;
  writeFileSync(join(checkout, 'node_modules/vitest/vitest.mjs'), vitest);
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

interface Played {
  readonly lines: readonly string[];
  /** Null: ended by a signal. */
  readonly status: number | null;
}

/** Status and lines of `npm test` when the tests of the projects end so. */
function allTests(played: { readonly rooms?: Played; readonly workbench?: Played }, ...args: string[]) {
  const { status, stdout } = spawnSync(process.execPath, [join(checkout, 'scripts/test.mjs'), ...args], { env: { ...process.env, PLAYED: JSON.stringify(played) }, encoding: 'utf8' });
  return { status, lines: stdout.trim().replaceAll(/\(\d+ s\)/g, '(… s)').split('\n') };
}

const ends = (passed: number, failed: number): Played => ({ lines: [`the last of ${passed}`, `${passed} passed, ${failed} failed`], status: failed > 0 ? 1 : 0 });

test('all tests end with one tally, after what each project says', () => {
  const { status, lines } = allTests({ rooms: ends(30, 0), workbench: ends(4, 0) });
  expect(status).toBe(0);
  expect(lines.slice(0, -4).toSorted()).toEqual(['the last of 30', 'the last of 4']);
  expect(lines.slice(-3)).toEqual(['rooms: 30 passed, 0 failed (… s)', 'workbench: 4 passed, 0 failed (… s)', '34 passed, 0 failed']);
});

test.each([
  ['rooms', { rooms: ends(29, 1), workbench: ends(4, 0) }, '33 passed, 1 failed'],
  ['workbench', { rooms: ends(30, 0), workbench: ends(2, 2) }, '32 passed, 2 failed'],
  ['both', { rooms: ends(28, 2), workbench: ends(1, 3) }, '29 passed, 5 failed'],
  ['a project that says nothing', { rooms: ends(30, 0), workbench: { lines: [], status: 0 } }, '30 passed, 1 failed'],
  ['a project that is killed', { rooms: { lines: [], status: null }, workbench: ends(4, 0) }, '4 passed, 1 failed'],
  ['a project that fails with its tests passed', { rooms: { lines: ['30 passed, 0 failed'], status: 1 }, workbench: ends(4, 0) }, '34 passed, 1 failed'],
])('a failure of %s fails the whole', (_, played, tally) => {
  const { status, lines } = allTests(played);
  expect({ status, tally: lines.at(-1) }).toEqual({ status: 1, tally });
});

test('the rooms leave the processor to the windows', () => {
  const says: Played = { lines: ['priority PRIORITY', '1 passed, 0 failed'], status: 0 };
  const { lines } = allTests({ rooms: says, workbench: { lines: ['priority PRIORITY', '1 passed, 0 failed'], status: 0 } });
  const priorities = lines.filter((line) => line.startsWith('priority')).map((line) => Number(line.split(' ')[1]));
  expect(priorities).toHaveLength(2);
  // Where this test has a low priority itself, both have it.
  expect(Math.max(...priorities)).toBeGreaterThanOrEqual(5);
});

test('with arguments it is vitest with these arguments, and its status', () => {
  expect(allTests({}, 'test/engine', '-t', 'name')).toEqual({ status: 3, lines: ['run test/engine -t name'] });
});

/** What a file may not use that shares its process with others. */
const ownProcess = /node:(?:child_process|worker_threads|cluster|v8)|(?:bundle|child)-program|plain-client|e2e\/command|vi\.(?:mock|stub|useFake|spyOn|resetModules)|process\.(?:env\[[^\]]+\] =|chdir|on\(|exit)|globalThis\.\w+ =|memoryUsage/;

test('files that share processes leave them as they were', () => {
  const files = globSync(functionTests, { cwd: root });
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => ownProcess.exec(readFileSync(join(root, file), 'utf8'))?.[0].concat(' in ', file) ?? [])).toEqual([]);
});

test.each(["import { fork } from 'node:child_process';", "vi.stubEnv('A', 'b')", "process.env['A'] = 'b'", 'globalThis.fetch = fetch', 'vi.useFakeTimers()'])('%s needs a process of its own', (text) => {
  expect(text).toMatch(ownProcess);
});
