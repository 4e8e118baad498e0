/* Studies as the editor shows them: their rows, their progress, the table that is copied. */
import { expect, test } from 'vitest';
import type { RunState } from '#domain/run-state';
import type { BestSummary, GoneCase, RunSummary, StudySummary } from '#protocol/runs';
import { activitiesOf } from '#client/activities';
import { RunRows, type CaseRow, type StudyRow } from '#client/runs-view/rows';
import { listedStudies, progressOf, tableOf } from '#client/studies';

const uri = 'file:///a.xdesign';
const finished: RunState = { kind: 'finished', until: 'validate', findings: [] };
const learning: RunState = { kind: 'running', stage: 'learn', done: 43, total: 100 };

const runOf = (name: string, state: RunState, best?: number): RunSummary => ({
  run: name, case: name, state, startedBy: 'editor', started: '2026-01-01T00:00:00.000Z', until: 'validate', stages: [],
  ...(best !== undefined && { best: { property: 'youngs-modulus', objectiveValue: best, percentOfLimit: 96.24, feasible: true, beatsDatabase: true } satisfies BestSummary }),
});

/** A study of thresholds with the runs of each. */
function studyOf(variants: Readonly<Record<string, readonly RunSummary[]>>, more: Partial<StudySummary> = {}): StudySummary {
  return {
    uri, study: 'S', case: 'Stiffness', ...more,
    variants: Object.entries(variants).map(([threshold, runs]) => ({ uri, case: `S/threshold-${threshold}`, database: 'Small', settings: { threshold }, runs })),
  };
}

const goneVariant: GoneCase = { uri, case: 'S/threshold-0.9', gone: 'case', variant: { study: 'S', settings: { threshold: '0.9' } }, runs: [runOf('S/threshold-0.9', finished)] };

function rowsOf(studies: readonly StudySummary[], others: readonly GoneCase[] = []): RunRows {
  const cases = [{ uri, case: 'Stiffness', database: 'Small', runs: [] }, { uri: 'file:///b.xdesign', case: 'Other', database: 'Small', runs: [] }];
  const runs = [...studies.flatMap(({ variants }) => variants), ...others].flatMap((each) => each.runs.map((run) => ({ ...run, uri })));
  const list = { cases, studies, others, runs, of: ({ case: name }: { case: string }) => runs.filter((run) => run.case === name), last: ({ case: name }: { case: string }) => runs.find((run) => run.case === name) };
  return new RunRows(list as Partial<ConstructorParameters<typeof RunRows>[0]> as ConstructorParameters<typeof RunRows>[0], {} as ConstructorParameters<typeof RunRows>[1]);
}

const titleOf = (row: CaseRow | StudyRow): string => (row.kind === 'study' ? `study ${row.study.study}` : row.reference.case);

test('a study has a row below the cases of its file, its variants below it, and below each its runs', async () => {
  const rows = rowsOf([studyOf({ 0.5: [runOf('S/threshold-0.5', finished, 2e11)], 0.6: [] }, { best: { variant: 'S/threshold-0.5', run: 'r' } })], [goneVariant]);
  expect(rows.roots().map(titleOf)).toEqual(['Stiffness', 'study S', 'Other']);
  const [, study] = rows.roots();
  const variants = (await rows.children(study!)) as CaseRow[];
  expect(variants.map(({ variant, gone, runs }) => [variant!.settings, variant!.isBest, gone, runs.length])).toEqual([['threshold 0.5', true, undefined, 1], ['threshold 0.6', false, undefined, 0], ['threshold 0.9', false, 'case', 1]]);
  expect((await rows.children(variants[0]!)).map(({ kind }) => kind)).toEqual(['run']);
  const found = rows.rowOf({ uri, case: 'S/threshold-0.5' });
  expect(found).toMatchObject({ kind: 'run', parent: { kind: 'case', parent: { kind: 'study', id: study!.id } } });
  expect(rows.rowOfStudy({ uri, study: 'S' })!.id).toBe(study!.id);
});

test('variants of a study that is gone stay together, after the cases that exist', () => {
  expect(rowsOf([], [goneVariant]).roots().map((row) => [titleOf(row), row.kind === 'study' ? row.study.gone : row.gone])).toEqual([['Stiffness', undefined], ['Other', undefined], ['study S', 'case']]);
});

test('a study in progress is one activity, with the variant that runs; others are their own', () => {
  const queued: RunState = { kind: 'queued', behind: 'the variants before it' };
  const study = studyOf({ 0.5: [runOf('a', finished)], 0.6: [runOf('b', learning)], 0.7: [runOf('c', queued)] });
  const other = { ...runOf('d', learning), case: 'Stiffness', uri };
  const runs = [...study.variants.flatMap((variant) => variant.runs.map((run) => ({ ...run, uri }))), other];
  expect(activitiesOf({ studies: [study], runs }).map(({ title, message, run }) => [title, message, run.run])).toEqual([['Study S', 'variant 2 of 3, learn 43 %', 'b'], ['Stiffness', 'learn 43 %', 'd']]);
  expect(progressOf(studyOf({ 0.5: [runOf('a', { kind: 'queued', behind: 'case Other' })] }))).toBe('queued, waits for case Other');
  expect(progressOf(studyOf({ 0.5: [runOf('a', finished)] }))).toBeUndefined();
});

test('the table of a study has a row for each variant, also for those without a result', () => {
  const study = listedStudies({ studies: [studyOf({ 0.5: [runOf('a', finished, 2e11)], 0.6: [] })], others: [goneVariant] })[0]!;
  expect(tableOf(study).split('\n').map((line) => line.split('\t'))).toEqual([
    ['threshold', 'state', 'best (SI)', '% of limit', 'feasible'],
    ['0.5', 'finished', '200000000000', '96.24', 'true'],
    ['0.6', 'never run', '', '', ''],
    ['0.9', 'finished', '', '', ''],
  ]);
});
