/* The speed of a stage in items per second over the last seconds, and the time left. */

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
