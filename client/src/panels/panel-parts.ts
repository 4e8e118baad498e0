import type { LogOutputChannel, Uri } from 'vscode';
import type { Server } from '#client/server/server';
import type { PanelLink } from '#protocol/panel-messages';
import type { RunReference } from '#protocol/runs';

/** What a panel needs from the editor. */
export interface PanelParts {
  readonly server: Server;
  readonly log: LogOutputChannel;
  /** Of the tabs. */
  readonly icon: { readonly light: Uri; readonly dark: Uri };
  /** Folder of the bundles that draw. */
  readonly media: Uri;
  /** Opens another panel. */
  open(link: PanelLink, target: RunReference): void;
}
