/*
 * The built programs on every Node that this machine has: the one of these tests and those on the path, such
 * as an older one of the system. The launcher hands over to ours; the server speaks LSP itself, from Node 20 on.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { requests } from '#protocol/methods';
import { smallCase } from '#test/e2e/workplace';
import { buildForTest } from '#test/support/bundle-programs';
import { startPlainClient } from '#test/support/plain-client';
import { temporaryFolder } from '#test/support/temporary-folder';

const name = process.platform === 'win32' ? 'node.exe' : 'node';
const found = [process.execPath, ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)), join('/usr/bin', name)];
const nodes = [...new Set(found.filter((path) => existsSync(path)).map((path) => realpathSync(path)))]
  .map((path) => ({ path, version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim() }))
  .filter(({ version }) => Number(version.slice(1).split('.')[0]) >= 20);

let built: string;
beforeAll(async () => {
  built = await buildForTest();
});

describe.each(nodes)('$version', ({ path, version }) => {
  const isOld = /^v(2[01]\.|22\.([0-9]|1[0-2])\.)/.test(version);

  test('the launcher checks a file and says nothing else', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'bin'));
    copyFileSync('bin/xdesign.mjs', join(root, 'bin/xdesign.mjs'));
    symlinkSync(built, join(root, 'dist'));
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    const { status, stderr } = spawnSync(path, [join(root, 'bin/xdesign.mjs'), 'check', resolve('examples/quickstart.xdesign')], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('the server is silent on standard error, and runs or says why not', async () => {
    const client = startPlainClient(`${built}/server.mjs`, {}, path);
    onTestFinished(client.kill);
    await client.request('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    client.notify('initialized', {});
    const file = join(temporaryFolder(), 'small.xdesign');
    const text = smallCase();
    writeFileSync(file, text);
    const uri = pathToFileURL(file).href;
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text } });
    expect(await client.notification('textDocument/publishDiagnostics', (params) => (params as { uri: string }).uri === uri)).toBeDefined();
    expect(await client.request(requests.list.method, { uri })).toMatchObject({ cases: isOld ? [] : [{ case: 'Stiffness' }] });
    const started = await client.request(requests.startRun.method, { uri, case: 'Stiffness', until: 'generate' });
    if (isOld) {
      expect(started).toMatchObject({ kind: 'refused', findings: [{ code: 'node-too-old', message: expect.stringContaining(`Node ${version.slice(1)},`) as string }] });
    } else {
      expect(started).toMatchObject({ kind: 'started' });
      await client.notification('xdesign/runChanged', (params) => (params as { state: { kind: string } }).state.kind === 'finished');
    }
    expect(await client.close()).toBe(0);
    expect(client.errors()).toBe('');
  });
});
