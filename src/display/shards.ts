/* How the shards of a run on a cluster are told: in the progress of the command, of the server and of the editor. */

/** How many shards are in which state. */
export type ShardStates = Readonly<Record<'unsubmitted' | 'waiting' | 'running' | 'done' | 'failed', number>>;

/** e.g. `shards: 12 wait, 4 run, 30 done`; empty when none is left to be done. */
export function shardsText({ unsubmitted, waiting, running, done, failed }: ShardStates): string {
  if (unsubmitted + waiting + running === 0) return '';
  const parts: readonly [number, string][] = [[unsubmitted, 'to submit'], [waiting, 'wait'], [running, 'run'], [done, 'done'], [failed, 'failed']];
  return `shards: ${parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`).join(', ')}`;
}
