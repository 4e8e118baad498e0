/*
 * A change that arrives while documents are built cancels the build. At whatever point that happens, the build after it
 * brings every document to its end, and every listener receives every document. The points are all those at which
 * Langium looks whether a build is cancelled.
 */
import { DocumentState, EmptyFileSystem, TextDocument, URI, type LangiumDocument } from 'langium';
import { describe, expect, test } from 'vitest';
import type { CancellationToken } from 'vscode-languageserver';
import { createServerServices } from '#server/services';
import { office } from '#test/server/open-text';

const materials = 'material Hard { young 100 GPa  poisson 0.3 }\n';
const main = 'import "materials.xdesign"\nmaterial Soft { young 1 GPa }\n';
const uriOf = (name: string): URI => URI.parse(`file:///work/${name}.xdesign`);

/** Cancelled from the given look at it on. */
function cancelledAt(look: number): { readonly token: CancellationToken; wasCancelled(): boolean } {
  let looks = 0;
  const token: CancellationToken = {
    get isCancellationRequested() {
      return ++looks >= look;
    },
    onCancellationRequested: () => ({ dispose: () => {} }),
  };
  return { token, wasCancelled: () => looks >= look };
}

function startServer() {
  const { shared } = createServerServices(EmptyFileSystem, { machine: office });
  const { DocumentBuilder, LangiumDocuments, TextDocuments, WorkspaceLock, WorkspaceManager } = shared.workspace;
  /** What an editor would show. */
  const published = new Map<string, LangiumDocument['diagnostics']>();
  DocumentBuilder.onDocumentPhase(DocumentState.Validated, ({ uri, diagnostics }) => void published.set(uri.toString(), diagnostics));
  // What a request does that arrives while a build has changed documents and not yet built them.
  const waiting = new Set<string>();
  const wait = (what: string, end: Promise<unknown>): void => {
    waiting.add(what);
    void end.then(() => waiting.delete(what), () => waiting.delete(what));
  };
  DocumentBuilder.onUpdate((changed) => {
    for (const state of [DocumentState.IndexedContent, DocumentState.IndexedReferences, DocumentState.Validated]) {
      wait(`the workspace to be ${DocumentState[state]}`, DocumentBuilder.waitUntil(state));
      for (const uri of changed) wait(`${uri.path} to be ${DocumentState[state]}`, DocumentBuilder.waitUntil(state, uri));
    }
  });
  const write = (action: (token: CancellationToken) => Promise<void>): Promise<void> => WorkspaceLock.write(action);
  return {
    start: (token?: CancellationToken) => write((own) => WorkspaceManager.initializeWorkspace([], token ?? own)),
    open(name: string, text: string, token?: CancellationToken) {
      TextDocuments.set(TextDocument.create(uriOf(name).toString(), 'xdesign', 1, text));
      return write((own) => DocumentBuilder.update([uriOf(name)], [], token ?? own));
    },
    close(name: string, token?: CancellationToken) {
      TextDocuments.delete(uriOf(name));
      return write((own) => DocumentBuilder.update([], [uriOf(name)], token ?? own));
    },
    /** Of the documents that are loaded: what is still expected of their builds. */
    unfinished: () => [
      ...LangiumDocuments.all.filter(({ uri, diagnostics }) => diagnostics === undefined || published.get(uri.toString()) !== diagnostics).map(({ uri }) => `${uri.path} to be published`),
      ...waiting,
    ],
    codes: (name: string) => published.get(uriOf(name).toString())?.map(({ code }) => code),
  };
}

type Server = ReturnType<typeof startServer>;

/** Plays a scene with a cancellation at each point at which one is possible. */
async function atEachPoint(scene: (server: Server, token: CancellationToken) => Promise<void>, check: (server: Server) => unknown, expected: unknown): Promise<number> {
  for (let look = 1; ; look++) {
    const server = startServer();
    const { token, wasCancelled } = cancelledAt(look);
    await scene(server, token);
    expect({ look, unfinished: server.unfinished(), check: check(server) }).toEqual({ look, unfinished: [], check: expected });
    if (!wasCancelled()) return look;
  }
}

describe('a build that is cancelled', () => {
  test('when another document is opened, with an import of the first', async () => {
    const points = await atEachPoint(async (server, token) => {
      await server.start();
      await server.open('materials', materials, token);
      await server.open('main', main);
    }, ({ codes }) => [codes('materials'), codes('main')], [[], ['missing-entry']]);
    expect(points).toBeGreaterThan(10);
  });

  test('when the imported document is opened', async () => {
    await atEachPoint(async (server, token) => {
      await server.start();
      await server.open('main', main, token);
      await server.open('materials', materials);
    }, ({ codes }) => [codes('materials'), codes('main')], [[], ['missing-entry']]);
  });

  test('when a document is closed that has no file, so that the next build has nothing to build', async () => {
    await atEachPoint(async (server, token) => {
      await server.start();
      await server.open('main', main);
      await server.open('materials', materials, token);
      await server.close('main');
    }, ({ codes }) => codes('materials'), []);
  });

  test('the first one, of the files of the workspace', async () => {
    await atEachPoint(async (server, token) => {
      await server.start(token);
      await server.open('materials', materials);
    }, ({ codes }) => codes('materials'), []);
  });
});
