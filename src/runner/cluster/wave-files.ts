/*
 * The files of a wave: orders that were cut into shards at one time, and what became of them. They lie on the disk that
 * nodes share, each written under another name and renamed; who reads them checks the checksum that they carry.
 *
 *   cluster/NNNN/wave.json       what the wave is, and the arrays that were submitted for it
 *   cluster/NNNN/S.orders        the orders of shard S
 *   cluster/NNNN/S.partial       the reports of those of its jobs that are done, while it runs
 *   cluster/NNNN/S.results       the reports of all
 *   cluster/NNNN/S.status        what the task under way says of itself
 *   cluster/NNNN/S.event-J-K     the last event of kind K of job J that has arrays
 *   cluster/NNNN/S.end           the exit status and the node of the last task that ended by itself
 *   cluster/NNNN/F-I.log         what task I of an array that begins with shard F prints
 *   cluster/inputs/KEY           artifacts of the store that orders name
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact, ArtifactKey, JobName } from '#engine/api';
import { decodeArtifact, encodeInParts } from '#runner/codec/artifact-codec';
import { type Durability, readIfThere, writeFileWhole } from '#runner/store/whole-files';

/** One job of a shard. */
export interface ShardOrder {
  readonly name: JobName;
  /** SHA-256 of the program and the order as it was before any attempt, in hex: the same order in a later run is the same job. */
  readonly identity: string;
}

export interface PlannedShard {
  readonly orders: readonly ShardOrder[];
}

/** An array that was submitted: task i computes shard `first` + i. */
export interface SubmittedArray {
  readonly array: string;
  readonly first: number;
  readonly indices: readonly number[];
}

export interface WaveManifest {
  /** SHA-256 of the program that nodes run: another build's wave is left alone. */
  readonly program: string;
  /** Of each task. */
  readonly cores: number;
  readonly shards: readonly PlannedShard[];
  readonly arrays: readonly SubmittedArray[];
}

/** What a task says of itself while it runs. */
export interface TaskStatus {
  readonly node: string;
  /** Another one after each start of the task. */
  readonly attempt: string;
  /** Jobs that are done. */
  readonly done: number;
  /** The last event of each kind of each job that emitted one, oldest first. */
  readonly events: readonly EmittedEvent[];
}

export interface EmittedEvent {
  readonly job: number;
  /** Grows with each event of the attempt. */
  readonly sequence: number;
  readonly kind: string;
  /** Absent where the event has arrays: it is then in a file of its own. */
  readonly event?: unknown;
}

/** How the last task of a shard that ended by itself did so. */
export interface ShardEnd {
  readonly status: number;
  readonly node: string;
}

/** The reports of some jobs of a shard, encoded, by the numbers of the jobs. */
export type Reports = ReadonlyMap<number, Uint8Array>;

export type WaveFile = 'orders' | 'partial' | 'results' | 'status' | 'end' | `event-${number}-${string}`;

export function clusterFolder(runFolder: string): string {
  return join(runFolder, 'cluster');
}

export function shardFile(wave: string, shard: number, kind: WaveFile): string {
  return join(wave, `${shard}.${kind}`);
}

/** The log of a task of an array whose task 0 computes shard `first`. */
export function logFile(wave: string, first: number, index: number | '%a'): string {
  return join(wave, `${first}-${index}.log`);
}

