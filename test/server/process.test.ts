/* The built server as any editor starts it: a process that speaks LSP over stdio. */
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildForTest } from '#test/support/bundle-programs';
import { startPlainClient } from '#test/support/plain-client';

let built: string;
beforeAll(async () => {
  built = await buildForTest();
});

test('a plain client opens a file and is told what is wrong with it', async () => {
  const client = startPlainClient(`${built}/server.mjs`);
  onTestFinished(client.kill);
  await client.request('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  client.notify('initialized', {});
  const text = 'material Steel { young 200 Gpa  poisson 0.3 }\n';
  client.notify('textDocument/didOpen', { textDocument: { uri: 'untitled:one.xdesign', languageId: 'xdesign', version: 1, text } });

  expect(await client.notification('textDocument/publishDiagnostics')).toMatchObject({
    uri: 'untitled:one.xdesign',
    diagnostics: [
      {
        code: 'unknown-unit',
        severity: 1,
        source: 'xdesign',
        message: 'There is no unit `Gpa`. Did you mean `GPa`?',
        range: { start: { line: 0, character: 27 }, end: { line: 0, character: 30 } },
      },
    ],
  });
  for (const uri of ['file:///D:/a%23b.xdesign', 'file:/x.xdesign', 'scheme:/c:/x.xdesign']) {
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text } });
    expect(await client.notification('textDocument/publishDiagnostics', (params) => (params as { diagnostics: unknown[] }).diagnostics.length > 0)).toMatchObject({ uri });
  }
  expect(await client.close()).toBe(0);
  expect(client.errors()).toBe('');
});
