/* The commands above a study. */
import { expect, test } from 'vitest';
import type { LastResult, LastResults } from '#server/last-results';
import { office, openText } from '#test/server/open-text';

const file = (study: string): string => `material Boron { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa  poisson 0.33 }
database Images { size 800  fraction 0.38 .. 0.41  cells 100% }
case C { white Boron  black Aluminum  from Images  maximize E along x, y  learn compact { epochs 20 }  explain gradram  construct mirror }
${study}
`;
const thresholds = 'study S of C { threshold 0.3 .. 0.6 by 0.1 }';

/** The lenses of the study, with these results by the threshold of the variant. */
async function lenses(study: string, last: Readonly<Record<string, LastResult>> = {}, hasStudyReport = false, machine = office): Promise<string> {
  const results: LastResults = { of: (_, { case: { name } }) => last[name.replace('S/threshold-', '')], hasStudyReport: () => hasStudyReport, onChange: () => undefined };
  const opened = await openText(file(study), {}, { results, machine });
  const found = (await opened.xdesign.lsp.CodeLensProvider!.provideCodeLens(opened.document, opened)) ?? [];
  return found.filter(({ range }) => range.start.line === 4).map(({ command }) => `${command!.title} → ${command!.command} ${command!.arguments![1]}`).join(' | ');
}

const done: LastResult = { state: 'finished', complete: true, hasReport: true };

test('run it, with the number of variants and the time that is left', async () => {
  expect(await lenses(thresholds)).toMatchInlineSnapshot(`"Run study · 4 variants · about 2 min → xdesign.runStudy S"`);
  expect(await lenses(thresholds, { 0.3: done, 0.4: done })).toMatchInlineSnapshot(`"2 of 4 variants finished → xdesign.showStudy S | Run study · 4 variants · about 1 s → xdesign.runStudy S"`);
  expect(await lenses(thresholds, { 0.3: done, 0.4: done, 0.5: done, 0.6: done }, true)).toMatchInlineSnapshot(`"Run study · 4 variants · all results are stored → xdesign.runStudy S | Open report → xdesign.openStudyReport S"`);
});

test('run it on a cluster where there is one', async () => {
  expect(await lenses(thresholds, {}, false, { ...office, batchSystem: 'slurm' })).toMatchInlineSnapshot(`"Run study · 4 variants · about 2 min → xdesign.runStudy S | Run on cluster → xdesign.runStudyOnCluster S"`);
});

test('what variants share is counted once: four thresholds take little more than one', async () => {
  const seconds = async (study: string): Promise<number> => {
    const [, number, unit] = /about ([\d.]+) (s|min)/.exec(await lenses(study))!;
    return Number(number) * (unit === 'min' ? 60 : 1);
  };
  const [one, four, seeds] = [await seconds('study S of C { threshold 0.3 }'), await seconds(thresholds), await seconds('study S of C { seed 1 .. 4 }')];
  expect(four).toBeLessThan(2 * one);
  expect(seeds).toBeGreaterThan(3 * one);
});

test('tell how far it is, and cancel it', async () => {
  const queued: LastResult = { state: 'queued', hasReport: false };
  expect(await lenses(thresholds, { 0.3: done, 0.4: { state: 'running', progress: { stage: 'learn', share: 0.404 }, hasReport: false }, 0.5: queued, 0.6: queued })).toMatchInlineSnapshot(`"running variant 2 of 4: learn, 40% → xdesign.showStudy S | Cancel → xdesign.cancelStudy S"`);
  expect(await lenses(thresholds, { 0.3: queued, 0.4: queued, 0.5: queued, 0.6: queued })).toMatchInlineSnapshot(`"queued → xdesign.showStudy S | Cancel → xdesign.cancelStudy S"`);
});

test.each(['study S of C { threshold 0.3 .. 60 by 0.1 }', 'study S of Nothing { seed 1, 2 }', 'study S of C { seed 1, }', 'study S of C { }'])('are absent while it has errors: %s', async (study) => {
  expect(await lenses(study)).toBe('');
});

