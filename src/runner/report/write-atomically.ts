import { renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file so that readers see the old content or the new, never a part: to a temporary name
 * beside it, then renamed. Throws Node's error (such as `ENOSPC`) and leaves no temporary file.
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.part`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
