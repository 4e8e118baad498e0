/* The views process (dist/views.mjs): responds to the server's requests from stores, and computes what they lack. */
import { coreCount, createThreadExecutor } from '#runner/jobs/thread-executor';
import { bundlePaths, keepNumbersApart } from '#runner/machine';
import { StorageError } from '#runner/run-folder/storage-error';
import { buildView } from './build-view';
import { createOpenFolders, type OpenFolder } from './open-folders';
import { createPreviews } from './previews';
import { lastResults, listRuns } from './recorded-runs';
import { simulateImage } from './simulate-image';
import type { ViewsResponse, ViewsRequestMessage, ViewsResponseMessage, ViewsRequest, ViewsRequestName } from './views-process';

keepNumbersApart();

/** More threads than a preview has cells for are of no use. */
const mostThreads = 4;

const send = (message: ViewsResponseMessage): void => {
  if (process.connected) process.send!(message, undefined, {}, () => {});
};
const folders = createOpenFolders();
const executor = createThreadExecutor({ workers: Math.min(coreCount(), mostThreads), ...bundlePaths });
const preview = createPreviews(executor);

/** For what is shown by the way: a store that cannot be opened is as good as none. */
const openIfPossible = (folder: string): OpenFolder | undefined => {
  try {
    return folders.open(folder);
  } catch (error) {
    if (error instanceof StorageError) return undefined;
    throw error;
  }
};

const responses: { readonly [N in ViewsRequestName]: (request: ViewsRequest<N>) => ViewsResponse<N> | Promise<ViewsResponse<N>> } = {
  runs: listRuns,
  view: (request) => buildView(folders.open(request.folder), request, executor),
  lastResults: (request) => lastResults(openIfPossible(request.folder), request),
  preview: (request) => preview(folders.open(request.folder), request),
  simulate: simulateImage,
};

process.on('message', async ({ id, name, request }: ViewsRequestMessage) => {
  try {
    send({ id, response: await responses[name](request as never) });
  } catch (error) {
    // A store that another program holds, or a disk that fails, is nothing that a panel cannot say.
    if (error instanceof StorageError && (name === 'view' || name === 'preview')) {
      send({ id, response: { kind: 'refused', findings: [error.finding] } });
      return;
    }
    send({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
// The server is gone, and nobody else asks.
process.on('disconnect', () => process.exit());
