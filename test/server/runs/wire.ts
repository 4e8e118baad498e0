/* A server and a client in one process: runs that a test drives, and a views process that only says what was requested. */
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { EmptyFileSystem } from 'langium';
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { onTestFinished } from 'vitest';
import { createConnection, createProtocolConnection, StreamMessageReader, StreamMessageWriter, type ProtocolConnection } from 'vscode-languageserver/node';
import { notifications } from '#protocol/methods';
import type { RunChanged } from '#protocol/runs';
import { withClientAddresses } from '#server/client-addresses';
import { connectRuns } from '#server/connect-runs';
import { createResultCache } from '#server/runs/result-cache';
import type { RunOrder } from '#server/runs/run-process';
import type { RunListener } from '#server/runs/run-process';
import { createServerServices } from '#server/services';
import { smallCase } from '#test/e2e/workplace';
import { temporaryFolder } from '#test/support/temporary-folder';

export interface Wire {
  readonly client: ProtocolConnection;
  /** Of the text that is open; with a workspace of its own none is. */
  readonly uri: string;
  readonly folder: string;
  /** Runs that were started, in their order. */
  readonly runs: readonly (RunListener & { readonly order: RunOrder })[];
  readonly requested: readonly { readonly name: string; readonly request: unknown }[];
  readonly changes: readonly RunChanged[];
  /** Notifications of another list. */
  readonly listsChanged: readonly unknown[];
  /** Requests of the server for another look at what it tells. */
  readonly refreshed: readonly string[];
}

type Respond = (name: string, request: unknown) => Promise<unknown>;

/** With `workspace`, a folder on the disk, the server reads that; otherwise a text that is on no disk is open. */
export async function openWire(respond: Respond = () => Promise.resolve([]), workspace?: string): Promise<Wire> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = withClientAddresses(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)));
  const runs: (RunListener & { readonly order: RunOrder })[] = [];
  const requested: { name: string; request: unknown }[] = [];
  const results = createResultCache();
  const services = createServerServices({ connection, ...(workspace === undefined ? EmptyFileSystem : NodeFileSystem) }, { results });
  connectRuns(connection, services, {
    start(order, listener) {
      runs.push({ order, ...listener });
      return { cancel: () => listener.onEnd({ kind: 'cancelled' }) };
    },
    views: {
      request: (name, request) => {
        requested.push({ name, request });
        return respond(name, request) as never;
      },
    },
    exportRun(request) {
      requested.push({ name: 'exportData', request });
      return respond('exportData', request) as never;
    },
  }, results);
  startLanguageServer(services.shared);

  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  onTestFinished(() => client.dispose());
  const changes: RunChanged[] = [];
  client.onNotification(notifications.runChanged.method, (change: RunChanged) => void changes.push(change));
  const listsChanged: unknown[] = [];
  client.onNotification(notifications.runsChanged.method, (change: unknown) => void listsChanged.push(change));
  const refreshed: string[] = [];
  for (const method of ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh']) {
    client.onRequest(method, () => {
      refreshed.push(method);
      return null;
    });
  }
  client.listen();
  const folder = workspace ?? temporaryFolder();
  const uri = pathToFileURL(`${folder}/small.xdesign`).href;
  const rootUri = workspace === undefined ? null : pathToFileURL(folder).href;
  await client.sendRequest('initialize', { processId: null, rootUri, ...(rootUri !== null && { workspaceFolders: [{ uri: rootUri, name: 'place' }] }), capabilities: {} });
  await client.sendNotification('initialized', {});
  if (workspace === undefined) await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'xdesign', version: 1, text: smallCase() } });
  return { client, uri, folder, runs, requested, changes, listsChanged, refreshed };
}
