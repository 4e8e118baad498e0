/* Exports of data in a views process of their own, which ends with them: while it writes large files, panels get their views. */
import { createViewsProcess, type ViewsRequest, type ViewsResponse } from './views-process';

export type ExportRun = (request: ViewsRequest<'exportData'>) => Promise<ViewsResponse<'exportData'>>;

/** Exports by the bundle `program` (dist/views.mjs). */
export function createExporter(program: string): ExportRun {
  return async (request) => {
    const process = createViewsProcess(program);
    try {
      return await process.request('exportData', request);
    } finally {
      process.close();
    }
  };
}
