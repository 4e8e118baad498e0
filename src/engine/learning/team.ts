/*
 * Data-parallel training on several threads that gives the same bytes as on one. A mini-batch is
 * always cut into the same number of shards; each member computes the gradients of its shards and
 * puts them into shared memory; after a barrier every member reads all shards in one order and takes
 * the same step, so the weights never need to be exchanged. Two halves of the memory take turns:
 * nobody can write a half again before all have passed a barrier after reading it.
 */
import { BugError, ensure } from '#engine/core/bug-error';
import { Cancelled, type CancellationSignal } from '#engine/core/run-context';

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

/** How much each shard hands over, and how many predictions the validation needs. */
export interface ExchangeSizes {
  readonly shard: number;
  readonly evaluation: number;
}

/** The memory through which the members of one training work together. */
export interface Exchange {
  /** Where shard `shard` of step `step` is written and read. */
  shard(step: number, shard: number): Float32Array;
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
export function exchangeBytes({ shard, evaluation }: ExchangeSizes): number {
  return CONTROL_BYTES + 4 * (2 * shardCount * shard + evaluation);
}

/** This member's view of the team's memory, or of memory of its own when it is alone. */
export function joinExchange(team: Team, sizes: ExchangeSizes, signal: CancellationSignal): Exchange {
  const { member, members, shared } = team;
  ensure(members >= 1 && members <= shardCount && member >= 0 && member < members, `member ${member} of ${members}`);
  ensure(members === 1 || shared !== undefined, 'a team shares memory');
  const buffer = shared ?? new ArrayBuffer(exchangeBytes(sizes));
  ensure(buffer.byteLength >= exchangeBytes(sizes), 'the memory of the team is large enough');
  const control = new Int32Array(buffer, 0, CONTROL_BYTES / 4);
  const values = new Float32Array(buffer, CONTROL_BYTES);
  const evaluationStart = 2 * shardCount * sizes.shard;
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
    shard: (step, shard) => {
      const start = ((step % 2) * shardCount + shard) * sizes.shard;
      return values.subarray(start, start + sizes.shard);
    },
    evaluation: values.subarray(evaluationStart, evaluationStart + sizes.evaluation),
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
  if (shared) tell(new Int32Array(shared, 0, CONTROL_BYTES / 4), members, why);
}

function tell(control: Int32Array, members: number, why: unknown): void {
  Atomics.store(control, LEFT, why instanceof Cancelled ? CANCELLED : FAILED);
  for (let other = 0; other < members; other++) Atomics.notify(control, 1 + other);
}
