/* The data of a case from its run folder. */
import { failure, type Result } from '#domain/finding';
import { openStoredCase } from '#engine/api';
import type { CaseSpecification } from '#language/specification/specification';
import { recallImages } from '#runner/images/recall-images';
import { StorageError } from '#runner/run-folder/storage-error';
import { openStoreReadOnly, type StoreView } from '#runner/store/store';
import { resolveCase } from '#runner/weights/pretrained-file';
import { exportData, type DataFile, type DataRequest } from './export-data';

/** As `exportData`, of the case as its file says it, from the run folder at a path, in which nothing is changed. Findings: also those of an unreadable store. */
export async function exportCaseData(specification: CaseSpecification, runFolder: string, request: DataRequest): Promise<Result<readonly DataFile[]>> {
  let store: StoreView | undefined;
  try {
    store = openStoreReadOnly(runFolder);
  } catch (error) {
    if (error instanceof StorageError) return { ok: false, findings: [error.finding] };
    throw error;
  }
  if (!store) return failure('run-folder-missing', `${runFolder} is no run folder.`, 'Run the case first, or name the folder with --from.');
  try {
    return await exportData(openStoredCase(resolveCase(recallImages(specification.case, runFolder)), store), request);
  } finally {
    store.close();
  }
}