/** The folder of a new wave: the next number that no other process took. */
export function createWaveFolder(runFolder: string): string {
  const folder = clusterFolder(runFolder);
  mkdirSync(folder, { recursive: true });
  for (let n = waveFolders(runFolder).length + 1; ; n++) {
    const wave = join(folder, String(n).padStart(4, '0'));
    try {
      mkdirSync(wave);
      return wave;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Paths of the waves of a run folder, oldest first. */
export function waveFolders(runFolder: string): readonly string[] {
  const folder = clusterFolder(runFolder);
  return namesIn(folder).filter((name) => /^\d{4,}$/.test(name)).sort().map((name) => join(folder, name));
}

/** Names in a folder; none where there is no folder. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export function writeManifest(wave: string, manifest: WaveManifest): void {
  writeWhole(wave, join(wave, 'wave.json'), [Buffer.from(`${JSON.stringify(manifest)}\n`)]);
}

/** Undefined where a kill left a wave without one, or where it is damaged. */
export function readManifest(wave: string): WaveManifest | undefined {
  return readJson<WaveManifest>(join(wave, 'wave.json'));
}

export function writeOrders(wave: string, shard: number, orders: readonly Uint8Array[]): void {
  writeParts(wave, shard, 'orders', new Map(orders.entries()));
}

/** Undefined where there are none, or damaged ones. */
export function readOrders(wave: string, shard: number): readonly Uint8Array[] | undefined {
  const orders = readParts(wave, shard, 'orders');
  return typeof orders === 'string' ? undefined : orders && Array.from({ length: orders.size }, (_, job) => orders.get(job)!);
}

export function writeReports(wave: string, shard: number, kind: 'partial' | 'results', reports: Reports): void {
  writeParts(wave, shard, kind, reports);
  // From now on nothing is read of what led to the results.
  if (kind === 'results') for (const name of namesIn(wave)) if (isLeftover(name, shard)) rmSync(join(wave, name), { force: true });
}

function isLeftover(name: string, shard: number): boolean {
  return name === `${shard}.partial` || name.startsWith(`${shard}.event-`);
}

/** Undefined where there are none; a clause where they are damaged. */
export function readReports(wave: string, shard: number, kind: 'partial' | 'results'): Reports | string | undefined {
  return readParts(wave, shard, kind);
}

export function writeEvent(wave: string, shard: number, job: number, kind: string, report: Uint8Array): void {
  writeWhole(wave, shardFile(wave, shard, `event-${job}-${kind}`), [report], 'kill');
}

export function readEvent(wave: string, shard: number, job: number, kind: string): Uint8Array | undefined {
  return readIfThere(shardFile(wave, shard, `event-${job}-${kind}`));
}

/** Kinds of the events with arrays that a job left. */
export function eventKinds(wave: string, shard: number, job: number): readonly string[] {
  const start = `${shard}.event-${job}-`;
  return namesIn(wave).filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
}

export function writeStatus(wave: string, shard: number, status: TaskStatus): void {
  writeWhole(wave, shardFile(wave, shard, 'status'), [Buffer.from(JSON.stringify(status))], 'kill');
}

export function readStatus(wave: string, shard: number): TaskStatus | undefined {
  return readJson<TaskStatus>(shardFile(wave, shard, 'status'));
}

/** The script of a task writes it: exit status and node. */
export function readEnd(wave: string, shard: number): ShardEnd | undefined {
  const bytes = readIfThere(shardFile(wave, shard, 'end'));
  const [, status, node] = (bytes && /^(\d+) (\S+)$/.exec(Buffer.from(bytes).toString().trim())) ?? [];
  return status === undefined ? undefined : { status: Number(status), node: node! };
}

/** Leaves an artifact of the store where nodes read it. */
export function writeInput(runFolder: string, key: ArtifactKey, artifact: () => Artifact): void {
  const path = inputFile(clusterFolder(runFolder), key);
  if (readInput(clusterFolder(runFolder), key) === undefined) writeWhole(clusterFolder(runFolder), path, encodeInParts(key, artifact()));
}

/** An artifact that an order names; undefined where it is missing or damaged. */
export function readInput(cluster: string, key: ArtifactKey): Artifact | undefined {
  const bytes = readIfThere(inputFile(cluster, key));
  const decoded = bytes && decodeArtifact(key, bytes);
  return decoded?.ok ? decoded.artifact : undefined;
}

function inputFile(cluster: string, key: ArtifactKey): string {
  return join(cluster, 'inputs', key);
}

/** Numbered byte strings as one file with a checksum, whose label says which shard it belongs to. */
function writeParts(wave: string, shard: number, kind: 'orders' | 'partial' | 'results', parts: Reports): void {
  const arrays = Object.fromEntries([...parts].map(([number, bytes]) => [String(number), bytes]));
  writeWhole(wave, shardFile(wave, shard, kind), encodeInParts(labelOf(shard, kind), { header: {}, arrays }));
}

function readParts(wave: string, shard: number, kind: 'orders' | 'partial' | 'results'): Reports | string | undefined {
  const bytes = readIfThere(shardFile(wave, shard, kind));
  if (!bytes) return undefined;
  const decoded = decodeArtifact(labelOf(shard, kind), bytes);
  if (!decoded.ok) return decoded.reason;
  return new Map(Object.entries(decoded.artifact.arrays).map(([number, array]) => [Number(number), array as Uint8Array]));
}

function labelOf(shard: number, kind: string): string {
  return `${kind} of shard ${shard}`;
}

function writeWhole(folder: string, path: string, parts: readonly Uint8Array[], durability: Durability = 'power-cut'): void {
  writeFileWhole(folder, path, parts, durability);
}

function readJson<T>(path: string): T | undefined {
  const bytes = readIfThere(path);
  if (!bytes) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as T;
  } catch {
    return undefined;
  }
}
