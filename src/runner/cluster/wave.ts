/*
 * The life of a wave: its shards are submitted as arrays, looked after until each has results, and submitted again where
 * a node failed. All it knows lies in files, so that another process can go on where one was killed.
 */
import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { ShardStates } from '#display/shards';
import type { Finding } from '#domain/finding';
import { decodeMessage, type JobReport } from '#runner/codec/job-codec';
import { fromPortableError } from '#runner/codec/portable-error';
import type { BatchQueue, QueuedTask, QueueLimits, TaskResources } from './batch-queue';
import { eventOf } from './run-shard';
import { type FailedTask, failureOf, shardDamaged, shardFailed, shardRepeated } from './shard-failures';
import { scriptArguments } from './task-script';
import type { NodeProgram } from './node-program';
import {
  logFile, namesIn, readEnd, readEvent, readReports, readStatus, shardFile, type SubmittedArray, type WaveManifest, writeManifest,
} from './wave-files';

/** Who waits for a job. */
export interface AwaitedJob {
  readonly onEvent: ((event: unknown) => void) | undefined;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface WaveSettings {
  /** Path of its folder. */
  readonly folder: string;
  readonly manifest: WaveManifest;
  readonly queue: BatchQueue;
  readonly limits: QueueLimits;
  readonly program: NodeProgram;
  readonly resources: TaskResources;
  readonly throttle?: number;
  /** Milliseconds that a file of a node may take to appear on this machine. */
  readonly delay: number;
  readonly now: () => number;
  readonly onFinding: (finding: Finding) => void;
}

export interface Wave {
  readonly folder: string;
  await(shard: number, job: number, awaited: AwaitedJob): void;
  /** Arrays that may still have tasks. */
  arrays(): readonly string[];
  /** Looks at files and queue, gives results to those who wait, submits what is missing. */
  look(tasks: readonly QueuedTask[]): Promise<void>;
  /** Whether somebody waits. */
  isAwaited(): boolean;
  /** Whether every job of the wave was given to somebody. */
  isDelivered(): boolean;
  counts(): ShardStates;
  /** Gives findings to all who wait. */
  refuse(findings: readonly Finding[]): void;
  /** Rejects all who wait. */
  reject(error: unknown): void;
  /** Takes its tasks out of the queue. */
  cancel(): Promise<void>;
}

interface ShardState {
  readonly awaited: Map<number, AwaitedJob>;
  state: keyof ShardStates;
  /** Events up to this one were given to those who wait. */
  seen: { readonly attempt: string; readonly sequence: number };
  /** When the queue no longer had its task. */
  goneSince: number | undefined;
  /** Starts in this process after which it had no more done than before. */
  fruitless: number;
  /** Jobs that were done when it was last looked at. */
  progress: number;
  readonly delivered: Set<number>;
  /** Whether this process submitted its last task or saw it in the queue: others are not judged, but submitted again. */
  watched: boolean;
}

/** Starts of a shard without any progress before it counts as failed. */
const mostStarts = 3;

export function createWave(settings: WaveSettings): Wave {
  const { folder, queue, limits, onFinding, now } = settings;
  let { manifest } = settings;
  const shards = manifest.shards.map((): ShardState => ({
    awaited: new Map(), state: 'unsubmitted', seen: { attempt: '', sequence: -1 }, goneSince: undefined, fruitless: 0, progress: 0, delivered: new Set(), watched: false,
  }));
  let cancelled = false;

  const nameOf = (shard: number): string => {
    const { orders } = manifest.shards[shard]!;
    return `shard ${shard + 1} of ${manifest.shards.length} of wave ${basename(folder)} (${orders.length} × ${orders[0]!.name})`;
  };
  const lastArray = (shard: number): SubmittedArray | undefined => manifest.arrays.findLast(({ first, indices }) => indices.includes(shard - first));

  const submittedArrays = (): readonly string[] => [...new Set(shards.flatMap(({ state }, shard) => (state === 'waiting' || state === 'running' ? (lastArray(shard)?.array ?? []) : [])))];

  const settle = (shard: number, job: number, give: (awaited: AwaitedJob) => void): void => {
    const awaited = shards[shard]!.awaited.get(job);
    shards[shard]!.awaited.delete(job);
    if (awaited) give(awaited);
  };

  const refuse = (shard: number, findings: readonly Finding[]): void => {
    shards[shard]!.state = 'failed';
    for (const job of [...shards[shard]!.awaited.keys()]) settle(shard, job, ({ resolve }) => resolve({ ok: false, findings }));
  };

  const giveEvents = (shard: number): void => {
    const status = readStatus(folder, shard);
    if (!status) return;
    const own = shards[shard]!;
    own.progress = Math.max(own.progress, status.done);
    const after = own.seen.attempt === status.attempt ? own.seen.sequence : -1;
    for (const { job, sequence, kind, ...plain } of status.events) {
      if (sequence <= after) continue;
      const event = 'event' in plain ? { event: plain.event } : eventOf(readEvent(folder, shard, job, kind));
      if (event) own.awaited.get(job)?.onEvent?.(event.event);
      own.seen = { attempt: status.attempt, sequence };
    }
  };

  const deliver = (shard: number): boolean => {
    const path = shardFile(folder, shard, 'results');
    const found = readReports(folder, shard, 'results');
    if (found === undefined) return false;
    const orders = manifest.shards[shard]!.orders.length;
    if (typeof found === 'string' || found.size !== orders) {
      rmSync(path, { force: true });
      onFinding(shardDamaged(nameOf(shard), path, typeof found === 'string' ? found : `${found.size} of ${orders} jobs are there`));
      return false;
    }
    // A task may end before anybody saw it run.
    giveEvents(shard);
    for (const job of [...shards[shard]!.awaited.keys()]) {
      const report = decodeMessage<JobReport>(found.get(job)!);
      settle(shard, job, ({ resolve, reject }) => (report.kind === 'failure' ? reject(fromPortableError(report.error)) : report.kind === 'result' && resolve(report.output)));
      shards[shard]!.delivered.add(job);
    }
    shards[shard]!.state = 'done';
    return true;
  };

  /** Of a shard whose task the queue no longer has, and which left no results. */
  const judge = async (shard: number): Promise<void> => {
    const own = shards[shard]!;
    own.goneSince ??= now();
    if (now() - own.goneSince < settings.delay) return;
    const { array, first } = lastArray(shard)!;
    const [end, queued] = [readEnd(folder, shard), await queue.endOf(array, shard - first)];
    const task: FailedTask = { shard: nameOf(shard), log: logFile(folder, first, shard - first), ...(end && { end }), ...(queued && { queued }) };
    const done = savedJobs(folder, shard);
    own.fruitless = done > own.progress ? 0 : own.fruitless + 1;
    own.progress = Math.max(own.progress, done);
    if (failureOf(task).isPassing && own.fruitless < mostStarts) {
      onFinding(shardRepeated(task));
      own.state = 'unsubmitted';
      own.goneSince = undefined;
      return;
    }
    refuse(shard, [shardFailed(task)]);
  };

  const submitMissing = async (): Promise<void> => {
    const missing = shards.flatMap(({ state, awaited }, shard) => (state === 'unsubmitted' && awaited.size > 0 ? [shard] : []));
    let room = limits.submittedTasks - shards.filter(({ state }) => state === 'waiting' || state === 'running').length;
    let after: string | undefined;
    for (let first = 0; first < shards.length && room > 0 && !cancelled; first += limits.arraySize) {
      const indices = missing.filter((shard) => shard >= first && shard < first + limits.arraySize).slice(0, room).map((shard) => shard - first);
      if (indices.length === 0) continue;
      const submitted = await queue.submit({
        name: `xdesign-${basename(folder)}`,
        script: settings.program.script,
        arguments: scriptArguments({ wave: folder, first, cores: settings.resources.cores, node: settings.program.node, program: settings.program.archive }),
        indices,
        ...(settings.throttle !== undefined && { throttle: settings.throttle }),
        ...(after !== undefined && { after }),
        resources: settings.resources,
        log: logFile(folder, first, '%a'),
      });
      if (!submitted.ok) {
        // Room comes when tasks end.
        if (submitted.findings.some(({ code }) => code === 'queue-full')) return;
        for (const index of indices) refuse(first + index, submitted.findings);
        return;
      }
      after = submitted.value;
      room -= indices.length;
      manifest = { ...manifest, arrays: [...manifest.arrays, { array: submitted.value, first, indices }] };
      writeManifest(folder, manifest);
      for (const index of indices) Object.assign(shards[first + index]!, { state: 'waiting', watched: true });
    }
  };

  return {
    folder,
    await(shard, job, awaited) {
      shards[shard]!.awaited.set(job, awaited);
      // What an earlier process submitted may be in the queue.
      if (shards[shard]!.state === 'unsubmitted' && lastArray(shard)) shards[shard]!.state = 'waiting';
    },
    arrays: submittedArrays,
    async look(tasks) {
      const names = new Set(namesIn(folder));
      const queued = new Map(tasks.map((task) => [`${task.array}_${task.index}`, task]));
      for (const [shard, own] of shards.entries()) {
        if (own.awaited.size === 0) continue;
        if (names.has(`${shard}.results`) && deliver(shard)) continue;
        const submitted = own.state === 'unsubmitted' ? undefined : lastArray(shard);
        const task = submitted && queued.get(`${submitted.array}_${shard - submitted.first}`);
        if (task) {
          own.state = task.state === 'runs' ? 'running' : 'waiting';
          own.goneSince = undefined;
          own.watched = true;
          if (own.state === 'running') giveEvents(shard);
        } else if (submitted && own.watched) {
          await judge(shard);
        } else {
          own.state = 'unsubmitted';
        }
      }
      if (!cancelled) await submitMissing();
    },
    isAwaited: () => shards.some(({ awaited }) => awaited.size > 0),
    isDelivered: () => shards.every(({ delivered }, shard) => delivered.size === manifest.shards[shard]!.orders.length),
    counts: () => {
      const counts = { unsubmitted: 0, waiting: 0, running: 0, done: 0, failed: 0 };
      for (const { state } of shards) counts[state]++;
      return counts;
    },
    refuse: (findings) => shards.forEach((_, shard) => refuse(shard, findings)),
    reject(error) {
      shards.forEach(({ awaited }, shard) => [...awaited.keys()].forEach((job) => settle(shard, job, ({ reject }) => reject(error))));
    },
    async cancel() {
      cancelled = true;
      for (const array of submittedArrays()) {
        const gone = await queue.cancel(array);
        if (!gone.ok) gone.findings.forEach(onFinding);
      }
    },
  };
}

/** Jobs whose reports are saved. */
function savedJobs(folder: string, shard: number): number {
  const saved = readReports(folder, shard, 'partial');
  return typeof saved === 'object' ? saved.size : 0;
}
