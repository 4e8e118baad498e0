/*
 * The work of one task on a node: the jobs of a shard, on the threads of the executor. What is done is saved at least
 * every minute, so a task that is killed and started again repeats a minute at most; a training or an optimization
 * goes on from the last state that it emitted.
 */
import { Cancelled, resumedInput, type Artifact, type ArtifactKey, type Executor, type JobName } from '#engine/api';
import { decodeMessage, encodeMessage, type JobOrder, type JobReport } from '#runner/codec/job-codec';
import { toPortableError } from '#runner/codec/portable-error';
import { JobCrashed } from '#runner/jobs/job-thread';
import { runWhole } from './run-whole';
import { type EmittedEvent, eventKinds, readEvent, readOrders, readReports, type TaskStatus, writeEvent, writeReports, writeStatus } from './wave-files';

export interface ShardTask {
  readonly wave: string;
  readonly shard: number;
  readonly executor: Executor;
  /** Name of this machine. */
  readonly node: string;
  /** Another one after each start. */
  readonly attempt: string;
  /** The artifact of this key that orders name. */
  readonly readInput: (key: ArtifactKey) => Artifact | undefined;
  /** Whether there is still time to begin another job. */
  readonly hasTime: () => boolean;
  /** Milliseconds between savings. */
  readonly saveEvery?: number;
  /** Milliseconds between reports of the state. */
  readonly reportEvery?: number;
}

/** `interrupted`: cancelled, or without time; what was done is saved. `unreadable`: the orders are damaged. */
export type ShardOutcome = 'finished' | 'interrupted' | 'unreadable';

/** Runs the jobs of the shard that have no report yet. Throws when a thread crashed. */
export async function runShard(task: ShardTask): Promise<ShardOutcome> {
  const { wave, shard, executor, hasTime, saveEvery = 60_000, reportEvery = 2_000 } = task;
  const orders = readOrders(wave, shard);
  if (!orders) return 'unreadable';
  if (typeof (readReports(wave, shard, 'results') ?? '') !== 'string') return 'finished';
  const saved = readReports(wave, shard, 'partial') ?? new Map<number, Uint8Array>();
  const reports = new Map(typeof saved === 'string' ? [] : saved);
  let unsaved = 0;
  const save = (): void => {
    if (unsaved > 0) writeReports(wave, shard, 'partial', reports);
    unsaved = 0;
  };
  const events = createEventLog(task);
  const timers = [setInterval(save, saveEvery), setInterval(() => events.report(reports.size), reportEvery)];
  events.report(reports.size);

  const missing = orders.map((_, job) => job).filter((job) => !reports.has(job));
  const work = async (): Promise<void> => {
    for (let job = missing.shift(); job !== undefined; job = missing.shift()) {
      if (!hasTime()) throw new Cancelled('the time of the task ends');
      const order = resumedOrder(decodeMessage<JobOrder>(orders[job]!, task.readInput), task, job);
      const number = job;
      const report = await reportOf(executor, order, (event) => events.add(number, event));
      reports.set(job, encodeMessage(report));
      unsaved++;
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(executor.concurrency, missing.length) }, work));
  } catch (error) {
    save();
    events.report(reports.size);
    if (error instanceof Cancelled) return 'interrupted';
    throw error;
  } finally {
    timers.forEach(clearInterval);
  }
  // Whoever finds the results takes them at once, the last events with them.
  events.report(reports.size);
  writeReports(wave, shard, 'results', reports);
  return 'finished';
}

/** The order from the last event of an earlier attempt that the job can go on from. */
function resumedOrder({ name, input }: JobOrder, { wave, shard }: ShardTask, job: number): JobOrder {
  let resumed = input as object;
  for (const kind of eventKinds(wave, shard, job)) {
    const report = eventOf(readEvent(wave, shard, job, kind));
    if (report) resumed = resumedInput(name as JobName, resumed, report.event);
  }
  return { name, input: resumed };
}

/** An event in a file; undefined where it is damaged. */
export function eventOf(bytes: Uint8Array | undefined): { readonly event: unknown } | undefined {
  if (!bytes) return undefined;
  try {
    const report = decodeMessage<JobReport>(bytes);
    return report.kind === 'event' ? report : undefined;
  } catch {
    return undefined;
  }
}

async function reportOf(executor: Executor, { name, input }: JobOrder, onEvent: (event: unknown) => void): Promise<JobReport> {
  try {
    return { kind: 'result', output: await runWhole(executor, name as JobName, input, onEvent) };
  } catch (error) {
    // Another start may go well: the thread was perhaps ended for its memory.
    if (error instanceof Cancelled || error instanceof JobCrashed) throw error;
    return { kind: 'failure', error: toPortableError(error) };
  }
}

interface EventLog {
  add(job: number, event: unknown): void;
  /** Leaves the state where the submitting machine reads it, if it has changed. */
  report(done: number): void;
}

function createEventLog({ wave, shard, node, attempt }: ShardTask): EventLog {
  const last = new Map<string, EmittedEvent>();
  let sequence = 0;
  let reported = '';
  return {
    add(job, event) {
      const kind = kindOf(event);
      const place = `${job} ${kind}`;
      const emitted = { job, sequence: sequence++, kind };
      // The oldest first.
      last.delete(place);
      if (hasArrays(event)) {
        writeEvent(wave, shard, job, kind, encodeMessage({ kind: 'event', event: ownCopy(event) }));
        last.set(place, emitted);
      } else {
        last.set(place, { ...emitted, event });
      }
    },
    report(done) {
      const status: TaskStatus = { node, attempt, done, events: [...last.values()] };
      const text = JSON.stringify(status);
      if (text === reported) return;
      writeStatus(wave, shard, status);
      reported = text;
    },
  };
}

/** Events of one kind replace each other. */
function kindOf(event: unknown): string {
  if (typeof event !== 'object' || event === null) return 'plain';
  const { kind } = event as { readonly kind?: unknown };
  return typeof kind === 'string' ? kind : Object.keys(event).filter((member) => (event as Record<string, unknown>)[member] !== undefined).sort().join('+');
}

function hasArrays(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ArrayBuffer.isView(value) || Object.values(value).some(hasArrays);
}

/** The event with the arrays of a team's shared memory copied: they change when its threads go on. */
function ownCopy(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof SharedArrayBuffer ? (value as Float32Array).slice() : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, ownCopy(member)]));
}
