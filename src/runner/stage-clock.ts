/*
 * Wall time of stages. The engine has no clock, and a value's bytes must not depend on one; so the
 * time a value took is kept beside it in a slot of its own, and a later run that takes the value from
 * the store can still say what it once cost.
 */
import type { ArtifactKey, ArtifactStore, StageEvent, StageName, StageRecord } from '#engine/api';

const slot = 'seconds';

export interface StageClock {
  hear(event: StageEvent): void;
  /** The stages heard so far, in order. */
  records(): readonly StageRecord[];
  /** What a stage's value cost when it was computed, seconds; 0 when that is not known. */
  secondsOf(stage: StageName): number;
}

/** A clock for one case. */
export function createStageClock(store: ArtifactStore, now: () => number = () => performance.now()): StageClock {
  const started = new Map<StageName, number>();
  const partly = new Set<StageName>();
  const cost = new Map<StageName, number>();
  const records: StageRecord[] = [];

  const finish = (stage: StageName, key: ArtifactKey, cached: boolean): void => {
    const seconds = (now() - started.get(stage)!) / 1000;
    if (cached) {
      cost.set(stage, (store.getCheckpoint(key, slot)?.header['seconds'] as number | undefined) ?? 0);
    } else {
      store.putCheckpoint(key, slot, { header: { seconds }, arrays: {} });
      cost.set(stage, seconds);
    }
    records.push({ stage, seconds, reused: cached ? 'everything' : partly.has(stage) ? 'partly' : 'nothing', key });
  };

  return {
    hear(event) {
      if (event.state === 'started') started.set(event.stage, now());
      else if (event.state === 'finished') finish(event.stage, event.key, event.cached);
      else if (event.resumed) partly.add(event.stage);
    },
    records: () => records,
    secondsOf: (stage) => cost.get(stage) ?? 0,
  };
}
