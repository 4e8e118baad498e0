/* What a report says of few tries: its numbers are those of the result, and it claims nothing where there is nothing. */
import { describe, expect, test } from 'vitest';
import type { CaseResult } from '#engine/api';
import { manifestJson } from '#runner/report/manifest';
import { triesPart } from '#runner/report/sections/tries-part';
import { syntheticCase } from './synthetic-case';

const markupOf = (result: CaseResult): string => triesPart(result, 'a').markup.replace(/[\u00a0\u202f]/g, ' ');
const rowsOf = (markup: string): string[][] => [...markup.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)].map(([, head, cells]) => [head!, ...[...cells!.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell!)]);
const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`;

describe('few tries', () => {
  const result = syntheticCase({ designCount: 40 });
  const image = result.database.best.objectiveValue;

  test('a row per number of tries, with value, share of draws and gain of each arm', () => {
    const rows = rowsOf(markupOf(result));
    expect(rows.map(([head]) => head)).toEqual(['1', '3', '10', '30']);
    for (const row of rows) {
      expect(row.slice(1)).toEqual(result.arms.flatMap(({ tries }) => {
        const { best, feasible, gain } = tries!.find((each) => String(each.tries) === row[0])!;
        return [(best! / 1e9).toFixed(1), percent(feasible, 0), percent(gain / image, 2)];
      }));
    }
    // The lead of the explanation is larger, so each of its gains is.
    for (const [, , , own, , , control] of rows) expect(parseFloat(own!)).toBeGreaterThan(parseFloat(control!));
  });

  test('the curves run from one try to all, with the best image and the limit as lines', () => {
    const markup = markupOf(result);
    for (const color of ['series-1', 'series-2', 'ink', 'limit']) expect(markup).toMatch(new RegExp(`<path d="M[^"]*"[^>]*stroke="var\\(--${color}\\)"`));
    expect(markup).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('what only lucky draws reach is in parentheses and not on the curves', () => {
    const [own, ...others] = result.arms;
    const unlucky = { ...result, arms: [{ ...own, tries: own.tries!.map((each) => ({ ...each, feasible: each.tries < 10 ? 0.3 : 0.7 })) }, ...others] } as CaseResult;
    expect(rowsOf(markupOf(unlucky)).map(([, value]) => /^\(.*\)$/.test(value!))).toEqual([true, true, false, false]);
    const curveOf = (markup: string): string[] => /<path d="M([^"]*)"[^>]*stroke="var\(--series-1\)"/.exec(markup)![1]!.split('L');
    expect(curveOf(markupOf(unlucky))).toHaveLength(own.tries!.filter(({ tries }) => tries >= 10).length);
  });

  test('without a feasible cell there is no value, no gain and no chart; without designs there is nothing', () => {
    const none = markupOf(syntheticCase({ feasible: 'none' }));
    expect(rowsOf(none)[0]).toEqual(['1', '–', '0 %', '0.00 %', '–', '0 %', '0.00 %']);
    expect(none).not.toContain('<figure');
    expect(markupOf(syntheticCase({ designCount: 0, controlLead: undefined }))).toBe('');
  });

  test('the manifest has them of each arm, in SI units', () => {
    const { arms } = JSON.parse(manifestJson(result, { specification: 'a.xdesign', overrides: {}, versions: {}, machine: 'one' })) as { arms: { tries: object[] }[] };
    expect(arms.map(({ tries }) => tries)).toEqual(result.arms.map(({ tries }) => JSON.parse(JSON.stringify(tries)) as object[]));
  });
});
