/* What a run found, as files for other programs. */
import type { DataPart } from '#domain/data-exports';
import { failure } from '#domain/finding';
import type { StoredCase } from '#engine/api';
import { exportData } from '#runner/export/data/export-data';
import { readRecord } from '#runner/history/record-files';
import { unknownRun } from '#server/runs/refusals';
import { candidatesFor } from './build-view';
import type { OpenFolder } from './open-folders';
import type { ViewsRequest, ViewsResponse } from './views-process';

/** Of the named run, or of the newest that has all parts, else of the newest that has images. Findings: as `exportData`. */
export async function exportRun(opened: OpenFolder | undefined, request: ViewsRequest<'exportData'>): Promise<ViewsResponse<'exportData'>> {
  const { caseName, folder, run, parts, format, into, name, file } = request;
  if (run !== undefined && !readRecord(folder, run)) return { ok: false, findings: [unknownRun] };
  const candidates = opened ? [...candidatesFor(opened, request)].map(({ stored }) => stored) : [];
  const chosen = candidates.find((stored) => parts.every((part) => has(stored, part))) ?? candidates.find((stored) => has(stored, 'database'));
  if (!chosen) return failure('data-not-computed', `The run folder has no images of the case ${caseName}.`, 'Run the case first.');
  return exportData(chosen, { formats: [format], parts, folder: into, specification: file, ...(name !== undefined && { name }) });
}

/** Squares of `explain exact` have no maps. */
function has(stored: StoredCase, part: DataPart): boolean {
  if (part === 'database') return stored.read('images') !== undefined;
  return stored.missing() === undefined || (part === 'maps' && stored.read('regions') !== undefined);
}
