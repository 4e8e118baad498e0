import { commands, Location, Position, Range, Uri } from 'vscode';
import { commands as serverCommands, type ReferencesArguments, type WirePosition } from '#protocol/commands';
import type { Feature } from '../host';

/** The editor's own list of places, for places that the server found. */
export const references: Feature = () =>
  commands.registerCommand(serverCommands.showReferences, (...[uri, position, locations]: ReferencesArguments) =>
    commands.executeCommand(
      'editor.action.showReferences',
      Uri.parse(uri),
      toPosition(position),
      locations.map(({ uri: place, range }) => new Location(Uri.parse(place), new Range(toPosition(range.start), toPosition(range.end)))),
    ),
  );

function toPosition({ line, character }: WirePosition): Position {
  return new Position(line, character);
}
