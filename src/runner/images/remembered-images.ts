/*
 * What the files of databases gave in earlier runs, in the run folder: a file that has the same bytes and the same time is
 * not read again. Only the identity is remembered; the pixels are in the store, with the stage that took them.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FileDatabase } from '#domain/image-files';
import type { FilePath } from '#language/specification/specification';
import { machinePath } from '../named-paths';
import { withStorageErrors } from '#runner/run-folder/storage-error';
import { readIfThere, writeFileWhole } from '#runner/store/whole-files';
import { withoutIdleSeed } from './database-key';
import type { ListedFile } from './listed-file';
import { isRemembered, type Remembered } from './remembered-shape';

/** Raised when the same files would give other images. */
const version = 1;

/** What is remembered of a database, whatever its files are now; nothing where the list is damaged, as it is made again. */
export function recall(runFolder: string, database: FileDatabase<FilePath>): Remembered | undefined {
  const bytes = readIfThere(pathOf(runFolder, database));
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRemembered(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function remember(runFolder: string, database: FileDatabase<FilePath>, { files, read, findings }: Remembered): void {
  const text = JSON.stringify({ files, read, findings: findings.map(({ code, severity, message, remedy }) => ({ code, severity, message, ...(remedy !== undefined && { remedy }) })) });
  withStorageErrors(runFolder, () => writeFileWhole(runFolder, pathOf(runFolder, database), [new TextEncoder().encode(text)], 'kill'));
}

/** Whether the files are those that are remembered, and how many are not. */
export function countChanges(files: readonly ListedFile[], before: readonly ListedFile[]): number {
  const keyOf = ({ path, dataset, size, modified }: ListedFile): string => JSON.stringify([path, dataset, size, modified]);
  const [now, then] = [new Set(files.map(keyOf)), new Set(before.map(keyOf))];
  const changed = new Set([...files.filter((file) => !then.has(keyOf(file))), ...before.filter((file) => !now.has(keyOf(file)))].map(({ path }) => path));
  return changed.size;
}

function pathOf(runFolder: string, database: FileDatabase<FilePath>): string {
  const { images, labels, read, ...settings } = withoutIdleSeed(database);
  const described = { version, ...settings, images: images.map((path) => machinePath(path)), ...(labels && { labels: { ...labels, table: machinePath(labels.table) } }) };
  return join(runFolder, 'images', `${createHash('sha256').update(JSON.stringify(described)).digest('hex')}.json`);
}
