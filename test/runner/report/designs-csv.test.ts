import { expect, test } from 'vitest';
import { families } from '#domain/microstructures';
import { type CaseResult } from '#engine/api';
import { designsCsv, optimizationCsv } from '#runner/report/tables';
import { syntheticCase } from '#test/runner/report/synthetic-case';
import { syntheticOptimization } from '#test/runner/report/synthetic-optimization';
import { fromPatch } from '#test/support/from-patch';

/** RFC 4180: rows by CRLF, quotes doubled inside quotes. */
function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let match = fields.exec(text); match && fields.lastIndex <= text.length; match = fields.exec(text)) {
    rows.at(-1)!.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === '\r\n') rows.push([]);
    if (fields.lastIndex === text.length) break;
  }
  const [header, ...body] = rows.filter((row) => row.length > 0);
  return body.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i]!])));
}

test('every design of both arms reads back to the same bits', () => {
  const result = syntheticCase({ property: 'thermal-expansion' });
  const rows = parseCsv(designsCsv(result));
  const designs = result.arms.flatMap((arm) => arm.designs);
  expect(rows).toHaveLength(designs.length);
  designs.forEach((design, i) => {
    const row = rows[i]!;
    expect(Number(row['alphax_per_K'])).toBe(design.measured.thermalExpansion!.x);
    expect(Number(row['periodic_alphay_per_K'])).toBe(design.periodic!.thermalExpansion!.y);
    expect(Number(row['objective_SI'])).toBe(design.objectiveValue);
    expect(Number(row['percent_of_limit'])).toBe(design.limit!.percent);
    expect(Number(row['source_image'])).toBe(fromPatch(design.source).image);
    expect(row['family']).toBe(families[fromPatch(design.source).family]);
    expect(row['feasible']).toBe(String(design.feasible));
    expect(Number(row['measured: difference(E) < 10 %'])).toBe(design.constraints[1]!.measured);
    expect(row['Ex_Pa']).toBe('');
    expect(row['test']).toBe('heating');
    expect(row['periodic_test']).toBe('periodic');
  });
  expect(rows.filter(({ arm }) => arm === 'control').map(({ file }) => file).slice(0, 2)).toEqual(['control-001.png', 'control-002.png']);
});

test('designs of optimizations have their start or parent, and the best of an arm its test at twice the resolution', () => {
  const result = syntheticOptimization();
  const rows = parseCsv(designsCsv(result));
  const of = (arm: string): Record<string, string>[] => rows.filter((row) => row['arm'] === arm);
  const { designs } = result.arms.find(({ name }) => name === 'optimization')!;
  of('optimization').forEach((row, i) => {
    const { source } = designs[i]!;
    expect([row['start_family'], row['start_number'], row['source_image']]).toEqual('image' in source ? ['', '', String(source.image)] : [source.kind === 'start' ? source.family : 'pictures', String(source.number), '']);
  });
  of('control-refined').forEach((row) => expect(row['parent_arm']).toBe('control'));
  const [best, next] = of('explained-refined');
  const { finer } = result.arms.find(({ name }) => name === 'explained-refined')!.designs[0]!;
  expect(Number(best!['twice_resolution_objective_SI'])).toBe(finer!.youngsModulus!.x);
  expect(Number(best!['twice_resolution_Ey_Pa'])).toBe(finer!.youngsModulus!.y);
  expect([next!['twice_resolution_objective_SI'], next!['twice_resolution_Ey_Pa']]).toEqual(['', '']);
});

test('every cut of every optimization reads back to the same bits', () => {
  const optimization = syntheticOptimization({ starts: 2, refined: 2 }).optimization!;
  const { runs } = optimization;
  const rows = parseCsv(optimizationCsv(optimization));
  expect(rows).toHaveLength(runs.reduce((sum, { cuts }) => sum + cuts.values.length, 0));
  let at = 0;
  for (const { arm, candidate, group, values, cuts } of runs) {
    for (const [i, iteration] of cuts.iterations.entries()) {
      const row = rows[at++]!;
      expect([row['arm'], Number(row['candidate']), row['group'], Number(row['iteration']), Number(row['solver_iterations'])]).toEqual([arm, candidate, group, iteration, cuts.solverIterations[i]]);
      expect(Number(row['objective_SI'])).toBe(cuts.values[i]);
      expect(row['gray_objective_SI']).toBe(iteration === 0 ? '' : String(values[iteration - 1]));
      expect(row['feasible']).toBe(String(cuts.feasible[i] === 1));
    }
  }
});

test('names with commas, quotes and line breaks stay in their field', () => {
  const result = syntheticCase();
  const name = 'a "b", c\nd';
  const [own, ...others] = result.arms;
  const designs = own.designs.map((design) => ({ ...design, constraints: design.constraints.map((check) => ({ ...check, name })) }));
  const renamed: CaseResult = { ...result, arms: [{ ...own, designs }, ...others] };
  expect(parseCsv(designsCsv(renamed))[0]![`measured: ${name}`]).toBe(String(designs[0]!.constraints[1]!.measured));
});

test('a run without designs has a header alone', () => {
  const text = designsCsv(syntheticCase({ designCount: 0 }));
  expect(text.split('\r\n').filter((line) => line !== '')).toHaveLength(1);
});
