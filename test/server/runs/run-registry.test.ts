/* The state of runs, told by a process that only says what the test wants. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isActive, type RunStateKind, runTransitions } from '#domain/run-state';
import { explainedSpec } from '#test/runner/report/synthetic-case';
import type { CaseSpecification } from '#language/specification/specification';
import { createRunRegistry, type LiveRun, type RequestedCase, type RunRegistry } from '#server/runs/run-registry';
import type { RunOrder, StudyHead } from '#server/runs/run-process';
import type { RunEnd, RunListener } from '#server/runs/run-process';
import type { FolderHolder } from '#runner/run-folder/run-folder';

/** As much of a case as the registry reads. */
function named(name: string): CaseSpecification {
  return { case: { name, arms: [explainedSpec] } as Partial<CaseSpecification['case']> } as CaseSpecification;
}

interface Stage {
  readonly registry: RunRegistry;
  readonly started: { readonly order: RunOrder; readonly listener: RunListener; cancelled: boolean }[];
  readonly changes: LiveRun[];
  readonly kept: LiveRun[];
  readonly crashes: string[];
  /** Other programs that have run folders. */
  readonly holders: Map<string, FolderHolder>;
  begin(caseName: string, folder?: string, wait?: boolean): ReturnType<RunRegistry['begin']>;
}

function stage(): Stage {
  const started: Stage['started'] = [];
  const changes: LiveRun[] = [];
  const kept: LiveRun[] = [];
  const crashes: string[] = [];
  const holders: Stage['holders'] = new Map();
  const registry = createRunRegistry({
    start(order, listener) {
      const process = { order, listener, cancelled: false };
      started.push(process);
      return { cancel: () => (process.cancelled = true) };
    },
    holderOf: (folder) => holders.get(folder),
    pollMs: 5,
    onChange: (run) => changes.push(run),
    keepRecord: (run) => kept.push(run),
    onCrash: (detail) => crashes.push(detail),
  });
  return {
    registry, started, changes, kept, crashes, holders,
    begin: (caseName, folder = 'here', wait = false) =>
      registry.begin({ place: { uri: `file:///${folder}/a.xdesign`, file: `/${folder}/a.xdesign`, folder }, cases: [{ specification: named(caseName) }], until: 'validate', ...(wait && { wait }) }),
  };
}

const states = ({ changes }: Stage, run: string) => changes.filter((change) => change.run === run).map(({ state }) => state);

describe('how a run ends', () => {
  const finding = { code: 'no-outliers', severity: 'error', message: 'None.' } as const;
  test.each([
    [{ kind: 'finished' }, { kind: 'finished', until: 'validate', findings: [finding] }],
    [{ kind: 'failed' }, { kind: 'failed', findings: [finding] }],
    [{ kind: 'cancelled' }, { kind: 'cancelled' }],
    [{ kind: 'crashed', message: 'heap out of memory' }, { kind: 'failed', findings: [finding, expect.objectContaining({ code: 'run-crashed', message: 'The run ended by an internal error: heap out of memory.' })] }],
  ] as const)('%o', (end, state) => {
    const seen = stage();
    const response = seen.begin('A');
    if (response.kind !== 'started') expect.fail();
    const { listener } = seen.started[0]!;
    listener.onFinding(finding);
    listener.onEnd(end as RunEnd);
    expect(states(seen, response.run).at(-1)).toEqual(state);
    expect(seen.kept.at(-1)!.state).toEqual(state);
    expect(seen.registry.find(response.run)).toBeUndefined();
    expect(seen.crashes).toEqual(end.kind === 'crashed' ? [`run ${response.run}: heap out of memory`] : []);
  });
});

test('the next in line starts when a run ends, however it ends', async () => {
  const seen = stage();
  const [a, b, c] = [seen.begin('A'), seen.begin('B'), seen.begin('C')] as { run: string }[];
  expect(seen.started.map(({ order }) => order.cases[0]!.run)).toEqual([a!.run]);
  seen.started[0]!.listener.onEnd({ kind: 'crashed', message: 'fell' });
  expect(seen.started.map(({ order }) => order.cases[0]!.run)).toEqual([a!.run, b!.run]);
  expect(await seen.registry.cancel(c!.run)).toBe(true);
  expect(states(seen, c!.run)).toEqual([{ kind: 'queued', behind: 'case A' }, { kind: 'queued', behind: 'case B' }, { kind: 'cancelled' }]);
  const cancelling = seen.registry.cancel(b!.run);
  expect(seen.started[1]!.cancelled).toBe(true);
  seen.started[1]!.listener.onEnd({ kind: 'cancelled' });
  expect(await cancelling).toBe(true);
  expect(await seen.registry.cancel(b!.run)).toBe(false);
  expect(seen.registry.all()).toEqual([]);
});

