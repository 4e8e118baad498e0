/* Workspaces with several folders: what may be imported, in any order, and while folders join and leave. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createConnection, createProtocolConnection, StreamMessageReader, StreamMessageWriter, type InitializeResult } from 'vscode-languageserver/node';
import { createCaseFiles } from '#server/cases/case-files';
import { createServerServices } from '#server/services';
import { followWorkspaceFolders } from '#server/workspace/changes';
import { temporaryFolder } from '#test/support/temporary-folder';

const material = 'material Hard { young 100 GPa  poisson 0.3 }\n';

/** Files of a new folder, by their paths. */
function house(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A client with these folders of the house open. */
async function openWorkspace(folder: string, names: readonly string[], initialize: object = {}) {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  const services = createServerServices({ connection, ...NodeFileSystem });
  followWorkspaceFolders(connection, services, ({ message }) => expect.fail(message));
  startLanguageServer(services.shared);
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  onTestFinished(() => client.dispose());
  const published = new Map<string, string[]>();
  client.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: { code: string }[] }) => {
    published.set(uri, diagnostics.map(({ code }) => code));
  });
  client.onRequest('client/registerCapability', () => null);
  client.listen();
  const uri = (path: string): string => pathToFileURL(join(folder, path)).href;
  const named = (paths: readonly string[]) => paths.map((path) => ({ name: path, uri: uri(path) }));
  const result: InitializeResult = await client.sendRequest('initialize', {
    processId: null, rootUri: null, workspaceFolders: named(names), capabilities: { workspace: { workspaceFolders: true } }, ...initialize,
  });
  await client.sendNotification('initialized', {});
  return {
    result,
    uri,
    places: createCaseFiles(services),
    open: (path: string, text: string) => client.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(path), languageId: 'xdesign', version: 1, text } }),
    change: (added: readonly string[], removed: readonly string[]) => client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: named(added), removed: named(removed) } }),
    codes: (path: string) => expect.poll(() => published.get(uri(path)), { timeout: 30_000 }),
  };
}

const orders = (names: readonly string[]): (readonly string[])[] => [names, names.toReversed()];

