/* The readers of files with pictures, chosen by what a file begins with, not by the ending of its name. */
import { closeSync, openSync, readSync } from 'node:fs';
import type { Result } from '#domain/finding';
import { pictureUnreadable, pictureUnsupported } from './picture-findings';
import type { PictureSource } from './picture-source';
import { openPng } from './open-png';

/** What distinguishes formats lies in the first bytes of a file. */
const headLength = 16;

/** The pictures of a file, or of one dataset of a file; `name` is how findings call it. Findings: `picture-unreadable`, `picture-unsupported`, and those of the format. */
export async function openPictures(path: string, name: string, dataset?: string): Promise<Result<PictureSource>> {
  let head: Uint8Array;
  try {
    head = headOf(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return pictureUnreadable(name, code === 'ENOENT' ? 'the file does not exist' : code === 'EISDIR' ? 'it is a folder' : (code ?? String(error)));
  }
  if (isPng(head) && dataset === undefined) return openPng(path, name);
  return pictureUnsupported(name, 'it is not a file of pictures that is known', 'Save the picture as PNG.');
}

function headOf(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(headLength);
    return bytes.subarray(0, readSync(file, bytes, 0, headLength, 0));
  } finally {
    closeSync(file);
  }
}

function isPng(head: Uint8Array): boolean {
  return [137, 80, 78, 71, 13, 10, 26, 10].every((byte, i) => head[i] === byte);
}
