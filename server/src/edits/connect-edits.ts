import type { Connection } from 'vscode-languageserver';
import { editThreshold as request, type EditThresholdParams } from '#protocol/edit-threshold';
import type { XDesignSharedServices } from '../server-services';
import { editThreshold } from './edit-threshold';

/** Answers requests for edits of the text; to be called before the connection listens. */
export function connectEdits(connection: Connection, shared: XDesignSharedServices): void {
  connection.onRequest(request.method, (params: EditThresholdParams) => editThreshold(shared, params));
}
