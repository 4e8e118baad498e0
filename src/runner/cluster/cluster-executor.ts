/*
 * Jobs as tasks of a batch system. Orders that a stage gives together are cut into shards, each of which a task of an
 * array computes on some node; what would take less than a few minutes is computed here. An order has an identity that
 * follows from what it asks for, so a later process finds the waves of an earlier one again: what they have is taken, what
 * still waits or runs is looked after, and only what is missing is submitted.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { ShardStates } from '#display/shards';
import type { Finding } from '#domain/finding';
import { type ArtifactKey, type ArtifactArray, Cancelled, ensure, type JobName, type JobTable, originalInput } from '#engine/api';
import { encodeMessage } from '#runner/codec/job-codec';
import { secondsOfJob } from '#runner/estimate/estimate-job';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import type { RunStore } from '#runner/store/store';
import type { BatchQueue, QueueLimits, TaskResources } from './batch-queue';
import type { ClusterSettings } from './cluster-settings';
import { cutShards } from './cut-shards';
import type { NodeProgram } from './node-program';
import { runWhole } from './run-whole';
import { type AwaitedJob, createWave, type Wave, type WaveSettings } from './wave';
import { createWaveFolder, readManifest, type WaveManifest, waveFolders, writeInput, writeManifest, writeOrders } from './wave-files';

export interface ClusterExecutorSettings {
  readonly runFolder: string;
  readonly store: Pick<RunStore, 'get' | 'referenceOf'>;
  readonly queue: BatchQueue;
  readonly limits: QueueLimits;
  readonly settings: ClusterSettings;
  readonly program: NodeProgram;
  /** Computes what is too small for the cluster; closed with this one. */
  readonly local: RunExecutor;
  /** Milliseconds that a file of a node may take to appear on this machine. */
  readonly delay: number;
  /** What befell shards. */
  readonly onFinding: (finding: Finding) => void;
  /** How many shards are in which state, whenever the queue was looked at. */
  readonly onQueue: (counts: ShardStates) => void;
}

/** A training uses as many threads as its mini-batches have parts. */
export const trainingCores = 2;

/** Looks without an answer of the queue after which the run ends: the tasks go on. */
const mostSilentLooks = 60;

interface Order extends AwaitedJob {
  readonly name: JobName;
  readonly input: object;
  readonly identity: string;
  readonly seconds: number;
}

interface Place {
  readonly wave: Wave;
  readonly shard: number;
  readonly job: number;
}

