/* Addresses of documents go out as the client has spelled them, byte for byte, in every message. */
import fc from 'fast-check';
import { UriUtils } from 'langium';
import { describe, expect, test } from 'vitest';
import type { CodeAction, CodeLens, Diagnostic, DocumentLink, Location, LocationLink, WorkspaceEdit, WorkspaceSymbol } from 'vscode-languageserver';
import { requests } from '#protocol/methods';
import type { ListResponse } from '#protocol/runs';
import { smallCase } from '#test/e2e/workplace';
import { openWire } from './runs/wire';

const materials = 'material Boron    { young 379.3 GPa  poisson 0.3 }\nmaterial Aluminum { young 68.3 GPa   poisson 0.3 }\n';
const own = smallCase().replace(/material .*\n/g, '');

/** Two documents of one folder, as a client spells them; the first imports the second by its name. */
interface Pair {
  readonly main: string;
  readonly imported: string;
  /** Decoded. */
  readonly name: string;
}

/** All texts of a message, names of properties included. */
function textsOf(message: unknown): string[] {
  if (typeof message === 'string') return [message];
  return typeof message === 'object' && message !== null ? Object.entries(message).flatMap(([name, value]) => [name, ...textsOf(value)]) : [];
}

function isAddressOf(text: string, address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\S/i.test(text) && !text.includes('\n') && UriUtils.normalize(text) === UriUtils.normalize(address);
}

/** Goes through all features of the first document; returns what each said, and every message. */
async function useAll({ main, imported, name }: Pair) {
  const { client, runs, changes } = await openWire();
  const messages: unknown[] = [];
  const diagnostics = new Map<string, Diagnostic[]>();
  client.onNotification('textDocument/publishDiagnostics', (params: { uri: string; diagnostics: Diagnostic[] }) => {
    messages.push(params);
    diagnostics.set(params.uri, params.diagnostics);
  });
  const request = async <T>(method: string, params: object): Promise<T> => {
    const result = await client.sendRequest<T>(method, params);
    messages.push(result);
    return result;
  };
  const open = (uri: string, text: string) => client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text } });
  await open(imported, materials);
  const text = `import "${name}"\n${own}`;
  await open(main, text);
  await expect.poll(() => [diagnostics.get(imported), diagnostics.get(main)?.filter(({ severity }) => severity === 1)], { timeout: 120_000 }).toEqual([[], []]);

  const textDocument = { uri: main };
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes('white Boron'));
  const position = { line, character: lines[line]!.indexOf('Boron') };
  const said = {
    definition: await request<LocationLink[]>('textDocument/definition', { textDocument, position }),
    ofImport: await request<LocationLink[]>('textDocument/definition', { textDocument, position: { line: 0, character: 9 } }),
    references: await request<Location[]>('textDocument/references', { textDocument, position, context: { includeDeclaration: true } }),
    rename: await request<WorkspaceEdit>('textDocument/rename', { textDocument, position, newName: 'B4C' }),
    links: await request<DocumentLink[]>('textDocument/documentLink', { textDocument }),
    symbols: await request<WorkspaceSymbol[]>('workspace/symbol', { query: 'Boron' }),
    lenses: await request<CodeLens[]>('textDocument/codeLens', { textDocument }),
    lensesOfMaterials: await request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: imported } }),
    list: await request<ListResponse>(requests.list.method, { uri: main }),
    all: await request<ListResponse>(requests.list.method, {}),
    started: await request<{ kind: string }>(requests.startRun.method, { uri: main, case: 'Stiffness' }),
  };
  for (const method of ['documentSymbol', 'foldingRange', 'semanticTokens/full']) await request(`textDocument/${method}`, { textDocument });
  await request('textDocument/hover', { textDocument, position });
  await request('textDocument/documentHighlight', { textDocument, position });
  await request('textDocument/inlayHint', { textDocument, range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } });
  if (runs[0]) {
    runs[0].onEnd({ kind: 'finished' });
    await expect.poll(() => changes.at(-1)?.state.kind, { timeout: 30_000 }).toBe('finished');
  }

  // Materials that cannot be heated have a quick fix in the other document.
  diagnostics.delete(main);
  await client.sendNotification('textDocument/didChange', { textDocument: { uri: main, version: 2 }, contentChanges: [{ text: text.replace('maximize E', 'minimize expansion').replace(/test \w+/, 'test heating') }] });
  await expect.poll(() => diagnostics.get(main)?.some(({ code }) => code === 'missing-expansion'), { timeout: 30_000 }).toBe(true);
  const missing = diagnostics.get(main)!.find(({ code }) => code === 'missing-expansion')!;
  const fixes = await request<CodeAction[]>('textDocument/codeAction', { textDocument, range: missing.range, context: { diagnostics: [missing] } });
  return { ...said, fixes, changes, messages: [...messages, ...changes] };
}

