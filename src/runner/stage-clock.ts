/*
 * Wall time of stages. The engine has no clock, and a value's bytes must not depend on one; so the
 * time a value took is kept with it in a slot of its own: a run that takes the value from the store
 * can still say what it once cost, and one that resumes after a kill counts what came before.
 */
import type { Finding } from '#domain/finding';
import type { EndState, Reuse, StageEvent, StageRecord } from '#domain/run-state';
import { placeOf, placeText, type StagePlace } from '#domain/stages';
import type { ArtifactKey, ArtifactStore } from '#engine/api';

const slot = 'seconds';

/** Milliseconds after which the time of a stage under way is stored again: what a kill can lose. */
const keepInterval = 1000;

export interface StageClock {
  onStage(event: StageEvent<ArtifactKey>): void;
  /** The stages that have finished, in order. */
  records(): readonly StageRecord[];
  /** What a shared stage's value cost in all the runs that worked on it, seconds; 0 when that is not known. */
  secondsOf(stage: StagePlace['stage']): number;
}

interface StageUnderWay {
  readonly place: StagePlace;
  readonly key: ArtifactKey;
  readonly started: number;
  /** The stored seconds when it started: the cost of the stored value, or of the unfinished one. */
  readonly earlier: number;
  resumed: boolean;
  kept: number;
}

/** A clock for one case. */
export function createStageClock(store: ArtifactStore, now: () => number = () => performance.now()): StageClock {
  // By `placeText`.
  const underWay = new Map<string, StageUnderWay>();
  const cost = new Map<string, number>();
  const records: StageRecord[] = [];

  /** A stage that found nothing to resume from starts its time at zero. */
  const spent = ({ started, earlier, resumed }: StageUnderWay): number => (resumed ? earlier : 0) + (now() - started) / 1000;
  const keep = (key: ArtifactKey, seconds: number): void => store.putCheckpoint(key, slot, { header: { seconds }, arrays: {} });

  const start = (place: StagePlace, key: ArtifactKey): void => {
    const earlier = (store.getCheckpoint(key, slot)?.header['seconds'] as number | undefined) ?? 0;
    underWay.set(placeText(place), { place, key, started: now(), earlier, resumed: false, kept: now() });
  };
  const progress = (stage: StageUnderWay, resumed: number): void => {
    if (resumed > 0) stage.resumed = true;
    if (now() - stage.kept < keepInterval) return;
    stage.kept = now();
    keep(stage.key, spent(stage));
  };
  const finish = (stage: StageUnderWay, reused: Reuse): void => {
    const { place, key, started, earlier } = stage;
    const isCached = reused === 'everything';
    const seconds = (now() - started) / 1000;
    const whole = isCached ? earlier : spent(stage);
    cost.set(placeText(place), whole);
    if (!isCached) keep(key, whole);
    records.push({ ...place, seconds, reused, key, ...(whole > 0 && { cost: whole }) });
  };

  return {
    onStage(event) {
      const stage = underWay.get(placeText(event));
      if (!stage) start(placeOf(event), event.key);
      else if (event.state === 'finished') finish(stage, event.reused);
      else progress(stage, event.progress?.resumed ?? 0);
    },
    records: () => records,
    secondsOf: (stage) => cost.get(stage) ?? 0,
  };
}

/** Receives what happens in a run. */
export interface RunListener {
  /** So many of the pictures of databases are read, before the first case begins. */
  onReading?(done: number, total: number): void;
  onCase(name: string): void;
  onStage(event: StageEvent): void;
  /** A variant of a study has ended, and the next one begins. */
  onVariantEnd?(state: EndState): void;
  /** A finding about an entry of the specification has its place. */
  onFinding(finding: Finding): void;
}
