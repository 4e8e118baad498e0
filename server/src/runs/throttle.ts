/* Throttling of notifications, and the revision numbers in them. */


export interface Throttle<T> {
  /** Sends the value now or when the interval has passed; a newer value replaces it. */
  offer(value: T): void;
  /** Sends a waiting value at once. */
  flush(): void;
}

export interface Timer {
  now(): number;
  /** Calls `action` after so many milliseconds; the returned function cancels it. */
  after(milliseconds: number, action: () => void): () => void;
}

export const realTimer: Timer = {
  now: () => performance.now(),
  after(milliseconds, action) {
    const timeout = setTimeout(action, milliseconds);
    return () => clearTimeout(timeout);
  },
};

/** Passes on the newest value at most once per interval; the last value is always passed on. */
export function createThrottle<T>(interval: number, send: (value: T) => void, timer: Timer = realTimer): Throttle<T> {
  let waiting: { readonly value: T } | undefined;
  let cancel: (() => void) | undefined;
  let last = -Infinity;
  const flush = (): void => {
    cancel?.();
    cancel = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = undefined;
    last = timer.now();
    send(value);
  };
  return {
    offer(value) {
      waiting = { value };
      const left = last + interval - timer.now();
      if (left <= 0) flush();
      else cancel ??= timer.after(left, flush);
    },
    flush,
  };
}

/** Numbers that increase with every call, and across restarts of the server because they follow the clock. */
export function createRevisions(now: () => number = Date.now): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, now()));
}
