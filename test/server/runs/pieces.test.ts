/* The pieces that follow runs: the line, the throttle, rates, progress, revisions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateMeter } from '#server/runs/run-progress';
import { createRevisions } from '#server/runs/throttle';
import { createRunQueue, type QueueEntry } from '#server/runs/run-queue';
import { followProgress } from '#server/runs/run-progress';
import { createThrottle, type Timer } from '#server/runs/throttle';
import { progressText } from '#server/runs/work-done';

describe('the line of a run folder', () => {
  test('holds one run that starts and others that wait; what leaves lets the next one in', () => {
    const line = createRunQueue();
    const entry = (run: string, folder: string, caseName = run): QueueEntry => ({ run, folder, caseNames: [caseName] });
    expect(line.enter(entry('a', 'one'))).toEqual({ kind: 'start' });
    expect(line.enter(entry('b', 'one'))).toEqual({ kind: 'queued', behind: 'a' });
    expect(line.enter(entry('c', 'two'))).toEqual({ kind: 'start' });
    expect(line.enter(entry('d', 'one', 'b'))).toEqual({ kind: 'refused', caseName: 'b' });
    expect(line.leave('b')).toBeUndefined();
    expect(line.enter(entry('d', 'one', 'b'))).toEqual({ kind: 'queued', behind: 'a' });
    expect(line.leave('a')).toEqual(entry('d', 'one', 'b'));
    expect(line.leave('d')).toBeUndefined();
    expect(line.leave('nobody')).toBeUndefined();
    expect(line.enter(entry('e', 'one'))).toEqual({ kind: 'start' });
  });

  test('whatever comes and goes, a folder has exactly one run while it has any, and no case has two', () => {
    const step = fc.record({ leaves: fc.boolean(), folder: fc.constantFrom('one', 'two'), caseName: fc.constantFrom('A', 'B', 'C') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const line = createRunQueue();
        const running = new Map<string, QueueEntry>();
        const waiting: QueueEntry[] = [];
        steps.forEach(({ leaves, folder, caseName }, i) => {
          if (!leaves) {
            const entry = { run: String(i), folder, caseNames: [caseName] };
            const taken = [running.get(folder), ...waiting].some((other) => other?.folder === folder && other.caseNames[0] === caseName);
            const { kind } = line.enter(entry);
            expect(kind).toBe(taken ? 'refused' : running.has(folder) ? 'queued' : 'start');
            if (kind === 'start') running.set(folder, entry);
            if (kind === 'queued') waiting.push(entry);
            return;
          }
          const [gone] = [running.get(folder)];
          if (!gone) return;
          running.delete(folder);
          const next = line.leave(gone.run);
          const place = waiting.findIndex((each) => each.folder === folder);
          expect(next).toEqual(place < 0 ? undefined : waiting[place]);
          if (next) {
            running.set(folder, next);
            waiting.splice(place, 1);
          }
        });
      }),
    );
  });
});

/** A clock that a test moves. */
function createClock(): Timer & { move(milliseconds: number): void } {
  let time = 0;
  let planned: { readonly at: number; readonly action: () => void }[] = [];
  return {
    now: () => time,
    after(milliseconds, action) {
      const plan = { at: time + milliseconds, action };
      planned.push(plan);
      return () => (planned = planned.filter((each) => each !== plan));
    },
    move(milliseconds) {
      const end = time + milliseconds;
      for (let next = planned.sort((a, b) => a.at - b.at)[0]; next && next.at <= end; next = planned.sort((a, b) => a.at - b.at)[0]) {
        planned.shift();
        time = next.at;
        next.action();
      }
      time = end;
    },
  };
}

describe('the throttle', () => {
  test('lets at most one value an interval through, the newest, and never loses the last', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 80 }), { minLength: 1, maxLength: 60 }), (pauses) => {
        const clock = createClock();
        const sent: { readonly value: number; readonly at: number }[] = [];
        const throttle = createThrottle<number>(100, (value) => sent.push({ value, at: clock.now() }), clock);
        pauses.forEach((pause, value) => {
          clock.move(pause);
          throttle.offer(value);
        });
        clock.move(1000);
        expect(sent[0]).toEqual({ value: 0, at: pauses[0] });
        expect(sent.at(-1)!.value).toBe(pauses.length - 1);
        sent.slice(1).forEach(({ value, at }, i) => {
          expect(at - sent[i]!.at).toBeGreaterThanOrEqual(100);
          expect(value).toBeGreaterThan(sent[i]!.value);
        });
      }),
    );
  });

  test('sends what waits at once when it is flushed, and nothing twice', () => {
    const clock = createClock();
    const sent: string[] = [];
    const throttle = createThrottle<string>(100, (value) => sent.push(value), clock);
    throttle.offer('first');
    throttle.offer('second');
    throttle.flush();
    throttle.flush();
    clock.move(1000);
    expect(sent).toEqual(['first', 'second']);
  });
});