async function expectOwnSpelling(pair: Pair): Promise<void> {
  const { main, imported } = pair;
  const said = await useAll(pair);
  expect(said.definition.map(({ targetUri }) => targetUri)).toEqual([imported]);
  expect(said.ofImport.map(({ targetUri }) => targetUri)).toEqual([imported]);
  expect(new Set(said.references.map(({ uri }) => uri))).toEqual(new Set([imported, main]));
  expect(new Set(Object.keys(said.rename.changes!))).toEqual(new Set([imported, main]));
  expect(said.links.map(({ target }) => target)).toEqual([imported]);
  expect(said.symbols.map(({ location }) => location.uri)).toContain(imported);
  expect(new Set(said.lenses.map(({ command }) => command!.arguments![0]))).toEqual(new Set([main]));
  expect(said.lensesOfMaterials[0]!.command!.arguments).toMatchObject([imported, {}, [{ uri: main }]]);
  expect(said.fixes.map(({ edit }) => Object.keys(edit!.changes!))).toContainEqual([imported]);
  if (UriUtils.normalize(main).startsWith('file:')) {
    expect(said.list.cases.map(({ uri }) => uri)).toEqual([main]);
    expect(said.all.cases.map(({ uri }) => uri)).toContain(main);
    expect(said.started.kind).toBe('started');
    expect(said.changes.map(({ uri }) => uri)).toContain(main);
  }
  const others = said.messages.flatMap(textsOf).filter((text) => (isAddressOf(text, main) && text !== main) || (isAddressOf(text, imported) && text !== imported));
  expect(others).toEqual([]);
}

const pair = (folder: string, name = 'materials.xdesign', spelled = name): Pair => ({ main: `${folder}main.xdesign`, imported: `${folder}${spelled}`, name });

describe('an address goes out as the client has spelled it', () => {
  test.each([
    pair('file:///D:/a%23b/'),
    pair('file:///d:/plates/'),
    pair('file:///D%3a/plates/'),
    pair('file:///d%3A/plates/'),
    pair('file:/x/'),
    pair('file:/c:/x/'),
    pair('scheme:/c:/x/'),
    pair('file:///with space/', 'my materials.xdesign'),
    pair('file:///with%20space/', 'my materials.xdesign', 'my%20materials.xdesign'),
    pair('file:///gr%c3%b6%C3%9Fe/', 'größe.xdesign', 'gr%C3%B6%c3%9fe.xdesign'),
    pair('file:///größe/', 'größe.xdesign'),
    pair('file:///%70lates/', '100%.xdesign', '100%25.xdesign'),
    pair('file://Server/share/'),
    pair('untitled:/new/'),
    pair('vscode-remote://ssh-remote+host/home/'),
    pair('vscode-remote://ssh-remote%2Bhost/home/'),
    pair('vscode-vfs://github/owner/repo/', "it's (new)+&=@!$;,.xdesign"),
  ])('$main, $imported', expectOwnSpelling);

  test('whatever of it is percent-encoded, and in whichever capitals', async () => {
    // Of each character one of its spellings; what would end the path is always encoded.
    const hex = (character: string, isUpper: boolean): string =>
      [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')[isUpper ? 'toUpperCase' : 'toLowerCase']()}`).join('');
    const spell = (path: string, choices: readonly number[]): string =>
      [...path].map((character, i) => {
        const choice = choices[i % choices.length]!;
        if (character === '/') return character;
        return choice === 0 && !'#?%\\'.includes(character) ? character : hex(character, choice === 1);
      }).join('');
    const segment = fc.stringMatching(/^[a-zäöß雪é #%+&()=@!$;,~'_-]{1,8}$/).filter((name) => name.trim() === name);
    const prefix = fc.constantFrom('file:///', 'file:/', 'file:///D:/', 'file:///d:/', 'file:///d%3A/', 'file:///D%3a/', 'scheme:/c:/', 'untitled:/', 'vscode-remote://wsl+Ubuntu/', 'vscode-vfs://github/');
    const choices = fc.array(fc.nat(2), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(prefix, segment, segment, choices, choices, choices, async (start, folder, name, a, b, c) => {
        const spelled = (file: string, how: readonly number[]): string => `${start}${spell(folder, a)}/${spell(file, how)}`;
        await expectOwnSpelling({ main: spelled('main.xdesign', b), imported: spelled(`m-${name}.xdesign`, c), name: `m-${name}.xdesign` });
      }),
      { numRuns: 25 },
    );
  });

  test('also of a text that is nowhere yet, after it was closed, and when it is opened under another spelling', async () => {
    const { client } = await openWire();
    const published: string[] = [];
    client.onNotification('textDocument/publishDiagnostics', ({ uri }: { uri: string }) => void published.push(uri));
    const open = (uri: string) => client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text: 'material A { }\n' } });
    for (const uri of ['untitled:Untitled-1.xdesign', 'untitled:a b.xdesign', 'file:///E:/one.xdesign', 'file:///e%3a/one.xdesign']) {
      published.length = 0;
      await open(uri);
      await expect.poll(() => published, { timeout: 30_000 }).toContain(uri);
      const lenses = await client.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
      expect(lenses.map(({ command }) => command!.arguments![0])).toEqual([uri]);
      await client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    }
    // What the first spelling was told may still have been under way when the second came.
    const newest = 'file:///e%3a/one.xdesign';
    expect(published.slice(published.indexOf(newest)).filter((uri) => uri.includes('one') && uri !== newest)).toEqual([]);
  });
});
