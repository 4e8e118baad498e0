import { expect, test } from 'vitest';
import { shardsText } from '#display/shards';

const none = { unsubmitted: 0, waiting: 0, running: 0, done: 0, failed: 0 };

test('shards are told by their states, and not when nothing is left to be done', () => {
  expect(shardsText({ ...none, waiting: 12, running: 4, done: 30 })).toBe('shards: 12 wait, 4 run, 30 done');
  expect(shardsText({ unsubmitted: 5, waiting: 4, running: 3, done: 2, failed: 1 })).toBe('shards: 5 to submit, 4 wait, 3 run, 2 done, 1 failed');
  expect(shardsText({ ...none, done: 30, failed: 1 })).toBe('');
});
