import { commands, Location, Position, Range, Uri, window } from 'vscode';
import { commands as serverCommands, type ReferencesArguments, type WirePosition } from '#protocol/commands';
import type { Feature } from '../host';

/** The editor's own list of places, for places that the server found. */
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
