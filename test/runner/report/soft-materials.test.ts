/* Reports of soft and of stiff materials: the same numbers in the units that fit, and nothing rounded away. */
import { expect, test } from 'vitest';
import type { CaseResult } from '#engine/api';
import { designsCsv } from '#runner/report/tables';
import type { ReportProvenance } from '#runner/report/manifest';
import { reportPage } from '#runner/report/report-page';
import { syntheticCase } from './synthetic-case';

/** A case with all its moduli, and only these, times a factor: nothing else is as large. */
function softened<T>(value: T, factor: number): T {
  if (typeof value === 'number') return (Math.abs(value) > 1e7 && Number.isFinite(value) ? value * factor : value) as T;
  if (value instanceof Float64Array || value instanceof Float32Array) return value.map((each) => softened(each, factor)) as T;
  if (Array.isArray(value)) return value.map((each) => softened(each as unknown, factor)) as T;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, softened(each as unknown, factor)])) as T;
}

const provenance: ReportProvenance = { specification: 'soft.xdesign', overrides: {}, versions: { xdesign: '0.1.0' }, machine: '2 cores' };
const page = (result: CaseResult): string => reportPage([result], provenance, 'in-case-folder').replaceAll('\u00a0', ' ');
/** What a reader sees of it. */
const seen = (result: CaseResult): string => page(result).replace(/<style[\s\S]*?<\/style>/g, '').replace(/<[^>]*>/g, '|');
/** Numbers that were rounded away, but for axes, where zero is a tick, and tests of significance. */
const roundedAway = /(?<![\d.,])[−-]?0\.0{2,}(?![\d])/g;

test.each([
  [1e-9, 'Pa'],
  [1e-6, 'kPa'],
  [1e-3, 'MPa'],
  [1, 'GPa'],
  [8, 'GPa'],
])('moduli times %d are told in %s', (factor, unit) => {
  const result = softened(syntheticCase(), factor);
  const text = seen(result);
  const units = [...new Set([...text.matchAll(/[\d.] ([kMG]?Pa)\b/g)].map((match) => match[1]))];
  expect(units).toEqual([unit]);
  expect(text.match(roundedAway)).toBeNull();
  // The table of designs and the axes have the unit in their titles.
  expect(page(result)).toContain(`<small>${unit}</small>`);
  expect(text).toContain(`E along x (${unit})`);
});

test('tables of other programs keep SI units and names, whatever the size of the values', () => {
  const [stiff, soft] = [designsCsv(syntheticCase()), designsCsv(softened(syntheticCase(), 1e-6))].map((text) => text.split('\r\n').map((line) => line.split(',')));
  expect(soft![0]!.filter((name) => !name.includes(':'))).toEqual(stiff![0]!.filter((name) => !name.includes(':')));
  const column = stiff![0]!.indexOf('Ex_Pa');
  expect(Number(soft![1]![column])).toBeCloseTo(1e-6 * Number(stiff![1]![column]), 6);
});

test("Poisson's ratios and expansions keep three digits, however small", () => {
  for (const property of ['poisson-ratio', 'thermal-expansion'] as const) expect(seen(syntheticCase({ property })).match(roundedAway)).toBeNull();
});
