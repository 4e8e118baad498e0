/* The files next to a report: their names, one folder per case, and how they are written. */
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { designFileName, type ArmLook } from '#display/arms';
import type { LearningResult, TrainedNetwork } from '#engine/api';
import { safeName } from '#runner/safe-name';

/** `network.safetensors`, or one file per direction where each has a network of its own. */
export function networkFileName({ networks }: LearningResult, { serves }: TrainedNetwork): string {
  return networks.length === 1 ? 'network.safetensors' : `network-${serves.join('')}.safetensors`;
}

/** The other files about the training. */
export const learningFileNames = { card: 'network.json', curve: 'training.csv', parity: 'parity.csv' } as const;

/** Designs of each arm that have a picture of their own: the best ones. All others are in the file of cells alone. */
export const mostPictures = 50;

/** The name of a design's picture; undefined where it has none. Ranks count from 1. */
export function pictureName(look: Pick<ArmLook, 'file'>, rank: number): string | undefined {
  return rank <= mostPictures ? designFileName(look, rank) : undefined;
}

/** The table of all cuts, of cases that optimize. */
export const optimizationFileName = 'optimization.csv';

/** Whether a run may lack such a file, or have fewer of them than an earlier one left. */
export function isChangingFile(name: string, designPrefixes: ReadonlySet<string>): boolean {
  const [, prefix] = /^(.+)-\d{3,}\.png$/.exec(name) ?? [];
  if (name === optimizationFileName || Object.values<string>(learningFileNames).includes(name)) return true;
  return prefix === undefined ? /^network(-[xy])?\.safetensors$/.test(name) : designPrefixes.has(prefix);
}

/**
 * The folder of a case, and of a variant below that of its study (`Thresholds/threshold-0-5-…`). It does not depend on other
 * cases; names of cases in a file differ in more than capitals.
 */
export function caseFolderName(name: string): string {
  return name.split('/').map((part) => safeName(part, 'case', 80)).join('/');
}

/**
 * Writes a file so that readers see the old content or the new one, never a part: the content goes to a temporary
 * file next to it, which is then renamed. Throws Node's error (such as `ENOSPC`) and leaves no temporary file.
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  writePiecesAtomically(path, (write) => write(content));
}

/** The same of a content that comes in pieces, one after another. */
export function writePiecesAtomically(path: string, fill: (write: (piece: string | Uint8Array) => void) => void): void {
  const temporary = `${path}.${process.pid}.part`;
  try {
    const file = openSync(temporary, 'w');
    try {
      fill((piece) => writeFileSync(file, piece));
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