describe('while another program has the folder', () => {
  const finding = { code: 'run-folder-in-use', severity: 'error', message: 'Process 4711 runs here.', remedy: 'Use --out.' } as const;
  const other: FolderHolder = { process: { processId: 4711, host: 'here', startTime: '1' }, finding };

  test('a run is refused with its process, and another one can begin', () => {
    const seen = stage();
    seen.holders.set('here', other);
    expect(seen.begin('A')).toMatchObject({ kind: 'refused', findings: [{ code: 'run-folder-in-use', message: finding.message, remedy: expect.not.stringContaining('--out') as string }] });
    expect(seen.begin('A', 'there')).toMatchObject({ kind: 'started' });
    seen.holders.clear();
    expect(seen.begin('A')).toMatchObject({ kind: 'started' });
  });

  test('one that may wait says for what, and starts by itself when the program is gone; those behind it wait for it', async () => {
    const seen = stage();
    seen.holders.set('here', other);
    const a = seen.begin('A', 'here', true);
    const b = seen.begin('B');
    if (a.kind !== 'queued' || b.kind !== 'queued') expect.fail();
    expect(states(seen, a.run)).toEqual([{ kind: 'queued', behind: 'process 4711' }]);
    expect(states(seen, b.run)).toEqual([{ kind: 'queued', behind: 'case A' }]);
    expect(seen.kept.map(({ run }) => run)).toEqual([a.run, b.run]);
    seen.holders.clear();
    await expect.poll(() => seen.started.map(({ order }) => order.cases[0]!.run)).toEqual([a.run]);
    // A third program comes between the two.
    seen.holders.set('here', { ...other, process: { ...other.process, processId: 5000 } });
    seen.started[0]!.listener.onEnd({ kind: 'finished' });
    expect(states(seen, b.run).at(-1)).toEqual({ kind: 'queued', behind: 'process 5000' });
    seen.holders.clear();
    await expect.poll(() => seen.started.map(({ order }) => order.cases[0]!.run)).toEqual([a.run, b.run]);
  });

  test('one that waits is cancelled at once and never starts', async () => {
    const seen = stage();
    seen.holders.set('here', other);
    const a = seen.begin('A', 'here', true);
    if (a.kind !== 'queued') expect.fail();
    expect(await seen.registry.cancel(a.run)).toBe(true);
    seen.holders.clear();
    expect(seen.begin('B')).toMatchObject({ kind: 'started' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(seen.started).toHaveLength(1);
  });

  test('its own process of before, which is about to end, is no blocker', () => {
    const seen = stage();
    seen.holders.set('here', other);
    const place = { uri: 'file:///here/a.xdesign', file: '/here/a.xdesign', folder: 'here' };
    expect(seen.registry.begin({ place, cases: [{ specification: named('A') }], until: 'validate', before: other.process })).toMatchObject({ kind: 'started' });
  });
});

test('runs follow a case, and a file, that gets another name: also in line, and when they start later', () => {
  const seen = stage();
  const [a, b] = [seen.begin('A'), seen.begin('B')] as { run: string }[];
  seen.registry.rename('here', { file: 'a.xdesign', case: 'A' }, { file: 'a.xdesign', case: 'A2' }, 'file:///here/a.xdesign');
  seen.registry.rename('here', { file: 'a.xdesign' }, { file: 'b.xdesign' }, 'file:///here/b.xdesign');
  expect(seen.changes.at(-2)).toMatchObject({ run: a!.run, place: { uri: 'file:///here/b.xdesign', file: '/here/b.xdesign', folder: 'here' }, specification: { case: { name: 'A2' } } });
  const place = { uri: 'file:///here/b.xdesign', file: '/here/b.xdesign', folder: 'here' };
  const again = (name: string) => seen.registry.begin({ place, cases: [{ specification: named(name) }], until: 'validate' }).kind;
  expect([again('A2'), again('B'), again('A')]).toEqual(['refused', 'refused', 'queued']);
  seen.started[0]!.listener.onEnd({ kind: 'finished' });
  expect(seen.started[1]!.order).toMatchObject({ cases: [{ run: b!.run, specification: { place: { file: '/here/b.xdesign' }, case: { name: 'B' } } }] });
});

test('whatever happens, every change is one that the protocol allows, and one run has a folder', () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant('begin' as const), caseName: fc.constantFrom('A', 'B', 'C'), folder: fc.constantFrom('here', 'there') }),
    fc.record({ kind: fc.constant('end' as const), which: fc.nat(5), end: fc.constantFrom<RunEnd>({ kind: 'finished' }, { kind: 'failed' }, { kind: 'cancelled' }, { kind: 'crashed', message: 'x' }) }),
    fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant('progress' as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant('study' as const), folder: fc.constantFrom('here', 'there') }),
    fc.record({ kind: fc.constant('next' as const), which: fc.nat(5), end: fc.constantFrom('finished' as const, 'failed' as const) }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 50 }), (actions) => {
      const seen = stage();
      const last = new Map<string, RunStateKind>();
      for (const each of actions) {
        const live = seen.registry.all();
        const running = seen.started.filter(({ order }) => order.cases.some(({ run }) => seen.registry.find(run!)?.state.kind === 'running'));
        if (each.kind === 'begin') seen.begin(each.caseName, each.folder);
        else if (each.kind === 'study') {
          const { folder } = each;
          const cases = ['S/a', 'B', 'S/c'].map((name) => ({ specification: named(name) }));
          seen.registry.begin({ place: { uri: `file:///${folder}/a.xdesign`, file: `/${folder}/a.xdesign`, folder }, study: { name: 'S', case: 'A' } as StudyHead, cases, until: 'validate' });
        } else if (each.kind === 'next') running[each.which]?.listener.onCaseEnd(each.end);
        else if (each.kind === 'cancel') void seen.registry.cancel(live[each.which]?.run ?? 'nobody');
        else if (each.kind === 'end') running[each.which]?.listener.onEnd(each.end);
        else running[each.which]?.listener.onStage({ stage: 'generate', state: 'running', key: 'k' as never });
      }
      for (const { run, state } of seen.changes) {
        const before = last.get(run);
        expect(before === undefined ? ['queued', 'running'] : runTransitions[before]).toContain(state.kind);
        last.set(run, state.kind);
      }
      const folders = seen.registry.all().filter(({ state }) => state.kind === 'running').map(({ place }) => place.folder);
      expect(folders.length).toBe(new Set(folders).size);
      expect(seen.registry.all().every(({ state }) => isActive(state))).toBe(true);
      for (const { place } of seen.registry.all()) expect(folders).toContain(place.folder);
    }),
  );
});

