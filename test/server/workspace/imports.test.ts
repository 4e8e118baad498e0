/* Which files the server reads for an import, on a real disk. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'langium';
import { NodeFileSystem } from 'langium/node';
import { describe, expect, test } from 'vitest';
import type { ServerSettings } from '#server/workspace/settings';
import { createServerServices } from '#server/services';
import { temporaryFolder } from '#test/support/temporary-folder';

const materials = 'material Hard { young 100 GPa  poisson 0.3 }\n';

/** A workspace `inside` beside a folder `outside`, each with materials, and links from the former to the latter. */
function house(): { readonly folder: string; write(path: string, text: string): void } {
  const folder = temporaryFolder();
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  for (const each of ['inside', 'inside/library', 'outside']) mkdirSync(join(folder, each));
  write('outside/materials.xdesign', materials);
  write('inside/library/materials.xdesign', materials);
  symlinkSync(join(folder, 'outside/materials.xdesign'), join(folder, 'inside/link.xdesign'));
  symlinkSync(join(folder, 'outside'), join(folder, 'inside/linked'));
  symlinkSync(join(folder, 'inside/library'), join(folder, 'inside/own'));
  return { folder, write };
}

async function diagnose(folder: string, path: string, settings: Partial<ServerSettings> = {}, folders = [join(folder, 'inside')]) {
  const { shared } = createServerServices(NodeFileSystem);
  shared.xdesign.Settings.change(settings);
  const { WorkspaceManager, LangiumDocuments, DocumentBuilder } = shared.workspace;
  WorkspaceManager.initialize({ processId: null, rootUri: null, capabilities: {}, workspaceFolders: folders.map((each) => ({ name: each, uri: URI.file(each).toString() })) });
  await WorkspaceManager.initializeWorkspace(folders.map((each) => ({ name: each, uri: URI.file(each).toString() })));
  const text = `import "${path}"\ndatabase D { size 800  fraction 0.38 .. 0.41  cells 100% }\nmaterial Soft { young 1 GPa  poisson 0.3 }\ncase C { white Hard  black Soft  from D  maximize E along x, y }\n`;
  const document = LangiumDocuments.createDocument(URI.file(join(folder, 'inside/main.xdesign')), text);
  await DocumentBuilder.build([document], { validation: true });
  return {
    codes: document.diagnostics!.map(({ code, message }) => `${code}: ${String(message).split('. ')[0]}`),
    read: [...LangiumDocuments.all].map(({ uri }) => uri.fsPath).filter((each) => each.startsWith(folder)).map((each) => each.slice(folder.length + 1)).toSorted(),
    shared,
    document,
  };
}

describe('an import', () => {
  test.each(['library/materials.xdesign', './library/../library/materials.xdesign', 'own/materials.xdesign', '../inside/library/materials.xdesign'])('inside the workspace is read: %s', async (path) => {
    expect((await diagnose(house().folder, path)).codes).toEqual([]);
  });

  test.each([
    ['../outside/materials.xdesign', 'import-outside-workspace: "../outside/materials.xdesign" lies outside the workspace'],
    ['library/../../outside/materials.xdesign', 'import-outside-workspace: "library/../../outside/materials.xdesign" lies outside the workspace'],
    ['link.xdesign', 'import-outside-workspace: "link.xdesign" is a link that leads out of the workspace'],
    ['linked/materials.xdesign', 'import-outside-workspace: "linked/materials.xdesign" is a link that leads out of the workspace'],
    ['linked/absent.xdesign', 'import-outside-workspace: "linked/absent.xdesign" is a link that leads out of the workspace'],
    ['https://example.org/materials.xdesign', 'import-outside-workspace: "https://example.org/materials.xdesign" is an address, and only files can be imported'],
    ['file:///etc/materials.xdesign', 'import-outside-workspace: "file:///etc/materials.xdesign" is an address, and only files can be imported'],
  ])('that leaves the workspace is refused and not read: %s', async (path, finding) => {
    const { codes, read } = await diagnose(house().folder, path);
    expect(codes).toEqual([finding]);
    expect(read).toEqual(['inside/library/materials.xdesign', 'inside/main.xdesign']);
  });

  test('that leaves the workspace is read where the settings allow it, unless nobody trusts the workspace', async () => {
    const { folder } = house();
    const path = '../outside/materials.xdesign';
    expect((await diagnose(folder, path, { importsOutsideWorkspace: true })).codes).toEqual([]);
    expect((await diagnose(folder, 'link.xdesign', { importsOutsideWorkspace: true })).codes).toEqual([]);
    expect((await diagnose(folder, path, { importsOutsideWorkspace: true, trusted: false })).codes).toHaveLength(1);
  });

  test('of a file without a workspace stays in its folder', async () => {
    const { folder } = house();
    expect((await diagnose(folder, 'library/materials.xdesign', {}, [])).codes).toEqual([]);
    expect((await diagnose(folder, '../outside/materials.xdesign', {}, [])).codes).toHaveLength(1);
  });

  test.each(['\udc00.xdesign', 'a/\ud800', 'xdesign:\udc00'])('of half a character is of no file: %j', async (path) => {
    expect((await diagnose(house().folder, path)).codes.map((each) => each.split(':')[0])).toEqual(['import-not-found']);
  });

  test('of a file that appears is followed, and one that is deleted is missed', async () => {
    const { folder, write } = house();
    const { codes, shared, document } = await diagnose(folder, 'new.xdesign');
    expect(codes.map((each) => each.split(':')[0])).toEqual(['import-not-found']);
    write('inside/new.xdesign', materials);
    const uri = URI.file(join(folder, 'inside/new.xdesign'));
    await shared.workspace.DocumentBuilder.update([uri], []);
    expect(document.diagnostics).toEqual([]);
    rmSync(uri.fsPath);
    await shared.workspace.DocumentBuilder.update([], [uri]);
    expect(document.diagnostics!.map(({ code }) => code)).toEqual(['import-not-found']);
  });

  test('of the library is there without a file', async () => {
    const { codes } = await diagnose(house().folder, 'xdesign:materials');
    expect(codes).toEqual(['unknown-material: There is no material `Hard`']);
    expect((await diagnose(house().folder, 'xdesign:fluids')).codes).toEqual(['import-not-found: The library has no file "xdesign:fluids"']);
  });
});
