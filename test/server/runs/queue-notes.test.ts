/* The queue of a cluster in the progress of a stage. */
import { expect, test } from 'vitest';
import type { StageEvent } from '#domain/run-state';
import { noteQueue } from '#server/runs/queue-notes';

const none = { unsubmitted: 0, waiting: 0, running: 0, done: 0, failed: 0 };
const running = { stage: 'learn', key: 'k', state: 'running' } as const;

function followed() {
  const sent: StageEvent[] = [];
  const notes = noteQueue((event) => sent.push(event));
  const last = () => {
    const event = sent.at(-1);
    return event?.state === 'running' ? event.progress : event?.state;
  };
  return { ...notes, sent, last };
}

test('a change of the queue is the note of the stage under way, also before its first progress', () => {
  const seen = followed();
  seen.onStage(running);
  expect(seen.last()).toBeUndefined();
  seen.onQueue({ ...none, waiting: 2 });
  expect(seen.last()).toEqual({ done: 0, total: 0, note: 'shards: 2 wait' });
  seen.onQueue({ ...none, waiting: 2 });
  expect(seen.sent).toHaveLength(2);
});

test("it follows the stage's own note, and what had been done before is told once", () => {
  const seen = followed();
  seen.onStage(running);
  seen.onStage({ ...running, progress: { done: 5, total: 20, note: 'loss 0.012', resumed: 4 } });
  seen.onQueue({ ...none, running: 1 });
  expect(seen.last()).toEqual({ done: 5, total: 20, note: 'loss 0.012, shards: 1 run' });
  seen.onStage({ ...running, progress: { done: 6, total: 20, note: 'loss 0.011' } });
  expect(seen.last()).toEqual({ done: 6, total: 20, note: 'loss 0.011, shards: 1 run' });
  seen.onQueue({ ...none, done: 1 });
  expect(seen.last()).toEqual({ done: 6, total: 20, note: 'loss 0.011' });
});

test('between two stages nothing is told', () => {
  const seen = followed();
  seen.onStage(running);
  seen.onStage({ stage: 'learn', key: 'k', state: 'finished', reused: 'nothing' });
  seen.onQueue({ ...none, waiting: 1 });
  expect(seen.last()).toBe('finished');
});
