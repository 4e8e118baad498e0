/*
 * Data-parallel training on several threads that gives the same bytes as on one. The weights and all that
 * belongs to them lie once, in shared memory. A mini-batch is always cut into the same number of shards;
 * each member computes the gradients of its shards and puts them there, too; after a barrier each steps
 * the part of the weights that is its own, from all shards in one order; after another the next step begins.
 */
import { BugError, ensure } from '#engine/core/bug-error';
import { Cancelled, type CancellationSignal } from '#engine/core/run-context';
import type { FitArrays } from './fit-state';

/** Into how many parts every mini-batch is cut, however many threads there are. */
export const shardCount = 2;

/** One thread's place in a team. Members 1 … only help; all must run at the same time. */
export interface Team {
  /** 0 … members − 1. */
  readonly member: number;
  /** 1 … `shardCount`. */
  readonly members: number;
  /** From `createTeamMemory`, fresh for each attempt; needed when there are several members. */
  readonly shared?: SharedArrayBuffer;
}

/** Numbers of a network's parameters and statistics, of what a shard hands over, and of predictions of the validation images. */
export interface SharedTrainingSizes {
  readonly parameters: number;
  readonly statistics: number;
  readonly shard: number;
  readonly evaluation: number;
}

/** The memory through which the members of one training work together. */
export interface SharedTraining {
  /** The weights and all that is kept with them. */
  readonly fit: FitArrays;
  /** Where a shard is written and read. */
  shard(shard: number): Float32Array;
  /** Predictions of the validation images. */
  readonly evaluation: Float32Array;
  /** Waits for all members. Throws `Cancelled` when this thread or another was cancelled. */
  barrier(): Promise<void>;
  /** Tells the others that this member will not come back. */
  leave(error: unknown): void;
}

/** Int32 at the start: why somebody left (0 nobody, 1 cancelled, 2 an error), then barriers passed by each member. */
const CONTROL_BYTES = 64;
const LEFT = 0;
const CANCELLED = 1;
const FAILED = 2;
/** How long a member sleeps before it looks whether the run was cancelled. */
const WAIT_MILLISECONDS = 50;

/** Bytes of the memory of a team. */
export function sharedTrainingBytes({ parameters, statistics, shard, evaluation }: SharedTrainingSizes): number {
  return CONTROL_BYTES + 4 * (4 * parameters + 2 * statistics + shardCount * shard + evaluation);
}

/** This member's view of the team's memory, or of memory of its own when it is alone. */
export function joinTraining(team: Team, sizes: SharedTrainingSizes, signal: CancellationSignal): SharedTraining {
  const { member, members, shared } = team;
  ensure(members >= 1 && members <= shardCount && member >= 0 && member < members, `member ${member} of ${members}`);
  ensure(members === 1 || shared !== undefined, 'a team shares memory');
  ensure(shared === undefined || shared.byteLength >= sharedTrainingBytes(sizes), 'the memory of the team is large enough');
  const control = shared ? controlOf(shared) : new Int32Array(CONTROL_BYTES / 4);
  let start = CONTROL_BYTES;
  const next = (length: number): Float32Array => {
    // Arrays of their own are sent and copied one by one.
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
    leave: (error) => tell(control, members, error),
  };
}

/** The message of the bug that members throw because another one left: not the cause, which that one tells. */
export const leftAlone = 'another member of the team failed';

/** Tells the others that this member will not come, or not come back. */
export function leaveTeam({ members, shared }: Team, why: unknown): void {
  if (shared) tell(controlOf(shared), members, why);
}

function controlOf(shared: SharedArrayBuffer): Int32Array {
  return new Int32Array(shared, 0, CONTROL_BYTES / 4);
}

function tell(control: Int32Array, members: number, why: unknown): void {
  Atomics.store(control, LEFT, why instanceof Cancelled ? CANCELLED : FAILED);
  for (let other = 0; other < members; other++) Atomics.notify(control, 1 + other);
}
