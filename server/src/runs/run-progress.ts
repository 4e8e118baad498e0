/* The progress of a run and the state of its stages, computed from its events; and the speed of a stage. */
import type { Reuse, RunProgress, StageEvent, StageStatus } from '#domain/run-state';
import { placeOf, placeText, stagePlaces } from '#domain/stages';

export interface ProgressOfRun {
  onStage(event: StageEvent): void;
  /** So many images are read from files: before the first stage, and in a stage that reads them again. */
  onReading(done: number, total: number): void;
  progress(): RunProgress;
  /** All stages, in their order. */
  stages(): readonly StageStatus[];
}

/** The progress of a case with these arms, with a network or without one; `now` is a clock in milliseconds. */
export function followProgress(arms: Parameters<typeof stagePlaces>[0], now: () => number = () => performance.now(), hasNetwork = true): ProgressOfRun {
  const meter = createRateMeter(now);
  // By `placeText`.
  const known = new Map<string, { readonly started: number; readonly seconds?: number; readonly reused?: Reuse }>();
  let progress: RunProgress = { done: 0, total: 0 };
  return {
    onStage(event) {
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
    onReading(done, total) {
      // Each database counts from 1.
      if (done <= progress.done) meter.reset(done);
      const { stage, arm } = progress;
      progress = { ...(stage !== undefined && { stage }), ...(arm !== undefined && { arm }), done, total, ...meter.mark(done, total) };
    },
    progress: () => progress,
    stages: () =>
      stagePlaces(arms, hasNetwork).map((place): StageStatus => {
        const begun = known.get(placeText(place));
        if (!begun) return { ...place, state: 'queued' };
        if (begun.seconds === undefined) return { ...place, state: 'running', seconds: (now() - begun.started) / 1000 };
        return { ...place, state: 'finished', seconds: begun.seconds, ...(begun.reused && { reused: begun.reused }) };
      }),
  };
}

/** Seconds over which the rate is averaged: short enough to follow a change, long enough to be steady. */
const span = 10;

/** Seconds before which a rate is unreliable. */
const warmUp = 0.5;

export interface RateMeter {
  /** Starts again for another stage, of which so many items are done already. */
  reset(done: number): void;
  /** Rate and time left, once they are known. */
  mark(done: number, total: number): { readonly rate?: number; readonly secondsLeft?: number };
}

/** `now` is a clock in milliseconds. */
export function createRateMeter(now: () => number = () => performance.now()): RateMeter {
  let marks: { readonly at: number; readonly done: number }[] = [];
  return {
    reset(done) {
      marks = [{ at: now() / 1000, done }];
    },
    mark(done, total) {
      const at = now() / 1000;
      marks.push({ at, done });
      // One mark older than the span is kept as its start.
      while (marks.length > 2 && marks[1]!.at <= at - span) marks.shift();
      const first = marks[0]!;
      const seconds = at - first.at;
      if (seconds < warmUp || done <= first.done) return {};
      const rate = (done - first.done) / seconds;
      return total > 0 ? { rate, secondsLeft: Math.max(0, total - done) / rate } : { rate };
    },
  };
}
