/* What the editor itself adds to the language server: its start and restart, its log, workspace trust, and the list of references. */
import { commands, Disposable, Location, Position, Range, Uri, window, workspace } from 'vscode';
import { commandNames } from '#client/command-names';
import type { Feature } from '#client/host';
import { commands as serverCommands, type ReferencesArguments, type WirePosition } from '#protocol/commands';
import { notifications } from '#protocol/methods';

/** Diagnostics and the other features of the server. It starts at once, and activation does not wait for it. */
export const languageServer: Feature = ({ server, log }) => {
  server.start().catch((error: unknown) => log.error(`The language server did not start: ${String(error)}`));
  return Disposable.from(
    commands.registerCommand(commandNames.restartServer, async () => {
      await server.restart();
      void window.showInformationMessage('The language server was restarted. Interrupted runs resume if their files still say the same.');
    }),
    commands.registerCommand(commandNames.showLog, () => log.show()),
    workspace.onDidChangeConfiguration((change) => {
      // The server receives the setting for imports when it starts.
      if (change.affectsConfiguration('xdesign.imports')) void server.restart();
    }),
  );
};

/** Commands of the cluster are there where the server's machine has one. */
export const clusterCommands: Feature = ({ server, log }) =>
  server.onReady(() => {
    server
      .abilities()
      .then(({ executor }) => commands.executeCommand('setContext', 'xdesign.hasCluster', executor !== undefined))
      .catch((error: unknown) => log.warn(`What the server can do is not known: ${String(error)}`));
  });

/** The server receives trust when it starts, and this notification when the user grants it later. */
export const workspaceTrust: Feature = ({ server }) =>
  workspace.onDidGrantWorkspaceTrust(() => server.notify(notifications.trust, { trusted: true }));

/** The editor's own list of references, for locations that the server found. */
export const references: Feature = () =>
  commands.registerCommand(serverCommands.showReferences, async (...[uri, position, locations]: ReferencesArguments) => {
    if (locations.length === 0) void window.showInformationMessage('It is not used anywhere.');
    else {
      await commands.executeCommand(
        'editor.action.showReferences',
        Uri.parse(uri),
        toPosition(position),
        locations.map(({ uri: place, range }) => new Location(Uri.parse(place), new Range(toPosition(range.start), toPosition(range.end)))),
      );
    }
  });

function toPosition({ line, character }: WirePosition): Position {
  return new Position(line, character);
}
