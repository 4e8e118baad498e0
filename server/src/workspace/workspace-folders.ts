/* Folders that join and leave the workspace while the server runs. */
import { DocumentState, URI, UriUtils } from 'langium';
import { DidChangeWorkspaceFoldersNotification, type Connection, type DidChangeWorkspaceFoldersParams } from 'vscode-languageserver';
import type { ServerServices } from '../server-services';
import { checkAgain } from './check-again';
import { liesIn } from './import-policy';

/**
 * Reads the files of a folder that joins, removes those of a folder that leaves unless the client has them open, and
 * checks all others again, because what they may import has changed. To be called before the connection listens.
 */
export function followWorkspaceFolders(connection: Connection, services: ServerServices, onFault: (error: Error) => void): void {
  const { lsp, workspace } = services.shared;
  const { DocumentBuilder, LangiumDocuments, TextDocuments, WorkspaceLock, WorkspaceManager } = workspace;

  const change = async ({ event: { added, removed } }: DidChangeWorkspaceFoldersParams): Promise<void> => {
    await WorkspaceManager.ready;
    await WorkspaceLock.write(async (token) => {
      const left = new Set(removed.map(({ uri }) => UriUtils.normalize(uri)));
      WorkspaceManager.setFolders([...(WorkspaceManager.workspaceFolders ?? []).filter(({ uri }) => !left.has(UriUtils.normalize(uri))), ...added]);
      const folders = WorkspaceManager.workspaceFolders ?? [];
      const gone = LangiumDocuments.all.map(({ uri }) => uri).filter((uri) => liesIn(removed, uri) && !liesIn(folders, uri) && TextDocuments.get(uri) === undefined);
      await DocumentBuilder.update(added.map(({ uri }) => URI.parse(uri)), gone.toArray(), token);
    });
    await checkAgain(services, () => true, DocumentState.Parsed);
  };

  // The connection has a handler of its own, for clients that announce such notifications, from its initialization on.
  lsp.LanguageServer.onInitialize(() => {
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, (params) => void change(params).catch(onFault));
  });
}
