/*
 * Data-parallel training on several threads with the same bytes as on one. Shared memory has one copy of the weights and
 * of all arrays that belong to them. A mini-batch is always cut into the same number of shards. Each member computes the
 * gradients of its shards and writes them to the shared memory. After a barrier each member updates its own range of the
 * weights from all shards in a fixed order. After another barrier the next step begins.
 */
import { BugError, ensure } from '#engine/core/bug-error';
import { Cancelled, type CancellationSignal } from '#engine/core/run-context';
import type { FitArrays } from './fit-state';

/** The number of parts of every mini-batch, independent of the number of threads. */
export const shardCount = 2;

/** The role of one thread in a team. Member 0 leads; all members must run at the same time. */
export interface Team {
  /** 0 … members − 1. */
  readonly member: number;
  /** 1 … `shardCount`. */
  readonly members: number;
  /** Memory from `createTeamMemory`, new for each attempt; required when there are several members. */
  readonly shared?: SharedArrayBuffer;
}

/** Array lengths: of a network's parameters and statistics, of a shard, and of the predictions of the validation images. */
export interface SharedTrainingSizes {
  readonly parameters: number;
  readonly statistics: number;
  readonly shard: number;
  readonly evaluation: number;
}

/** The shared state of the members of one training. */
export interface SharedTraining {
  /** The weights and all arrays that belong to them. */
  readonly fit: FitArrays;
  /** The numbers of a shard. */
  shard(shard: number): Float32Array;
  /** Predictions of the validation images. */
  readonly evaluation: Float32Array;
  /** Waits for all members. Throws `Cancelled` when this thread or another one was cancelled. */
  barrier(): Promise<void>;
  /** Notifies the other members that this one has left. */
  leave(error: unknown): void;
}

/** Int32 numbers at the start: why a member left (0: none left, 1: cancelled, 2: an error), then the number of barriers that each member has passed. */
const CONTROL_BYTES = 64;
const LEFT = 0;
const CANCELLED = 1;
const FAILED = 2;
/** The interval at which a waiting member checks whether the run was cancelled. */
const WAIT_MILLISECONDS = 50;

/** The size of a team's memory in bytes. */
export function sharedTrainingBytes({ parameters, statistics, shard, evaluation }: SharedTrainingSizes): number {
  return CONTROL_BYTES + 4 * (4 * parameters + 2 * statistics + shardCount * shard + evaluation);
}

/** This member's view of the team's memory, or of its own memory when it is the only member. */
export function joinTraining(team: Team, sizes: SharedTrainingSizes, signal: CancellationSignal): SharedTraining {
  const { member, members, shared } = team;
  ensure(members >= 1 && members <= shardCount && member >= 0 && member < members, `member ${member} of ${members}`);
  ensure(members === 1 || shared !== undefined, 'a team shares memory');
  ensure(shared === undefined || shared.byteLength >= sharedTrainingBytes(sizes), 'the memory of the team is large enough');
  const control = shared ? controlOf(shared) : new Int32Array(CONTROL_BYTES / 4);
  let start = CONTROL_BYTES;
  const next = (length: number): Float32Array => {
    // Without shared memory each array has a buffer of its own, so that it can be transferred alone.
    if (shared === undefined) return new Float32Array(length);
    const values = new Float32Array(shared, start, length);
    start += values.byteLength;
    return values;
  };
  const fit = {
    parameters: next(sizes.parameters),
    statistics: next(sizes.statistics),
    moments: { first: next(sizes.parameters), second: next(sizes.parameters) },
    bestParameters: next(sizes.parameters),
    bestStatistics: next(sizes.statistics),
  };
  const shards = Array.from({ length: shardCount }, () => next(sizes.shard));
  const evaluation = next(sizes.evaluation);
  let passed = 0;

  const waitFor = async (other: number): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      const reason = Atomics.load(control, LEFT);
      if (reason === CANCELLED) throw new Cancelled('another member of the team was cancelled');
      if (reason === FAILED) throw new BugError(leftAlone);
      const seen = Atomics.load(control, 1 + other);
      if (seen >= passed) return;
      await Atomics.waitAsync(control, 1 + other, seen, WAIT_MILLISECONDS).value;
    }
  };

  return {
    fit,
    shard: (shard) => shards[shard]!,
    evaluation,
    async barrier() {
      if (members === 1) return;
      passed += 1;
      Atomics.store(control, 1 + member, passed);
      Atomics.notify(control, 1 + member);
      for (let other = 0; other < members; other++) if (other !== member) await waitFor(other);
    },
    leave: (error) => notifyLeft(control, members, error),
  };
}

/** The message of the error that members throw because another one left; that one reports the cause. */
export const leftAlone = 'another member of the team failed';

/** Notifies the other members that this one will not join, or has left. */
export function leaveTeam({ members, shared }: Team, why: unknown): void {
  if (shared) notifyLeft(controlOf(shared), members, why);
}

function controlOf(shared: SharedArrayBuffer): Int32Array {
  return new Int32Array(shared, 0, CONTROL_BYTES / 4);
}

function notifyLeft(control: Int32Array, members: number, why: unknown): void {
  Atomics.store(control, LEFT, why instanceof Cancelled ? CANCELLED : FAILED);
  for (let other = 0; other < members; other++) Atomics.notify(control, 1 + other);
}
