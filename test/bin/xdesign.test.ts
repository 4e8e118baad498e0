/*
 * The launcher on Nodes of any age. An old Node is played by this one with another version number; the
 * program behind the launcher is a small one that says how it was started.
 */
import { chmodSync, copyFileSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startProgram, type ChildProgram } from '#test/support/child-program';
import { temporaryFolder } from '#test/support/temporary-folder';

const launcher = fileURLToPath(new URL('../../bin/xdesign.mjs', import.meta.url));

const program = `
  const [what, value] = process.argv.slice(2);
  if (what === 'warn') process.emitWarning(value, 'ExperimentalWarning');
  if (what === 'exit') process.exitCode = Number(value);
  if (what === 'wait') {
    setInterval(() => undefined, 1000);
    if (value === 'politely') for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 7]]) process.on(signal, () => process.exit(code));
  }
  process.stdout.write(JSON.stringify({ processId: process.pid, node: process.versions.node, given: process.argv.slice(2) }) + '\\n');
`;

/** A folder like ours: the launcher, the program, and the package `node`, where they are wanted. */
function house({ dist = true, node = true }): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'bin'));
  copyFileSync(launcher, join(root, 'bin/xdesign.mjs'));
  if (dist) {
    mkdirSync(join(root, 'dist'));
    writeFileSync(join(root, 'dist/xdesign.mjs'), program);
  }
  if (node) {
    mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
    writeFileSync(join(root, 'node_modules/node/package.json'), '{"name":"node","version":"24.0.0"}');
    symlinkSync(process.execPath, join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node'));
  }
  return root;
}

/** Starts the launcher of a house on a Node of that version. */
function start(root: string, version: string, ...given: string[]): ChildProgram {
  const disguise = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  return startProgram('--import', `data:text/javascript,${encodeURIComponent(disguise)}`, join(root, 'bin/xdesign.mjs'), ...given);
}

interface Start {
  readonly processId: number;
  readonly node: string;
  readonly given: readonly string[];
}
const startOf = async (child: ChildProgram): Promise<Start> => JSON.parse(await child.line()) as Start;

describe('the launcher', () => {
  test('may be executed', () => {
    expect(statSync(launcher).mode & 0o111).toBe(0o111);
  });

  test.each(['22.13.0', '22.20.1', '23.4.0', '24.0.0', '30.1.2'])('runs the program itself on Node %s', async (version) => {
    const child = start(house({ node: false }), version, 'exit', '5');
    expect(await startOf(child)).toStrictEqual({ processId: child.processId, node: version, given: ['exit', '5'] });
    expect(await child.ended()).toStrictEqual({ code: 5, signal: null, errors: '' });
  });

  test.each(['18.20.0', '20.20.2', '22.12.0', '23.3.0'])('hands over from Node %s to the one that is installed', async (version) => {
    const child = start(house({}), version, 'exit', '5', 'a b', '--json');
    const started = await startOf(child);
    expect(started).toMatchObject({ node: process.versions.node, given: ['exit', '5', 'a b', '--json'] });
    expect(started.processId).not.toBe(child.processId);
    expect(await child.ended()).toStrictEqual({ code: 5, signal: null, errors: '' });
  });

  test('keeps quiet about node:sqlite, and about nothing else', async () => {
    const root = house({});
    const sqlite = await start(root, '22.13.0', 'warn', 'SQLite is an experimental feature and might change at any time').ended();
    expect(sqlite).toStrictEqual({ code: 0, signal: null, errors: '' });
    expect((await start(root, '22.13.0', 'warn', 'Something else').ended()).errors).toContain('Something else');
  });

  test('says which Node is needed where none is installed', async () => {
    const { code, errors } = await start(house({ node: false }), '20.20.2').ended();
    expect(code).toBe(1);
    expect(errors).toMatch(/needs Node 22\.13 or newer.*this is Node 20\.20\.2/);
  });

  test('says that it is not built', async () => {
    const { code, errors } = await start(house({ dist: false }), '24.0.0').ended();
    expect(code).toBe(1);
    expect(errors).toMatch(/not built yet.*npm run build/);
  });

  test('says when the installed Node does not start', async () => {
    const root = house({ node: false });
    mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
    writeFileSync(join(root, 'node_modules/node/package.json'), '{"name":"node"}');
    const broken = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
    writeFileSync(broken, 'no program');
    chmodSync(broken, 0o644);
    const { code, errors } = await start(root, '20.0.0').ended();
    expect(code).toBe(1);
    expect(errors).toContain(`cannot start ${broken}`);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 7],
  ] as const)('passes %s on and ends with the exit code of the program', async (signal, code) => {
    const child = start(house({}), '20.0.0', 'wait', 'politely');
    await startOf(child);
    child.send(signal);
    expect(await child.ended()).toStrictEqual({ code, signal: null, errors: '' });
  });

  test('ends by the signal that ended the program', async () => {
    const child = start(house({}), '20.0.0', 'wait');
    const { processId } = await startOf(child);
    process.kill(processId, 'SIGKILL');
    expect(await child.ended()).toMatchObject({ code: null, signal: 'SIGKILL' });
    const other = start(house({}), '20.0.0', 'wait');
    await startOf(other);
    other.send('SIGTERM');
    expect(await other.ended()).toMatchObject({ code: null, signal: 'SIGTERM' });
  });
});
