import { Uri, window, workspace } from 'vscode';
import { fromBase64 } from '#protocol/base64';
import { exportDesign } from '#protocol/export';
import type { FromPanelMessage } from '#protocol/panel-messages';
import type { RunReference } from '#protocol/runs';
import type { Server } from '#client/server/server';
import { describeFindings } from '../words';

export type SaveMessage = Extract<FromPanelMessage, { readonly type: 'save' }>;

/** The user says where the file goes: on whichever machine the workspace is. */
export async function saveDesign(server: Server, target: RunReference, message: SaveMessage): Promise<void> {
  const { fileName, bytes } = await fileOf(server, target, message);
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1);
  const defaultUri = Uri.joinPath(Uri.parse(target.uri), '..', fileName);
  const place = await window.showSaveDialog({ defaultUri, filters: { [extension.toUpperCase()]: [extension] } });
  if (place !== undefined) await workspace.fs.writeFile(place, fromBase64(bytes));
}

/** A picture comes with the message; what has to be computed is asked of the server. */
async function fileOf(server: Server, target: RunReference, message: SaveMessage): Promise<{ readonly fileName: string; readonly bytes: string }> {
  const { arm, rank, format } = message;
  if ('bytes' in message) return { fileName: `${target.case}-${arm}-${rank}.${format}`, bytes: message.bytes };
  const answer = await server.request(exportDesign, { ...target, arm, rank, format });
  if (answer.kind === 'refused') throw new Error(describeFindings(answer.findings));
  return answer;
}
