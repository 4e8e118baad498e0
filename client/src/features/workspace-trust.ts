import { workspace } from 'vscode';
import { notifications } from '#protocol/methods';
import type { Feature } from '../host';

/** The server hears at its start whether the workspace is trusted, and here when the user comes to trust it. */
export const workspaceTrust: Feature = ({ server }) =>
  workspace.onDidGrantWorkspaceTrust(() => server.notify(notifications.trust, { trusted: true }));
