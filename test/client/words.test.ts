/* How states of runs are written in the editor's own controls. */
import { expect, test } from 'vitest';
import { describeState } from '#client/words';

test('a run that reads the files of its databases says how far it is', () => {
  expect(describeState({ kind: 'running', done: 0, total: 0 })).toBe('starting');
  expect(describeState({ kind: 'running', done: 120, total: 300, rate: 60, secondsLeft: 3 })).toBe('reading images 40 % · 60/s · 3 s left');
  expect(describeState({ kind: 'running', stage: 'generate', done: 12, total: 300 })).toBe('generate 4 %');
});
