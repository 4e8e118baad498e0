/*
 * Files that are there whole or not at all: written under another name in `incoming/`, then renamed to
 * their place. A killed process leaves at most something in `incoming/`,
 * which the next opening of the store sweeps away.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Artifact } from '#engine/api';
import { stateOf } from '#runner/run-folder/process-identity';
import { decodeArtifact } from '#runner/codec/artifact-codec';

/**
 * What a file survives: a kill of the process always; a power cut only when it waits for the disk, which
 * takes most of a second for a large network.
 */
export type Durability = 'power-cut' | 'kill';

/** Writes or replaces one file by the parts of its bytes. */
export function writeFileWhole(runFolder: string, path: string, parts: readonly Uint8Array[], durability: Durability): void {
  moveIn(runFolder, path, (temporary) => writeNew(temporary, parts, durability));
  if (durability === 'power-cut') syncFolder(dirname(path));
}

/** The bytes of a file, undefined if there is none. */
export function readIfThere(path: string): Uint8Array | undefined {
  try {
    return fs.readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes what killed processes left half-written. What living processes write is left alone. */
export function sweepIncoming(runFolder: string): void {
  const incoming = join(runFolder, 'incoming');
  if (!fs.existsSync(incoming)) return;
  for (const name of fs.readdirSync(incoming)) {
    const writer = /^(?<host>.+)-(?<processId>\d+)-[0-9a-f]{16}$/.exec(name)?.groups;
    if (!writer) continue;
    const state = stateOf({ host: writer['host']!, processId: Number(writer['processId']), startTime: null });
    if (state === 'gone') fs.rmSync(join(incoming, name), { recursive: true, force: true });
  }
}

function moveIn(runFolder: string, path: string, write: (temporary: string) => void): void {
  const incoming = join(runFolder, 'incoming');
  fs.mkdirSync(incoming, { recursive: true });
  fs.mkdirSync(dirname(path), { recursive: true });
  const temporary = join(incoming, `${hostname()}-${process.pid}-${randomBytes(8).toString('hex')}`);
  try {
    write(temporary);
    fs.renameSync(temporary, path);
  } catch (error) {
    fs.rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}

function writeNew(path: string, parts: readonly Uint8Array[], durability: Durability): void {
  const file = fs.openSync(path, 'wx');
  try {
    // Each continues where the one before ended.
    for (const part of parts) fs.writeFileSync(file, part);
    if (durability === 'power-cut') fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
}

/** Makes renames in a folder last through a power cut; Windows neither needs nor allows it. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(folder);
  } finally {
    fs.closeSync(folder);
  }
}

/* A stored value read from where it lies: a row of the database, or a file of its own. */

/** The value; that there is none; or where something lies that is not the value, and why. */
export type StoredValue =
  | { readonly state: 'whole'; readonly artifact: Artifact }
  | { readonly state: 'none' }
  | { readonly state: 'damaged'; readonly place: string; readonly reason: string };

/** Reads the value of a label: `inRow` if the database holds its bytes, the file otherwise. */
export function readValue(label: string, inRow: Uint8Array | undefined, file: string): StoredValue {
  const place = inRow ? 'store.sqlite' : file;
  const bytes = inRow ?? readFile(file);
  if (bytes === undefined) return { state: 'none' };
  if (typeof bytes === 'string') return { state: 'damaged', place, reason: bytes };
  const decoded = decodeArtifact(label, bytes);
  return decoded.ok ? { state: 'whole', artifact: decoded.artifact } : { state: 'damaged', place, reason: decoded.reason };
}

/** The bytes; undefined where there is no file; a clause where there is something that cannot be read. */
function readFile(file: string): Uint8Array | string | undefined {
  try {
    return readIfThere(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EIO') return 'the disk cannot read it';
    if (code === 'EISDIR') return 'it is a folder';
    throw error;
  }
}
