import { Uri, window, workspace } from 'vscode';
import { placeText } from '#domain/stages';
import { fromBase64 } from '#protocol/packed';
import { requests, type ViewRequest } from '#protocol/methods';
import type { FromPanelMessage } from '#protocol/panel-messages';
import type { RunReference } from '#protocol/runs';
import type { Server } from '#client/server/server';
import { describeFindings } from '../words';

export type SaveMessage = Extract<FromPanelMessage, { readonly type: 'save' }>;

interface DesignFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** The user says where the file goes: on whichever machine the workspace is. */
export async function saveDesign(server: Server, target: RunReference, message: SaveMessage): Promise<void> {
  const { fileName, bytes } = await fileOf(server, target, message);
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1);
  const defaultUri = Uri.joinPath(Uri.parse(target.uri), '..', fileName);
  const place = await window.showSaveDialog({ defaultUri, filters: { [extension.toUpperCase()]: [extension] } });
  if (place !== undefined) await workspace.fs.writeFile(place, bytes);
}

/** A picture comes with the message; what has to be computed is asked of the server. */
async function fileOf(server: Server, target: RunReference, message: SaveMessage): Promise<DesignFile> {
  const { arm, rank, format } = message;
  if ('bytes' in message) return { fileName: `${target.case}-${arm}-${rank}.${format}`, bytes: fromBase64(message.bytes) };
  const request = requests.view as ViewRequest<'file'>;
  const response = await server.request(request, { ...target, view: 'file', query: { arm, rank, format: message.format } });
  if (response.kind === 'refused') throw new Error(describeFindings(response.findings));
  if (response.kind === 'waiting') throw new Error(`The file can be written when the stage “${placeText(response)}” is done.`);
  return { fileName: response.content.fileName, bytes: new TextEncoder().encode(response.content.text) };
}
