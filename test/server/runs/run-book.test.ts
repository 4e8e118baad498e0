/* The state of runs, told by a process that only says what the test wants. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseSpecification } from '#language/specification';
import { isActive, runTransitions, type RunStateKind } from '#protocol/run-state';
import { createRunBook, type LiveRun, type RunBook } from '#server/runs/run-book';
import type { RunOrder } from '#server/runs/run-messages';
import type { RunEnd, RunListener } from '#server/runs/run-process';

interface Stage {
  readonly book: RunBook;
  readonly started: { readonly order: RunOrder; readonly listener: RunListener; cancelled: boolean }[];
  readonly changes: LiveRun[];
  readonly kept: LiveRun[];
  readonly crashes: string[];
  begin(caseName: string, folder?: string): ReturnType<RunBook['begin']>;
}

function stage(): Stage {
  const started: Stage['started'] = [];
  const changes: LiveRun[] = [];
  const kept: LiveRun[] = [];
  const crashes: string[] = [];
  const book = createRunBook({
    start(order, listener) {
      const process = { order, listener, cancelled: false };
      started.push(process);
      return { cancel: () => (process.cancelled = true) };
    },
    onChange: (run) => changes.push(run),
    keepRecord: (run) => kept.push(run),
    onCrash: (detail) => crashes.push(detail),
  });
  return {
    book, started, changes, kept, crashes,
    begin: (caseName, folder = 'here') =>
      book.begin({ place: { uri: `file:///${folder}/a.xdesign`, file: `/${folder}/a.xdesign`, folder }, specification: { name: caseName } as CaseSpecification, until: 'validate' }),
  };
}

const states = ({ changes }: Stage, run: string) => changes.filter((change) => change.run === run).map(({ state }) => state);

describe('how a run ends', () => {
  const finding = { code: 'no-outliers', severity: 'error', message: 'None.' } as const;
  test.each([
    [{ kind: 'finished' }, { kind: 'finished', until: 'validate', findings: [finding] }],
    [{ kind: 'refused' }, { kind: 'failed', findings: [finding] }],
    [{ kind: 'cancelled' }, { kind: 'cancelled' }],
    [{ kind: 'crashed', message: 'heap out of memory' }, { kind: 'failed', findings: [finding, expect.objectContaining({ code: 'run-crashed', message: 'The run ended by a fault of the program: heap out of memory.' })] }],
  ] as const)('%o', (end, state) => {
    const seen = stage();
    const answer = seen.begin('A');
    if (answer.kind !== 'started') expect.fail();
    const { listener } = seen.started[0]!;
    listener.onFinding(finding);
    listener.onEnd(end as RunEnd);
    expect(states(seen, answer.run).at(-1)).toEqual(state);
    expect(seen.kept.at(-1)!.state).toEqual(state);
    expect(seen.book.find(answer.run)).toBeUndefined();
    expect(seen.crashes).toEqual(end.kind === 'crashed' ? [`run ${answer.run}: heap out of memory`] : []);
  });
});

test('the next in line starts when a run ends, however it ends', async () => {
  const seen = stage();
  const [a, b, c] = [seen.begin('A'), seen.begin('B'), seen.begin('C')] as { run: string }[];
  expect(seen.started.map(({ order }) => order.run)).toEqual([a!.run]);
  seen.started[0]!.listener.onEnd({ kind: 'crashed', message: 'fell' });
  expect(seen.started.map(({ order }) => order.run)).toEqual([a!.run, b!.run]);
  expect(await seen.book.cancel(c!.run)).toBe(true);
  expect(states(seen, c!.run).map(({ kind }) => kind)).toEqual(['queued', 'cancelled']);
  const cancelling = seen.book.cancel(b!.run);
  expect(seen.started[1]!.cancelled).toBe(true);
  seen.started[1]!.listener.onEnd({ kind: 'cancelled' });
  expect(await cancelling).toBe(true);
  expect(await seen.book.cancel(b!.run)).toBe(false);
  expect(seen.book.all()).toEqual([]);
});

test('whatever happens, every change is one that the protocol allows, and one run has a folder', () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant('begin' as const), caseName: fc.constantFrom('A', 'B', 'C'), folder: fc.constantFrom('here', 'there') }),
    fc.record({ kind: fc.constant('end' as const), which: fc.nat(5), end: fc.constantFrom<RunEnd>({ kind: 'finished' }, { kind: 'refused' }, { kind: 'cancelled' }, { kind: 'crashed', message: 'x' }) }),
    fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant('progress' as const), which: fc.nat(5) }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 50 }), (actions) => {
      const seen = stage();
      const last = new Map<string, RunStateKind>();
      for (const each of actions) {
        const live = seen.book.all();
        const running = seen.started.filter(({ order }) => seen.book.find(order.run)?.state.kind === 'running');
        if (each.kind === 'begin') seen.begin(each.caseName, each.folder);
        else if (each.kind === 'cancel') void seen.book.cancel(live[each.which]?.run ?? 'nobody');
        else if (each.kind === 'end') running[each.which]?.listener.onEnd(each.end);
        else running[each.which]?.listener.onStage({ stage: 'generate', state: 'started', key: 'k' as never });
      }
      for (const { run, state } of seen.changes) {
        const before = last.get(run);
        expect(before === undefined ? ['queued', 'running'] : runTransitions[before]).toContain(state.kind);
        last.set(run, state.kind);
      }
      const folders = seen.book.all().filter(({ state }) => state.kind === 'running').map(({ place }) => place.folder);
      expect(folders.length).toBe(new Set(folders).size);
      expect(seen.book.all().every(({ state }) => isActive(state))).toBe(true);
      for (const { place } of seen.book.all()) expect(folders).toContain(place.folder);
    }),
  );
});
