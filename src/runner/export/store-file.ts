/* A file of an export, written whole or not at all. */
import { mkdirSync } from 'node:fs';
import { type Result, success } from '#domain/finding';
import { writeAtomically } from '#runner/report/result-files';
import { StorageError, withStorageErrors } from '#runner/run-folder/storage-error';

/** Makes the folder where it is not there. Findings: those of `withStorageErrors`. */
export function storeFile(folder: string, file: string, content: string | Uint8Array): Result<true> {
  try {
    return withStorageErrors(folder, () => {
      mkdirSync(folder, { recursive: true });
      writeAtomically(file, content);
      return success(true);
    });
  } catch (error) {
    if (error instanceof StorageError) return { ok: false, findings: [error.finding] };
    throw error;
  }
}
