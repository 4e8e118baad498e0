import { commands, Disposable } from 'vscode';
import { panelNames, type PanelLink, type PanelName, type PanelPlaces } from '#protocol/panel-messages';
import { chooseCase, chooseCaseOfDatabase } from '../choose';
import { commandNames } from '../command-names';
import type { Feature } from '../host';

/** The command that opens each panel. */
const commandOf: Readonly<Record<PanelName, string>> = {
  design: commandNames.openDesign,
  heatMap: commandNames.openHeatMap,
  skeleton: commandNames.openSkeleton,
  database: commandNames.browse,
  training: commandNames.openTraining,
  optimization: commandNames.openOptimization,
};

/** A row of the runs view with places that panels can show. */
interface PlacedRow {
  readonly places: Partial<PanelPlaces>;
}

export const panelCommands: Feature = (host) =>
  Disposable.from(
    ...panelNames.map((panel) =>
      commands.registerCommand(commandOf[panel], async (...args: unknown[]) => {
        const target = await (panel === 'database' ? chooseCaseOfDatabase : chooseCase)(host, args);
        if (target !== undefined) host.panels.open(linkTo(panel, args), target);
      }),
    ),
  );

function linkTo(panel: PanelName, [row]: readonly unknown[]): PanelLink {
  const place = isPlaced(row) ? row.places[panel] : undefined;
  return { panel, ...(place && { place }) } as PanelLink;
}

function isPlaced(row: unknown): row is PlacedRow {
  return typeof row === 'object' && row !== null && 'places' in row;
}
