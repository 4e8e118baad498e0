import { expect, test } from 'vitest';
import type { Reuse, StageProgress } from '#domain/run-state';
import type { ArtifactKey } from '#engine/api';
import { createStageClock, type StageClock } from '#runner/stage-clock';
import { createMemoryStore } from '#test/support/memory-store';

const key = 'key-of-learn' as ArtifactKey;

/** One run's clock, and a way to tell it what happens at which second. */
function clockOf(store: ReturnType<typeof createMemoryStore>): StageClock & { at(seconds: number, event: Happening): void } {
  let milliseconds = 0;
  const clock = createStageClock(store, () => milliseconds);
  return {
    ...clock,
    at(seconds, event) {
      milliseconds = 1000 * seconds;
      clock.onStage({ stage: 'learn', key, ...event });
    },
  };
}

type Happening = { readonly state: 'running'; readonly progress?: StageProgress } | { readonly state: 'finished'; readonly reused: Reuse };

test('a value from the store still says what it once cost', () => {
  const store = createMemoryStore();
  const first = clockOf(store);
  first.at(2, { state: 'running' });
  first.at(9, { state: 'finished', reused: 'nothing' });
  expect(first.records()).toEqual([{ stage: 'learn', seconds: 7, reused: 'nothing', key, cost: 7 }]);
  expect(first.secondsOf('learn')).toBe(7);

  const second = clockOf(store);
  second.at(0, { state: 'running' });
  second.at(0.5, { state: 'finished', reused: 'everything' });
  expect(second.records()).toEqual([{ stage: 'learn', seconds: 0.5, reused: 'everything', key, cost: 7 }]);
  expect(second.secondsOf('learn')).toBe(7);
  expect(second.secondsOf('solve')).toBe(0);
});

test('what runs before a kill had spent counts, to within a second', () => {
  const store = createMemoryStore();
  const killed = clockOf(store);
  killed.at(0, { state: 'running' });
  killed.at(10, { state: 'running', progress: { done: 1, total: 9 } });
  killed.at(10.9, { state: 'running', progress: { done: 2, total: 9 } });

  const killedToo = clockOf(store);
  killedToo.at(5, { state: 'running' });
  killedToo.at(7, { state: 'running', progress: { done: 3, total: 9, resumed: 2 } });

  const last = clockOf(store);
  last.at(100, { state: 'running' });
  last.at(100.5, { state: 'running', progress: { done: 4, total: 9, resumed: 3 } });
  last.at(103, { state: 'finished', reused: 'partly' });
  expect(last.records()).toEqual([{ stage: 'learn', seconds: 3, reused: 'partly', key, cost: 15 }]);
  expect(last.secondsOf('learn')).toBe(10 + 2 + 3);
});

test('a value that has to be computed again from the start costs what that takes', () => {
  const store = createMemoryStore();
  for (const seconds of [7, 4]) {
    const clock = clockOf(store);
    clock.at(0, { state: 'running' });
    clock.at(1, { state: 'running', progress: { done: 0, total: 9 } });
    clock.at(seconds, { state: 'finished', reused: 'nothing' });
    expect(clock.secondsOf('learn')).toBe(seconds);
  }
});
