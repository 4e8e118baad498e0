/* The views process (dist/views.mjs): responds to the server's requests from stores, and computes what they lack. */
import { coreCount, createThreadExecutor } from '#runner/jobs/thread-executor';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { bundlePaths } from '#runner/machine';
import { StorageError } from '#runner/run-folder/storage-error';
import { buildView } from './build-view';
import { exportRun } from './export-run';
import { checkedFiles, datasets, fileImages } from './image-files';
import { createOpenFolders, type OpenFolder } from './open-folders';
import { createPreviews } from './previews';
import { lastResults, listRuns } from './recorded-runs';
import { simulateImage } from './simulate-image';
import type { ViewsResponse, ViewsRequestMessage, ViewsResponseMessage, ViewsRequest, ViewsRequestName } from './views-process';

keepNumbersApart();

/** A preview has too few cells to use more threads. */
const mostThreads = 4;

const send = (message: ViewsResponseMessage): void => {
  if (process.connected) process.send!(message, undefined, {}, () => {});
};
const folders = createOpenFolders();
const executor = createThreadExecutor({ workers: Math.min(coreCount(), mostThreads), ...bundlePaths });
const preview = createPreviews(executor);

/** For secondary information: a store that cannot be opened counts as missing. */
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
  fileImages,
  datasets,
  checkFiles: checkedFiles,
  exportData: (request) => exportRun(folders.open(request.folder), request),
};

process.on('message', async ({ id, name, request }: ViewsRequestMessage) => {
  try {
    send({ id, response: await responses[name](request as never) });
  } catch (error) {
    // A store that another program has locked, or a disk error, is shown in the panel.
    if (error instanceof StorageError && (name === 'view' || name === 'preview')) {
      send({ id, response: { kind: 'refused', findings: [error.finding] } });
      return;
    }
    if (error instanceof StorageError && name === 'exportData') {
      send({ id, response: { ok: false, findings: [error.finding] } });
      return;
    }
    send({ id, internalError: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
// The server is gone, and there are no other clients.
process.on('disconnect', () => process.exit());
