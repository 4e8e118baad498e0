/* Our training and the peer's in turns: images per second of the same network, batch and number of threads. */
import type { Result } from '#domain/finding';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import { createTeamMemory } from '#engine/learning/training/train-regressor';
import { median, type Outcome } from './outcome';
import type { TrainPeer } from './train-peer';
import type { FirstStep, TrainWork } from './train-work';

/** Relative difference that the first steps of both sides may have: both compute in float32. */
const tolerance = 1e-3;

export interface RateRow {
  readonly work: TrainWork;
  readonly threads: number;
  /** Least ratio, for the backend that runs everywhere. */
  readonly floor?: number;
  readonly ours: FirstStep;
}

/** Times both sides alternately, `rounds` times after a round that warms them up. */
export async function measureRate({ work, threads, floor, ours }: RateRow, peer: TrainPeer, executor: RunExecutor, rounds: number): Promise<Outcome> {
  const rates = { peer: [] as number[], ours: [] as number[] };
  const images = (work.steps - 1) * work.settings.batchSize;
  for (let round = 0; round <= rounds; round++) {
    const theirs = await peer.steps(work.steps - 1);
    const own = await secondsOfTraining(executor, work, threads);
    if (round === 0) continue;
    rates.peer.push(images / theirs);
    rates.ours.push(images / own);
  }
  const [fast, slow] = [median(rates.peer), median(rates.ours)];
  const refused = difference(peer.firstStep, ours);
  const say = (rate: number): string => `${rate.toFixed(1)} images/s`;
  return {
    work: `${work.settings.network}, batch ${work.settings.batchSize}, ${threads === 1 ? 'one thread' : `${threads} threads`}`,
    peer: say(fast),
    ours: say(slow),
    ratio: (slow / fast).toFixed(2),
    floor: floor === undefined ? 'none' : `≥ ${floor}`,
    met: slow / fast >= (floor ?? 0),
    ...(refused === undefined ? {} : { refused }),
  };
}

/** A whole training as a run has it, on the threads of a run; the time from its first step's end to its last one's. */
export async function secondsOfTraining(executor: RunExecutor, { settings, dataset, steps }: TrainWork, members: number): Promise<number> {
  const shared = createTeamMemory(dataset.images.count, settings);
  const ends: number[] = [];
  const jobs = Array.from({ length: members }, (_, member) =>
    executor.run('train', { dataset, settings, seed: 1, team: { member, members, shared } }, {
      onEvent: (event) => {
        if (event.kind === 'steps') ends.push(performance.now());
      },
    }),
  );
  for (const outcome of await Promise.all(jobs)) throwFindings(outcome);
  if (ends.length !== steps) throw new Error(`${ends.length} steps instead of ${steps}`);
  return (ends.at(-1)! - ends[0]!) / 1000;
}

function throwFindings(outcome: Result<unknown>): void {
  if (!outcome.ok) throw new Error(outcome.findings.map(({ message }) => message).join('\n'));
}

function difference(theirs: FirstStep, ours: FirstStep): string | undefined {
  for (const [name, key] of [['loss', 'loss'], ['norm of the gradient', 'gradientNorm']] as const) {
    if (Math.abs(theirs[key] - ours[key]) <= tolerance * Math.abs(theirs[key])) continue;
    return `the ${name} of the first step is ${theirs[key]} for the peer and ${ours[key]} for us, which may differ by ${tolerance} of it.`;
  }
  return undefined;
}
