/* What the events of a run make of its state and its stages. */
import type { StageEvent } from '#engine/api';
import type { RunProgress } from '#protocol/run-state';
import type { StageSummary } from '#protocol/runs';
import { stageNames, type StageName } from '#protocol/vocabulary';
import { createRateMeter } from './rate-meter';

export interface ProgressOfRun {
  hear(event: StageEvent): void;
  progress(): RunProgress;
  /** All stages, in their order. */
  stages(): readonly StageSummary[];
}

/** `now` is a clock in milliseconds. */
export function followProgress(now: () => number = () => performance.now()): ProgressOfRun {
  const meter = createRateMeter(now);
  const known = new Map<StageName, { readonly started: number; readonly seconds?: number; readonly resumed: boolean; readonly cached: boolean }>();
  let progress: RunProgress = { done: 0, total: 0 };
  return {
    hear(event) {
      const { stage } = event;
      if (event.state === 'started') {
        known.set(stage, { started: now(), resumed: false, cached: false });
        progress = { stage, done: 0, total: 0 };
        meter.reset(0);
        return;
      }
      const begun = known.get(stage)!;
      if (event.state === 'finished') {
        known.set(stage, { ...begun, seconds: (now() - begun.started) / 1000, cached: event.cached });
        return;
      }
      const { done, total, note, resumed } = event;
      if (resumed !== undefined) {
        known.set(stage, { ...begun, resumed: true });
        meter.reset(resumed);
      }
      progress = { stage, done, total, ...meter.mark(done, total), ...(note !== undefined && { note }) };
    },
    progress: () => progress,
    stages: () =>
      stageNames.map((stage): StageSummary => {
        const begun = known.get(stage);
        if (!begun) return { stage, state: 'waiting' };
        if (begun.seconds === undefined) return { stage, state: 'running', seconds: (now() - begun.started) / 1000 };
        return { stage, state: 'done', seconds: begun.seconds, reused: begun.cached ? 'everything' : begun.resumed ? 'partly' : 'nothing' };
      }),
  };
}
