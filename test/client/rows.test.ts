/* The rows below a run: designs and stages of each arm that it has. */
import { expect, test } from 'vitest';
import { stagePlaces } from '#domain/stages';
import { RunRows, type RunRow } from '#client/runs-view/rows';
import type { RunSummary } from '#protocol/runs';

const best = { property: 'youngs-modulus', objectiveValue: 1e11, feasible: true, beatsDatabase: true } as const;

/** A finished run whose arms have these names. */
function runOf(...arms: string[]): RunSummary {
  const stages = stagePlaces(arms.map((name) => ({ name }))).map((place) => ({ ...place, state: 'finished' as const }));
  return { run: 'r', case: 'Stiffness', state: { kind: 'finished', until: 'validate', findings: [] }, startedBy: 'editor', started: '2026-01-01T00:00:00.000Z', until: 'validate', stages, best };
}

/** What the view lists below a run, and for which arm pictures are asked. */
async function below(run: RunSummary) {
  const asked: string[] = [];
  const rows = new RunRows(
    { last: () => ({ ...run, uri: 'file:///a.xdesign' }) } as Partial<ConstructorParameters<typeof RunRows>[0]> as ConstructorParameters<typeof RunRows>[0],
    { best: async (_reference: unknown, arm: string) => (asked.push(arm), []) } as Partial<ConstructorParameters<typeof RunRows>[1]> as ConstructorParameters<typeof RunRows>[1],
  );
  const row: RunRow = { kind: 'run', id: 'r', reference: { uri: 'file:///a.xdesign', case: 'Stiffness', run: 'r' }, run };
  const children = await rows.children(row);
  for (const child of children) if (child.kind === 'designs') await rows.children(child);
  return { children, asked };
}

test('a run has a row of designs and the stages of each of its arms', async () => {
  const { children, asked } = await below(runOf('explained', 'control', 'center'));
  const designs = children.flatMap((child) => (child.kind === 'designs' ? [child] : []));
  expect(designs.map(({ arm, isOwn }) => [arm, isOwn])).toEqual([['explained', true], ['control', false], ['center', false]]);
  expect(asked).toEqual(['explained', 'control', 'center']);
  expect(children.flatMap((child) => (child.kind === 'stage' && child.stage.arm === 'center' ? [child.stage.stage] : []))).toEqual(['propose', 'construct', 'validate']);
  expect(new Set(children.map(({ id }) => id)).size).toBe(children.length);
});

test('a run of one arm has one row of designs, and one without a design has none', async () => {
  expect((await below(runOf('explained'))).asked).toEqual(['explained']);
  const { best: _best, ...without } = runOf('explained', 'control');
  expect((await below(without)).asked).toEqual([]);
});
