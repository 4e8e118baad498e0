import { describe, expect, test } from 'vitest';
import { isActive, isResumable, type RunState, type RunStateKind, runTransitions } from '#domain/run-state';

const stateOf: Readonly<Record<RunStateKind, RunState>> = {
  queued: { kind: 'queued' },
  running: { kind: 'running', done: 0, total: 0 },
  finished: { kind: 'finished', until: 'validate', findings: [] },
  failed: { kind: 'failed', findings: [] },
  cancelled: { kind: 'cancelled' },
  interrupted: { kind: 'interrupted' },
};

describe.each(Object.keys(stateOf) as RunStateKind[])('a run that is %s', (kind) => {
  test('either holds a place in the line, or is over and can become active only by going on', () => {
    const next = runTransitions[kind];
    if (isActive(stateOf[kind])) {
      expect(next).toEqual(expect.arrayContaining(['failed', 'cancelled', 'interrupted']));
      expect(isResumable(stateOf[kind])).toBe(false);
    } else {
      expect(isResumable(stateOf[kind])).toBe(kind !== 'finished');
      expect(next.every((each) => isActive(stateOf[each]))).toBe(true);
    }
  });
});
