/* What the events of a run make of its state and its stages. */
import type { StageEvent } from '#engine/api';
import type { RunProgress } from '#protocol/run-state';
import type { StageSummary } from '#protocol/runs';
import { placeOf, placeText, stagePlaces } from '#protocol/vocabulary';
import { createRateMeter } from './rate-meter';

export interface ProgressOfRun {
  hear(event: StageEvent): void;
  progress(): RunProgress;
  /** All stages, in their order. */
  stages(): readonly StageSummary[];
}

/** The progress of a case whose arms have these names; `now` is a clock in milliseconds. */
export function followProgress(arms: readonly string[], now: () => number = () => performance.now()): ProgressOfRun {
  const meter = createRateMeter(now);
  // By `placeText`.
  const known = new Map<string, { readonly started: number; readonly seconds?: number; readonly resumed: boolean; readonly cached: boolean }>();
  let progress: RunProgress = { done: 0, total: 0 };
  return {
    hear(event) {
      const place = placeOf(event);
      const name = placeText(place);
      if (event.state === 'started') {
        known.set(name, { started: now(), resumed: false, cached: false });
        progress = { ...place, done: 0, total: 0 };
        meter.reset(0);
        return;
      }
      const begun = known.get(name)!;
      if (event.state === 'finished') {
        known.set(name, { ...begun, seconds: (now() - begun.started) / 1000, cached: event.cached });
        return;
      }
      const { done, total, note, resumed } = event;
      if (resumed !== undefined) {
        known.set(name, { ...begun, resumed: true });
        meter.reset(resumed);
      }
      progress = { ...place, done, total, ...meter.mark(done, total), ...(note !== undefined && { note }) };
    },
    progress: () => progress,
    stages: () =>
      stagePlaces(arms).map((place): StageSummary => {
        const begun = known.get(placeText(place));
        if (!begun) return { ...place, state: 'waiting' };
        if (begun.seconds === undefined) return { ...place, state: 'running', seconds: (now() - begun.started) / 1000 };
        return { ...place, state: 'done', seconds: begun.seconds, reused: begun.cached ? 'everything' : begun.resumed ? 'partly' : 'nothing' };
      }),
  };
}
