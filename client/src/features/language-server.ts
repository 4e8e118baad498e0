import { commands, Disposable, window, workspace } from 'vscode';
import { commandNames } from '../command-names';
import type { Feature } from '../host';

/** Diagnostics and all that the server offers by itself. It starts at once and activation does not wait for it. */
export const languageServer: Feature = ({ server, log }) => {
  server.start().catch((error: unknown) => log.error(`The language server did not start: ${String(error)}`));
  return Disposable.from(
    commands.registerCommand(commandNames.restartServer, async () => {
      await server.restart();
      void window.showInformationMessage('The language server was restarted. Interrupted runs resume if their files still say the same.');
    }),
    commands.registerCommand(commandNames.showLog, () => log.show()),
    workspace.onDidChangeConfiguration((change) => {
      // The server hears what it may import when it starts.
      if (change.affectsConfiguration('xdesign.imports')) void server.restart();
    }),
  );
};