test('a rate is that of the last seconds', () => {
  let time = 0;
  const meter = createRateMeter(() => 1000 * time);
  const at = (seconds: number, done: number) => {
    time = seconds;
    return meter.mark(done, 1000);
  };
  meter.reset(100);
  expect(at(0.2, 120)).toEqual({});
  expect(at(1, 150)).toEqual({ rate: 50, secondsLeft: 17 });
  for (let second = 2; second <= 40; second++) at(second, 150 + 10 * (second - 1));
  expect(at(41, 550)).toEqual({ rate: 10, secondsLeft: 45 });
  // Where nothing moves there is no rate.
  expect(at(100, 550)).toEqual({});
});

test('progress follows the events of a run', () => {
  let time = 0;
  const follow = followProgress([{ name: 'explained' }, { name: 'control' }], () => 1000 * time);
  const key = 'k';
  expect(follow.progress()).toEqual({ done: 0, total: 0 });
  follow.onStage({ stage: 'generate', state: 'running', key });
  follow.onStage({ stage: 'generate', state: 'finished', key, reused: 'everything' });
  follow.onStage({ stage: 'solve', state: 'running', key });
  follow.onStage({ stage: 'solve', state: 'running', key, progress: { done: 40, total: 100, resumed: 40 } });
  time = 4;
  follow.onStage({ stage: 'solve', state: 'running', key, progress: { done: 60, total: 100, note: 'slowly' } });
  expect(follow.progress()).toEqual({ stage: 'solve', done: 60, total: 100, rate: 5, secondsLeft: 8, note: 'slowly' });
  time = 6;
  expect(follow.stages().slice(0, 3)).toEqual([
    { stage: 'generate', state: 'finished', seconds: 0, reused: 'everything' },
    { stage: 'solve', state: 'running', seconds: 6 },
    { stage: 'select', state: 'queued' },
  ]);
  follow.onStage({ stage: 'solve', state: 'finished', key, reused: 'partly' });
  expect(follow.stages()[1]).toEqual({ stage: 'solve', state: 'finished', seconds: 6, reused: 'partly' });
});

test('images that are read from files are progress, before the first stage and in one that reads them again', () => {
  let time = 0;
  const follow = followProgress([{ name: 'explained' }], () => 1000 * time);
  follow.onReading(1, 300);
  expect(follow.progress()).toEqual({ done: 1, total: 300 });
  time = 2;
  follow.onReading(41, 300);
  expect(follow.progress()).toEqual({ done: 41, total: 300, rate: 20, secondsLeft: 12.95 });
  expect(follow.stages()[0]).toEqual({ stage: 'generate', state: 'queued' });
  // Another database: it counts from 1.
  time = 3;
  follow.onReading(1, 50);
  expect(follow.progress()).toEqual({ done: 1, total: 50 });
  follow.onStage({ stage: 'generate', state: 'running', key: 'k' });
  follow.onReading(7, 50);
  expect(follow.progress()).toEqual({ stage: 'generate', done: 7, total: 50 });
});

test('progress in words', () => {
  expect(progressText({ state: { kind: 'queued' } })).toBe('queued');
  expect(progressText({ state: { kind: 'running', done: 0, total: 0 } })).toBe('starting');
  expect(progressText({ state: { kind: 'running', done: 120, total: 300, rate: 60 } })).toBe('reading images 120 of 300, 60 per second');
  expect(progressText({ state: { kind: 'running', stage: 'solve', done: 1200, total: 20000, rate: 95.2, secondsLeft: 197.4 } })).toBe('solve 1200 of 20000, 95 per second, 3 min left');
  expect(progressText({ state: { kind: 'running', stage: 'learn', done: 3, total: 9, rate: 0.25, secondsLeft: 7300, note: 'loss 0.1' } })).toBe('learn 3 of 9, 0.3 per second, 2 h left, loss 0.1');
});

test('revisions grow, also when the clock stands still or a server is another one', () => {
  let time = 1000;
  const revise = createRevisions(() => time);
  expect([revise(), revise(), revise()]).toEqual([1000, 1001, 1002]);
  time = 5000;
  expect(revise()).toBe(5000);
  expect(createRevisions(() => 6000)()).toBeGreaterThan(revise());
});
