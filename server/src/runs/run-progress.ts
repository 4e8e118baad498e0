/* What the events of a run make of its state and its stages. */
import type { Reuse, StageEvent, StageStatus } from '#domain/run-state';
import type { RunProgress } from '#domain/run-state';
import { placeOf, placeText, stagePlaces } from '#domain/stages';
import { createRateMeter } from './rate-meter';

export interface ProgressOfRun {
  hear(event: StageEvent): void;
  progress(): RunProgress;
  /** All stages, in their order. */
  stages(): readonly StageStatus[];
}

/** The progress of a case whose arms have these names; `now` is a clock in milliseconds. */
export function followProgress(arms: readonly string[], now: () => number = () => performance.now()): ProgressOfRun {
  const meter = createRateMeter(now);
  // By `placeText`.
  const known = new Map<string, { readonly started: number; readonly seconds?: number; readonly reused?: Reuse }>();
  let progress: RunProgress = { done: 0, total: 0 };
  return {
    hear(event) {
      const place = placeOf(event);
      const name = placeText(place);
      if (event.state === 'finished') {
        const { started } = known.get(name)!;
        known.set(name, { started, seconds: (now() - started) / 1000, reused: event.reused });
        return;
      }
      if (!event.progress) {
        known.set(name, { started: now() });
        progress = { ...place, done: 0, total: 0 };
        meter.reset(0);
        return;
      }
      const { done, total, note, resumed } = event.progress;
      if (resumed !== undefined) meter.reset(resumed);
      progress = { ...place, done, total, ...meter.mark(done, total), ...(note !== undefined && { note }) };
    },
    progress: () => progress,
    stages: () =>
      stagePlaces(arms).map((place): StageStatus => {
        const begun = known.get(placeText(place));
        if (!begun) return { ...place, state: 'queued' };
        if (begun.seconds === undefined) return { ...place, state: 'running', seconds: (now() - begun.started) / 1000 };
        return { ...place, state: 'finished', seconds: begun.seconds, ...(begun.reused && { reused: begun.reused }) };
      }),
  };
}
