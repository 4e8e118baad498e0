/* Settings of the client's configuration, asked for and told, over a connection in memory. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { expect, onTestFinished, test } from 'vitest';
import { createConnection, createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { createServerServices } from '#server/services';
import { checkOnNewSettings } from '#server/workspace/changes';
import { temporaryFolder } from '#test/support/temporary-folder';

type Configuration = object | null;

/** A client with an open file that imports one outside its workspace. */
async function openEditor(workspace: object, response: (() => Configuration) | undefined, initializationOptions: object = {}) {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const services = createServerServices({ connection, ...NodeFileSystem });
  checkOnNewSettings(services, ({ message }) => expect.fail(message));
  startLanguageServer(services.shared);
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  onTestFinished(() => client.dispose());

  const published = new Map<string, string[]>();
  const sections: unknown[] = [];
  client.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: { code: string }[] }) => {
    published.set(uri, diagnostics.map(({ code }) => code));
  });
  client.onRequest('client/registerCapability', ({ registrations }: { registrations: { method: string; registerOptions: unknown }[] }) => {
    sections.push(...registrations.filter(({ method }) => method === 'workspace/didChangeConfiguration').map(({ registerOptions }) => registerOptions));
    return null;
  });
  if (response) client.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) => items.map(({ section }) => (section === 'xdesign' ? response() : null)));
  client.listen();

  const folder = temporaryFolder();
  for (const each of ['inside', 'outside']) mkdirSync(join(folder, each));
  writeFileSync(join(folder, 'outside/materials.xdesign'), 'material Hard { young 100 GPa  poisson 0.3 }\n');
  const root = pathToFileURL(join(folder, 'inside')).href;
  await client.sendRequest('initialize', { processId: null, rootUri: root, workspaceFolders: [{ uri: root, name: 'inside' }], capabilities: { workspace }, initializationOptions });
  await client.sendNotification('initialized', {});
  const open = (uri: string) =>
    client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text: 'import "../outside/materials.xdesign"\n' } });
  const main = `${root}/main.xdesign`;
  await open(main);
  return {
    sections,
    shared: services.shared,
    open,
    late: `${root}/late.xdesign`,
    change: (settings: Configuration) => client.sendNotification('workspace/didChangeConfiguration', { settings }),
    trust: (trusted: boolean) => services.shared.xdesign.Settings.change({ trusted }),
    /** The last findings of the file. */
    codes: (uri = main) => expect.poll(() => published.get(uri), { timeout: 30_000 }),
  };
}

const outside = (allowed: boolean) => ({ imports: { outsideWorkspace: allowed } });
const refused = ['import-outside-workspace'];

test('a client that can be asked is asked at the start and after each change', async () => {
  let allowed = false;
  const editor = await openEditor({ configuration: true, didChangeConfiguration: { dynamicRegistration: true } }, () => outside(allowed));
  await editor.codes().toEqual(refused);
  expect(editor.sections).toEqual([{ section: ['xdesign'] }]);
  allowed = true;
  await editor.change(null);
  await editor.codes().toEqual([]);
  // Some send the new section along.
  await editor.change({ xdesign: outside(false) });
  await editor.codes().toEqual(refused);
});

test('a client that only tells is heard', async () => {
  const editor = await openEditor({}, undefined);
  await editor.codes().toEqual(refused);
  await editor.change({ other: {}, xdesign: outside(true) });
  await editor.codes().toEqual([]);
});

test('a client that cannot response, or says nothing of a setting, keeps what it has told at the start', async () => {
  const deaf = await openEditor({ configuration: true }, undefined, { importsOutsideWorkspace: true });
  await deaf.change(null);
  await deaf.codes().toEqual([]);
  const silent = await openEditor({ configuration: true }, () => null, { importsOutsideWorkspace: true });
  await silent.codes().toEqual([]);
});

test('no configuration opens a workspace that is not trusted', async () => {
  const editor = await openEditor({ configuration: true }, () => ({ ...outside(true), trusted: true }), { trusted: false });
  await editor.codes().toEqual(refused);
  editor.trust(true);
  await editor.codes().toEqual([]);
});

test('a text that is opened while settings change is checked', async () => {
  const { shared, open, late, codes } = await openEditor({}, undefined);
  await codes().toEqual(refused);
  const busy = Promise.withResolvers<void>();
  void shared.workspace.WorkspaceLock.write(() => busy.promise);
  await open(late);
  await expect.poll(() => shared.workspace.TextDocuments.get(late), { timeout: 30_000 }).toBeDefined();
  shared.xdesign.Settings.change({ importsOutsideWorkspace: true });
  busy.resolve();
  await codes(late).toEqual([]);
});
