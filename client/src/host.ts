import type { Disposable, LogOutputChannel, Uri } from 'vscode';
import type { Panels } from './panels/panels';
import type { RunList } from './run-list';
import type { Server } from '#client/server/lazy-server';

/** The objects that every feature may use. */
export interface Host {
  /** Where the extension's own files are. */
  readonly extensionUri: Uri;
  readonly server: Server;
  readonly runs: RunList;
  readonly panels: Panels;
  readonly log: LogOutputChannel;
}

/** Something that the extension offers; what it registers ends with what it returns. */
export type Feature = (host: Host) => Disposable;
