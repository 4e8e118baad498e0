/* The state of runs, told by a process that only says what the test wants. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isActive, type RunStateKind, runTransitions } from '#domain/run-state';
import { explainedSpec } from '#test/runner/report/synthetic-case';
import type { CaseSpecification } from '#language/specification/specification';
import { createRunRegistry, type LiveRun, type RunRegistry } from '#server/runs/run-registry';
import type { RunOrder } from '#server/runs/run-process';
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
      registry.begin({ place: { uri: `file:///${folder}/a.xdesign`, file: `/${folder}/a.xdesign`, folder }, specification: named(caseName), until: 'validate', ...(wait && { wait }) }),
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
  expect(seen.started.map(({ order }) => order.run)).toEqual([a!.run]);
  seen.started[0]!.listener.onEnd({ kind: 'crashed', message: 'fell' });
  expect(seen.started.map(({ order }) => order.run)).toEqual([a!.run, b!.run]);
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
    await expect.poll(() => seen.started.map(({ order }) => order.run)).toEqual([a.run]);
    // A third program comes between the two.
    seen.holders.set('here', { ...other, process: { ...other.process, processId: 5000 } });
    seen.started[0]!.listener.onEnd({ kind: 'finished' });
    expect(states(seen, b.run).at(-1)).toEqual({ kind: 'queued', behind: 'process 5000' });
    seen.holders.clear();
    await expect.poll(() => seen.started.map(({ order }) => order.run)).toEqual([a.run, b.run]);
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
    expect(seen.registry.begin({ place, specification: named('A'), until: 'validate', before: other.process })).toMatchObject({ kind: 'started' });
  });
});

test('runs follow a case, and a file, that gets another name: also in line, and when they start later', () => {
  const seen = stage();
  const [a, b] = [seen.begin('A'), seen.begin('B')] as { run: string }[];
  seen.registry.rename('here', { file: 'a.xdesign', case: 'A' }, { file: 'a.xdesign', case: 'A2' }, 'file:///here/a.xdesign');
  seen.registry.rename('here', { file: 'a.xdesign' }, { file: 'b.xdesign' }, 'file:///here/b.xdesign');
  expect(seen.changes.at(-2)).toMatchObject({ run: a!.run, place: { uri: 'file:///here/b.xdesign', file: '/here/b.xdesign', folder: 'here' }, specification: { case: { name: 'A2' } } });
  const place = { uri: 'file:///here/b.xdesign', file: '/here/b.xdesign', folder: 'here' };
  const again = (name: string) => seen.registry.begin({ place, specification: named(name), until: 'validate' }).kind;
  expect([again('A2'), again('B'), again('A')]).toEqual(['refused', 'refused', 'queued']);
  seen.started[0]!.listener.onEnd({ kind: 'finished' });
  expect(seen.started[1]!.order).toMatchObject({ run: b!.run, specification: { place: { file: '/here/b.xdesign' }, case: { name: 'B' } } });
});

test('whatever happens, every change is one that the protocol allows, and one run has a folder', () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant('begin' as const), caseName: fc.constantFrom('A', 'B', 'C'), folder: fc.constantFrom('here', 'there') }),
    fc.record({ kind: fc.constant('end' as const), which: fc.nat(5), end: fc.constantFrom<RunEnd>({ kind: 'finished' }, { kind: 'failed' }, { kind: 'cancelled' }, { kind: 'crashed', message: 'x' }) }),
    fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(5) }),
    fc.record({ kind: fc.constant('progress' as const), which: fc.nat(5) }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 50 }), (actions) => {
      const seen = stage();
      const last = new Map<string, RunStateKind>();
      for (const each of actions) {
        const live = seen.registry.all();
        const running = seen.started.filter(({ order }) => seen.registry.find(order.run)?.state.kind === 'running');
        if (each.kind === 'begin') seen.begin(each.caseName, each.folder);
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
