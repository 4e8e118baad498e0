/* How fast a stage goes, and so how long it still takes: items a second over the last seconds. */

/** Seconds over which a rate is taken: short enough to follow a change, long enough to be calm. */
const span = 10;

/** Before so many seconds a rate says little. */
const least = 0.5;

export interface RateMeter {
  /** Forgets what was: another stage has begun, with so many items done already. */
  reset(done: number): void;
  /** Rate and time left, once they can be told. */
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
      // One mark older than the span is kept: it is where the span begins.
      while (marks.length > 2 && marks[1]!.at <= at - span) marks.shift();
      const first = marks[0]!;
      const seconds = at - first.at;
      if (seconds < least || done <= first.done) return {};
      const rate = (done - first.done) / seconds;
      return total > 0 ? { rate, secondsLeft: Math.max(0, total - done) / rate } : { rate };
    },
  };
}
