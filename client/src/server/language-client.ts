/* How the extension starts its language server: a file of its own, run by the Node of the extension host. */
import { Uri, workspace, type LogOutputChannel } from 'vscode';
import { LanguageClient, State, TransportKind, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import type { InitializationOptions } from '#protocol/methods';
import { settings } from '#client/settings';

/** Where documents with findings may be: on disk, not yet saved, and in repositories that are opened without a checkout. */
const schemes = ['file', 'untitled', 'vscode-vfs'];

export function createLanguageClient(extensionUri: Uri, log: LogOutputChannel): LanguageClient {
  const module = Uri.joinPath(extensionUri, 'dist/server.mjs').fsPath;
  const serverOptions: ServerOptions = { module, transport: TransportKind.ipc };
  const clientOptions: LanguageClientOptions = {
    documentSelector: schemes.map((scheme) => ({ language: 'xdesign', scheme })),
    outputChannel: log,
    // A function, so that a restarted server receives the current values.
    initializationOptions,
    // The extension shows the progress of runs itself, where its user can cancel them.
    middleware: { handleWorkDoneProgress: () => {} },
  };
  // The first name is also the prefix of the setting `xdesign.trace.server`.
  return new LanguageClient('xdesign', 'XDesign', serverOptions, clientOptions);
}

export function isRunning(state: State): boolean {
  return state === State.Running;
}

function initializationOptions(): InitializationOptions {
  return { trusted: workspace.isTrusted, importsOutsideWorkspace: settings.importsOutsideWorkspace() };
}
