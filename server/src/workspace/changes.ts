/*
 * Changes beyond edits of open documents: files that are renamed or deleted, records that other programs
 * write, folders that join or leave the workspace, settings and results that change the findings.
 */
import { DocumentState, URI, UriUtils, type LangiumDocument } from 'langium';
import { DidChangeWorkspaceFoldersNotification, FileChangeType, type Connection, type DidChangeWorkspaceFoldersParams, type FileEvent, type FileOperationRegistrationOptions } from 'vscode-languageserver';
import type { ServerServices } from '../server-services';
import { liesIn } from './import-policy';

/** Resets the documents for which `concerns` is true to a state and builds them from there. */
export async function checkAgain({ shared }: ServerServices, concerns: (document: LangiumDocument) => boolean, state: DocumentState): Promise<void> {
  const { DocumentBuilder, LangiumDocuments, WorkspaceLock, WorkspaceManager } = shared.workspace;
  await WorkspaceManager.ready;
  await WorkspaceLock.write(async (token) => {
    LangiumDocuments.all.filter(concerns).forEach((document) => DocumentBuilder.resetToState(document, state));
    // Taking the lock has cancelled builds in progress, such as that of a document just opened; they are continued here.
    const unfinished = LangiumDocuments.all.filter((document) => document.state < DocumentState.Validated).toArray();
    await DocumentBuilder.build(unfinished, { validation: true }, token);
  });
}

/** Checks all documents again when a setting changes: other imports may be allowed now. */
export function checkOnNewSettings(services: ServerServices, onError: (error: Error) => void): void {
  const { LangiumDocuments } = services.shared.workspace;
  services.shared.xdesign.Settings.onChange(() => {
    if (LangiumDocuments.all.isEmpty()) return;
    checkAgain(services, () => true, DocumentState.Parsed).catch(onError);
  });
}

/** The files whose renames and deletions a client reports: specifications, and folders that may contain some. */
export const followedFiles: FileOperationRegistrationOptions = {
  filters: [
    { scheme: 'file', pattern: { glob: '**/*.xdesign', matches: 'file' } },
    { scheme: 'file', pattern: { glob: '**/*', matches: 'folder' } },
  ],
};

export interface FileListener {
  /** Receives the old and the new URI of a renamed specification. */
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
  // Langium registers its own handlers at initialization; these replace them.
  LanguageServer.onInitialize(() => {
    connection.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) if (isSpecification(oldUri) && isSpecification(newUri)) onRename(URI.parse(oldUri).toString(), URI.parse(newUri).toString());
      // A client that does not watch files reports the change in no other way.
      DocumentUpdateHandler.didChangeWatchedFiles?.({ changes: files.flatMap(({ oldUri, newUri }): FileEvent[] => [deleted(oldUri), { uri: newUri, type: FileChangeType.Created }]) });
    });
    connection.workspace.onDidDeleteFiles(({ files }) => DocumentUpdateHandler.didChangeWatchedFiles?.({ changes: files.map(({ uri }) => deleted(uri)) }));
  });
}

/**
 * Loads the files of a folder that joins, removes those of a folder that leaves unless the client has them open, and
 * checks all others again, because the files that they may import have changed. To be called before the connection listens.
 */
export function followWorkspaceFolders(connection: Connection, services: ServerServices, onError: (error: Error) => void): void {
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

  // Langium registers its own handler at initialization, for clients that announce such notifications; this one replaces it.
  lsp.LanguageServer.onInitialize(() => {
    connection.onNotification(DidChangeWorkspaceFoldersNotification.type, (params) => void change(params).catch(onError));
  });
}
