/* Which optimization the panel shows, and which line the pointer is at. */
import { expect, test } from 'vitest';
import { groupLook } from '#display/starts';
import { followedRun, nearestLine, rankedRuns, runsOf, shownRun } from '#media/optimization/runs';
import { packColumn, packImageBits } from '#protocol/packed';
import type { OptimizationRunView, OptimizationView } from '#protocol/views/optimization-views';

const groups = [{ name: 'noise', ...groupLook('noise', []) }];

/** A run by its state and the values of its cuts, one every five iterations. */
function run(candidate: number, state: OptimizationRunView['state'], values: readonly number[], feasible = true): OptimizationRunView {
  const cuts = {
    iterations: packColumn('i32', values.map((_, i) => 5 * i)),
    values: packColumn('f64', values),
    feasible: packColumn('u8', values.map(() => Number(feasible))),
  };
  return {
    arm: 'optimization', candidate, group: 'noise', start: { kind: 'family', family: 'noise', number: candidate }, state,
    iterations: 5 * Math.max(0, values.length - 1), ...(values.length > 0 && { cuts }),
  };
}

function viewOf(...runs: readonly OptimizationRunView[]): OptimizationView {
  const begun = runs.flatMap(({ cuts, candidate }) => (cuts ? [candidate + 1, 0] : []));
  const objective = { property: 'youngs-modulus', name: '', symbol: 'E', unit: 'GPa', scale: 1e-9, digits: 1, sense: 'maximize', directions: ['x'], test: 'compression' } as const;
  return { objective, arms: ['optimization'], groups, runs, cells: packImageBits(4, 4, Uint8Array.from(begun)) };
}

const view = viewOf(run(0, 'ended', [1, 3]), run(1, 'waiting', []), run(2, 'running', [2, 4], false), run(3, 'ended', [5, 9, NaN]), run(4, 'running', [1, 2, 7]));
const numbers = (runs: readonly { readonly view: OptimizationRunView }[]): number[] => runs.map(({ view: { candidate } }) => candidate);

test('runs have their own columns and cells, also where others have not begun', () => {
  const [first, waiting, third, , last] = runsOf(view);
  expect(first).toMatchObject({ start: 'noise 1', value: 3, isFeasible: true, group: { name: 'noise' } });
  expect([...first!.iterations]).toEqual([0, 5]);
  expect(waiting).not.toHaveProperty('cell');
  // The bits of a cell are its number plus one.
  expect([first, third, last].map((each) => parseInt(each!.cell!.data.slice(0, 8).join(''), 2))).toEqual([1, 3, 5]);
});

test('the best come first, those without a value or not feasible last', () => {
  expect(numbers(rankedRuns(runsOf(view), 'maximize'))).toEqual([4, 0, 3, 2]);
  expect(numbers(rankedRuns(runsOf(view), 'minimize'))).toEqual([0, 4, 3, 2]);
});

test('a running one is followed until it ends, then the next, then the best is shown; a chosen one stays', () => {
  const ranked = rankedRuns(runsOf(view), 'maximize');
  const before = viewOf(run(0, 'ended', [1, 3]), run(1, 'waiting', []), run(2, 'waiting', []), run(3, 'ended', [5, 9, NaN]), run(4, 'running', [1, 2, 7]));
  const changed = followedRun(undefined, before, view);
  expect(changed?.candidate).toBe(2);
  expect(followedRun(undefined, undefined, view)?.candidate).toBe(4);
  expect(followedRun(changed, view, viewOf(run(2, 'running', [2, 4]), run(4, 'running', [1, 2, 7, 8, 9])))?.candidate).toBe(2);
  expect(followedRun(changed, view, viewOf(run(2, 'ended', [2, 4]), run(4, 'running', [1, 2, 7, 8, 9])))?.candidate).toBe(4);
  expect(followedRun(changed, view, viewOf(run(2, 'ended', [2, 4]), run(4, 'ended', [1, 2, 7])))).toBeUndefined();
  expect(shownRun(ranked, {}, changed)?.view.candidate).toBe(2);
  expect(shownRun(ranked, { run: { arm: 'optimization', candidate: 3 } }, changed)?.view.candidate).toBe(3);
  expect(shownRun(ranked, { run: { arm: 'optimization', candidate: 1 } }, changed)?.view.candidate).toBe(4);
  const done = rankedRuns(runsOf(viewOf(run(0, 'ended', [1, 3]), run(1, 'ended', [1, 4]))), 'maximize');
  expect(shownRun(done, undefined, undefined)?.view.candidate).toBe(1);
  expect(shownRun([], undefined, undefined)).toBeUndefined();
});

test('the nearest line within reach, also between its points and across gaps', () => {
  const lines = [[[0, 0], [10, 0], [20, 10]], [[0, 8], [10, NaN], [20, 8]], [[5, 5]]] as const;
  expect(nearestLine(lines, [5, 1], 4)).toBe(0);
  expect(nearestLine(lines, [5, 4], 4)).toBe(2);
  expect(nearestLine(lines, [0, 9], 4)).toBe(1);
  expect(nearestLine(lines, [15, 30], 4)).toBeUndefined();
});