describe('an import', () => {
  test.each(orders(['one', 'two']))('from one folder into the other is read: %s, %s', async (...names) => {
    const folder = house({ 'one/materials.xdesign': material, 'two/keep.txt': '', 'three/materials.xdesign': material });
    const { open, codes } = await openWorkspace(folder, names);
    await open('two/main.xdesign', 'import "../one/materials.xdesign"\n');
    await codes('two/main.xdesign').toEqual([]);
    await open('two/other.xdesign', 'import "../three/materials.xdesign"\n');
    await codes('two/other.xdesign').toEqual(['import-outside-workspace']);
  });

  test.each(orders(['outer', 'outer/inner']))('in nested folders depends on no order: %s, %s', async (...names) => {
    const folder = house({ 'outer/materials.xdesign': material, 'outer/inner/materials.xdesign': material, 'materials.xdesign': material });
    const { open, codes } = await openWorkspace(folder, names);
    await open('outer/inner/up.xdesign', 'import "../materials.xdesign"\n');
    await codes('outer/inner/up.xdesign').toEqual([]);
    await open('outer/down.xdesign', 'import "inner/materials.xdesign"\n');
    await codes('outer/down.xdesign').toEqual([]);
    await open('outer/inner/out.xdesign', 'import "../../materials.xdesign"\n');
    await codes('outer/inner/out.xdesign').toEqual(['import-outside-workspace']);
  });

  test.each(orders(['one', 'two']))('through a link stays in the workspace or is refused: %s, %s', async (...names) => {
    const folder = house({ 'one/keep.txt': '', 'two/materials.xdesign': material, 'three/materials.xdesign': material });
    symlinkSync(join(folder, 'two'), join(folder, 'one/linked'));
    symlinkSync(join(folder, 'three'), join(folder, 'one/away'));
    const { open, codes } = await openWorkspace(folder, names);
    await open('one/main.xdesign', 'import "linked/materials.xdesign"\n');
    await codes('one/main.xdesign').toEqual([]);
    await open('one/other.xdesign', 'import "away/materials.xdesign"\n');
    await codes('one/other.xdesign').toEqual(['import-outside-workspace']);
  });

  test('of a file in no folder may go into its own folder and into the workspace', async () => {
    const folder = house({ 'one/materials.xdesign': material, 'alone/materials.xdesign': material, 'three/materials.xdesign': material });
    const { open, codes } = await openWorkspace(folder, ['one']);
    await open('alone/main.xdesign', 'import "materials.xdesign"\n');
    await codes('alone/main.xdesign').toEqual([]);
    await open('alone/other.xdesign', 'import "../one/materials.xdesign"\n');
    await codes('alone/other.xdesign').toEqual([]);
    await open('alone/third.xdesign', 'import "../three/materials.xdesign"\n');
    await codes('alone/third.xdesign').toEqual(['import-outside-workspace']);
  });

  test('stays in the root of a client that knows only one folder', async () => {
    const folder = house({ 'one/materials.xdesign': material, 'one/deep/keep.txt': '', 'two/materials.xdesign': material });
    const { open, codes } = await openWorkspace(folder, [], { workspaceFolders: undefined, rootUri: pathToFileURL(join(folder, 'one')).href, capabilities: {} });
    await open('one/deep/main.xdesign', 'import "../materials.xdesign"\n');
    await codes('one/deep/main.xdesign').toEqual([]);
    await open('one/deep/other.xdesign', 'import "../../two/materials.xdesign"\n');
    await codes('one/deep/other.xdesign').toEqual(['import-outside-workspace']);
  });

  test.each([{ workspace: { workspaceFolders: true } }, {}])('is judged again when folders join and leave, whatever a client announces: %j', async (capabilities) => {
    const folder = house({ 'one/keep.txt': '', 'two/materials.xdesign': material, 'two/case.xdesign': material, 'two/deep/third.xdesign': material });
    const { result, open, change, codes, places, uri } = await openWorkspace(folder, ['one'], { capabilities });
    expect(result.capabilities.workspace?.workspaceFolders).toEqual({ supported: true, changeNotifications: true });
    await open('one/main.xdesign', 'import "../two/materials.xdesign"\n');
    await codes('one/main.xdesign').toEqual(['import-outside-workspace']);
    await change(['two'], []);
    await codes('one/main.xdesign').toEqual([]);
    const sorted = async (): Promise<string[]> => [...(await places.known())].toSorted();
    const all = ['one/main.xdesign', 'two/case.xdesign', 'two/deep/third.xdesign', 'two/materials.xdesign'].map(uri);
    await expect.poll(sorted).toEqual(all);

    // Run folders lie beside their files, in whichever folder of the workspace.
    expect(all.map((each) => places.placeOf(each)?.folder)).toEqual(['one', 'two', 'two/deep', 'two'].map((each) => join(folder, each, '.xdesign')));

    await change(['two/deep'], ['two']);
    await codes('one/main.xdesign').toEqual(['import-outside-workspace']);
    await expect.poll(sorted).toEqual(['one/main.xdesign', 'two/deep/third.xdesign'].map(uri));
  });

  test('a text that is open stays when its folder leaves', async () => {
    const folder = house({ 'one/keep.txt': '', 'two/case.xdesign': material });
    const { open, change, codes, places, uri } = await openWorkspace(folder, ['one', 'two']);
    await open('two/case.xdesign', 'material Hard { }\n');
    await codes('two/case.xdesign').toContain('missing-entry');
    await change([], ['two', 'one']);
    await open('two/main.xdesign', 'import "case.xdesign"\n');
    await codes('two/main.xdesign').toEqual([]);
    expect([...(await places.known())].toSorted()).toEqual(['two/case.xdesign', 'two/main.xdesign'].map(uri));
  });
});
