/* Files that the client renames or deletes, and records that other programs write into run folders. */
import { URI } from 'langium';
import { FileChangeType, type Connection, type FileEvent, type FileOperationRegistrationOptions } from 'vscode-languageserver';
import type { ServerServices } from '../server-services';

/** What a client is to tell: specifications, and folders that may have some. */
export const followedFiles: FileOperationRegistrationOptions = {
  filters: [
    { scheme: 'file', pattern: { glob: '**/*.xdesign', matches: 'file' } },
    { scheme: 'file', pattern: { glob: '**/*', matches: 'folder' } },
  ],
};

export interface FileListener {
  /** Receives the URIs of a specification that has another name now. */
  onRename(from: string, to: string): void;
  /** Receives the run folder whose records have changed. */
  onRunRecord(folder: string): void;
}

const isSpecification = (uri: string): boolean => /[^/]\.xdesign$/.test(uri);
const recordsOf = (uri: string): string | undefined => /^(.*\/\.xdesign)\/runs(\/|$)/.exec(uri)?.[1];

/** To be called before the connection listens. */
export function followFiles(connection: Connection, { shared }: ServerServices, { onRename, onRunRecord }: FileListener): void {
  const { DocumentUpdateHandler, LanguageServer } = shared.lsp;
  const deleted = (uri: string): FileEvent => ({ uri, type: FileChangeType.Deleted });
  DocumentUpdateHandler.onWatchedFilesChange(({ changes }) => {
    const folders = new Set(changes.flatMap(({ uri }) => recordsOf(uri) ?? []));
    for (const uri of folders) onRunRecord(URI.parse(uri).fsPath);
  });
  // The connection has handlers of its own from its initialization on.
  LanguageServer.onInitialize(() => {
    connection.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) if (isSpecification(oldUri) && isSpecification(newUri)) onRename(URI.parse(oldUri).toString(), URI.parse(newUri).toString());
      // A client that does not watch files says nothing else of it.
      DocumentUpdateHandler.didChangeWatchedFiles?.({ changes: files.flatMap(({ oldUri, newUri }): FileEvent[] => [deleted(oldUri), { uri: newUri, type: FileChangeType.Created }]) });
    });
    connection.workspace.onDidDeleteFiles(({ files }) => DocumentUpdateHandler.didChangeWatchedFiles?.({ changes: files.map(({ uri }) => deleted(uri)) }));
  });
}