describe('a study', () => {
  const place = { uri: 'file:///here/a.xdesign', file: '/here/a.xdesign', folder: 'here' };
  const study = { name: 'S', case: 'A' } as StudyHead;
  const variants = (...names: string[]) => names.map((name) => ({ specification: named(name) }));
  const begin = ({ registry }: Stage, cases: readonly RequestedCase[] = variants('S/a', 'S/b', 'S/c')) => registry.begin({ place, study, cases, until: 'validate' });
  const now = ({ registry }: Stage) => registry.all().map(({ specification, state }) => `${specification.case.name} ${state.kind}`);
  const last = ({ changes }: Stage) => Object.fromEntries(changes.map(({ specification, state }) => [specification.case.name, state]));
  const finding = { code: 'no-outliers', severity: 'error', message: 'None.' } as const;

  test('is one process, whose variants run one after another, each a run of its own', () => {
    const seen = stage();
    expect(begin(seen).kind).toBe('started');
    expect(seen.started).toHaveLength(1);
    expect(seen.started[0]!.order).toMatchObject({ study, cases: [{ specification: named('S/a') }, { specification: named('S/b') }, { specification: named('S/c') }] });
    expect(new Set(seen.started[0]!.order.cases.map(({ run }) => run)).size).toBe(3);
    expect(now(seen)).toEqual(['S/a running', 'S/b queued', 'S/c queued']);
    // Records of those that wait, so that a server after this one finds them.
    expect(seen.kept.map(({ specification }) => specification.case.name)).toEqual(['S/b', 'S/c']);
    expect(seen.registry.all().map(({ part }) => part && [part.index, part.count])).toEqual([[0, 3], [1, 3], [2, 3]]);
    const { listener } = seen.started[0]!;
    listener.onCaseEnd('finished');
    expect(now(seen)).toEqual(['S/b running', 'S/c queued']);
    listener.onStage({ stage: 'solve', state: 'running', key: 'k' as never });
    expect(seen.registry.all().map(({ state }) => state)).toMatchObject([{ kind: 'running', stage: 'solve' }, { kind: 'queued' }]);
    listener.onFinding(finding);
    listener.onCaseEnd('failed');
    expect(last(seen)['S/b']).toEqual({ kind: 'failed', findings: [finding] });
    expect(now(seen)).toEqual(['S/c running']);
    listener.onCaseEnd('finished');
    // Its report is still being written.
    expect(now(seen)).toEqual(['S/c running']);
    listener.onEnd({ kind: 'finished' });
    expect(last(seen)).toMatchObject({ 'S/a': { kind: 'finished', findings: [] }, 'S/b': { kind: 'failed' }, 'S/c': { kind: 'finished', findings: [] } });
  });

  test('is cancelled with any of its runs; what has finished stays', async () => {
    const seen = stage();
    begin(seen);
    const { listener, order } = seen.started[0]!;
    listener.onCaseEnd('finished');
    const cancelling = seen.registry.cancel(order.cases[2]!.run!);
    expect(seen.started[0]!.cancelled).toBe(true);
    listener.onEnd({ kind: 'cancelled' });
    expect(await cancelling).toBe(true);
    expect(last(seen)).toMatchObject({ 'S/a': { kind: 'finished' }, 'S/b': { kind: 'cancelled' }, 'S/c': { kind: 'cancelled' } });
    expect(seen.registry.all()).toEqual([]);
    expect(begin(seen).kind).toBe('started');
  });

  test('that waits is cancelled as a whole, and never starts', async () => {
    const seen = stage();
    const a = seen.begin('A');
    if (a.kind !== 'started') expect.fail();
    const waiting = begin(seen);
    if (waiting.kind !== 'queued') expect.fail();
    expect(last(seen)).toMatchObject({ 'S/a': { kind: 'queued', behind: 'case A' }, 'S/c': { kind: 'queued', behind: 'case A' } });
    expect(seen.begin('B').kind).toBe('queued');
    await seen.registry.cancel(waiting.run);
    seen.started[0]!.listener.onEnd({ kind: 'finished' });
    expect(seen.started.map(({ order }) => order.cases.map(({ specification }) => specification.case.name))).toEqual([['A'], ['B']]);
  });

  test('whose process crashes leaves no run that claims to run, and lets the next one in', () => {
    const seen = stage();
    begin(seen);
    seen.begin('B');
    expect(last(seen)['B']).toEqual({ kind: 'queued', behind: 'study S' });
    seen.started[0]!.listener.onCaseEnd('finished');
    seen.started[0]!.listener.onEnd({ kind: 'crashed', message: 'heap out of memory' });
    const crashed = { kind: 'failed', findings: [{ code: 'run-crashed' }] };
    expect(last(seen)).toMatchObject({ 'S/a': { kind: 'finished' }, 'S/b': crashed, 'S/c': crashed, B: { kind: 'running' } });
    expect(seen.crashes).toHaveLength(1);
  });

  test('is refused while one of its variants has a run, and a variant while the study has one', () => {
    const seen = stage();
    seen.begin('S/b');
    expect(begin(seen)).toMatchObject({ kind: 'refused', findings: [{ code: 'case-already-runs', message: expect.stringContaining('"S/b"') as string }] });
    seen.started[0]!.listener.onEnd({ kind: 'finished' });
    begin(seen);
    expect(seen.begin('S/c').kind).toBe('refused');
    seen.started[1]!.listener.onCaseEnd('finished');
    // This variant has ended, so another run of it computes nothing twice.
    expect(seen.begin('S/a')).toMatchObject({ kind: 'queued' });
  });

  test('that is continued keeps the runs that have finished, and has the others under their names', () => {
    const seen = stage();
    const [a, b, c] = variants('S/a', 'S/b', 'S/c');
    begin(seen, [{ ...a!, finished: true }, { ...b!, run: 'of-before' }, c!]);
    const [first, second, third] = seen.started[0]!.order.cases;
    expect(first).toEqual({ specification: named('S/a') });
    expect(second).toEqual({ specification: named('S/b'), run: 'of-before' });
    expect(third!.run).toBeDefined();
    expect(now(seen)).toEqual(['S/b running', 'S/c queued']);
    expect(seen.registry.all().map(({ part }) => part && [part.index, part.count])).toEqual([[1, 3], [2, 3]]);
  });

  test('that is renamed while it runs goes on under its new name', () => {
    const seen = stage();
    begin(seen);
    for (const tail of ['a', 'b', 'c']) seen.registry.rename('here', { file: 'a.xdesign', case: `S/${tail}` }, { file: 'a.xdesign', case: `T/${tail}` }, place.uri);
    expect(now(seen)).toEqual(['T/a running', 'T/b queued', 'T/c queued']);
    expect(seen.begin('T/b').kind).toBe('refused');
    expect(seen.begin('B').kind).toBe('queued');
    expect(last(seen)['B']).toEqual({ kind: 'queued', behind: 'study T' });
  });
});