/** An executor on a cluster. Its jobs see no shared memory and are not bound to the memory of this machine. */
export function createClusterExecutor(given: ClusterExecutorSettings): RunExecutor {
  const { runFolder, store, queue, settings, program, local } = given;
  const waves: Wave[] = [];
  /** Where the job of an identity is. */
  const places = new Map<string, Place>();
  /** How often an identity was asked for: a stage that asks again does not want the first answer. */
  const asked = new Map<string, number>();
  let arrived: Order[] = [];
  let aborted = false;
  let looking: Promise<void> | undefined;
  let cancelling: Promise<unknown> = Promise.resolve();
  let wake = (): void => undefined;

  const open = (folder: string, manifest: WaveManifest, cores: number): Wave => {
    const wave = createWave({ ...waveSettings(given, cores), folder, manifest });
    manifest.shards.forEach(({ orders }, shard) => orders.forEach(({ identity }, job) => places.set(identity, { wave, shard, job })));
    waves.push(wave);
    return wave;
  };
  for (const folder of waveFolders(runFolder)) {
    const manifest = readManifest(folder);
    if (manifest?.program === program.hash) open(folder, manifest, manifest.cores);
  }

  const identityOf = (name: JobName, input: object): string => {
    const bytes = encodeMessage({ name, input: originalInput(name, input) }, (array) => store.referenceOf(array));
    const base = createHash('sha256').update(program.hash).update(bytes).digest('hex');
    const before = asked.get(base) ?? 0;
    asked.set(base, before + 1);
    return before === 0 ? base : `${base}-${before + 1}`;
  };

  const makeWave = (orders: readonly Order[], cores: number): void => {
    const shards = cutShards(orders, 60 * settings.shardMinutes * cores);
    const folder = createWaveFolder(runFolder);
    const keys = new Set<ArtifactKey>();
    const referenceOf = (array: ArtifactArray): ReturnType<RunStore['referenceOf']> => {
      const reference = store.referenceOf(array);
      if (reference) keys.add(reference.key);
      return reference;
    };
    shards.forEach((ofShard, shard) => writeOrders(folder, shard, ofShard.map(({ name, input }) => encodeMessage({ name, input }, referenceOf))));
    for (const key of keys) {
      writeInput(runFolder, key, () => {
        const artifact = store.get(key);
        ensure(artifact !== undefined, 'what an order names is in the store');
        return artifact;
      });
    }
    const manifest: WaveManifest = {
      program: program.hash,
      cores,
      shards: shards.map((ofShard) => ({ orders: ofShard.map(({ name, identity }) => ({ name, identity })) })),
      arrays: [],
    };
    writeManifest(folder, manifest);
    const wave = open(folder, manifest, cores);
    shards.forEach((ofShard, shard) => ofShard.forEach((order, job) => wave.await(shard, job, order)));
  };

  /** Of the orders that came since the last time: what waves have is awaited, small work is done here, the rest becomes waves. */
  const take = (): void => {
    const orders = arrived;
    arrived = [];
    const fresh = orders.filter((order) => {
      const place = places.get(order.identity);
      place?.wave.await(place.shard, place.job, order);
      return !place;
    });
    const seconds = fresh.reduce((sum, order) => sum + order.seconds, 0);
    if (seconds <= 60 * settings.localMinutes) {
      for (const { name, input, onEvent, resolve, reject } of fresh) runWhole(local, name, input, onEvent ?? (() => undefined)).then(resolve, reject);
    } else {
      const trainings = fresh.filter(({ name }) => name === 'train');
      const others = fresh.filter(({ name }) => name !== 'train');
      if (trainings.length > 0) makeWave(trainings, trainingCores);
      if (others.length > 0) makeWave(others, settings.cores);
    }
    if (waves.some((wave) => wave.isAwaited())) looking ??= lookAfter();
  };

  const lookAfter = async (): Promise<void> => {
    let silent = 0;
    try {
      for (let live = awaitedWaves(); live.length > 0 && !aborted; live = awaitedWaves()) {
        const tasks = await queue.tasks([...new Set(live.flatMap((wave) => wave.arrays()))]);
        if (!tasks.ok) {
          if (++silent >= mostSilentLooks) {
            const refusal = tasks.findings;
            live.forEach((wave) => wave.refuse(refusal));
            break;
          }
        } else {
          silent = 0;
          for (const wave of live) await wave.look(tasks.value);
          given.onQueue(sumOf(live.map((wave) => wave.counts())));
        }
        if (awaitedWaves().length === 0) break;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 1000 * settings.pollSeconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    } catch (error) {
      waves.forEach((wave) => wave.reject(error));
    } finally {
      looking = undefined;
    }
  };
  const awaitedWaves = (): readonly Wave[] => waves.filter((wave) => wave.isAwaited());

  const signal = {
    get aborted() {
      return aborted;
    },
    throwIfAborted() {
      if (aborted) throw new Cancelled('the run was cancelled');
    },
  };

  return {
    concurrency: Infinity,
    sharesMemory: false,
    memory: Infinity,
    signal,
    run: <N extends JobName>(name: N, input: JobTable[N]['input'], listener?: { onEvent?(event: JobTable[N]['event']): void }) =>
      new Promise<JobTable[N]['output']>((resolve, reject) => {
        if (aborted) return reject(new Cancelled('the run was cancelled'));
        if (arrived.length === 0) setImmediate(() => takeSafely());
        arrived.push({
          name,
          input: input as object,
          identity: identityOf(name, input as object),
          seconds: secondsOfJob(name, input),
          onEvent: listener?.onEvent && ((event) => listener.onEvent?.(event as JobTable[N]['event'])),
          resolve: resolve as (output: unknown) => void,
          reject,
        });
      }),
    cancel(why = 'requested') {
      if (aborted) return;
      aborted = true;
      const live = awaitedWaves();
      local.cancel(why);
      if (why === 'requested') cancelling = Promise.all(live.map((wave) => wave.cancel()));
      const cancelled = new Cancelled('the run was cancelled');
      for (const order of arrived) order.reject(cancelled);
      arrived = [];
      live.forEach((wave) => wave.reject(cancelled));
      wake();
    },
    release: () => local.release(),
    async close() {
      aborted = true;
      wake();
      await cancelling;
      await looking;
      await local.close();
      // Their results are in the store. The script of the last task may still leave how it ended.
      for (const wave of waves) if (wave.isDelivered()) rmSync(wave.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };

  /** The errors of the disk belong to those who wait. */
  function takeSafely(): void {
    const orders = arrived;
    try {
      take();
    } catch (error) {
      for (const order of orders) order.reject(error);
    }
  }
}

function waveSettings({ queue, limits, program, settings, delay, onFinding }: ClusterExecutorSettings, cores: number): Omit<WaveSettings, 'folder' | 'manifest'> {
  const { throttle } = settings;
  const resources: TaskResources = { ...settings, cores };
  return { queue, limits, program, resources, delay, onFinding, now: () => performance.now(), ...(throttle !== undefined && { throttle }) };
}

function sumOf(counts: readonly ShardStates[]): ShardStates {
  const sum = (state: keyof ShardStates): number => counts.reduce((total, each) => total + each[state], 0);
  return { unsubmitted: sum('unsubmitted'), waiting: sum('waiting'), running: sum('running'), done: sum('done'), failed: sum('failed') };
}
