/* Iterative solvers leave an error, and the files of a run say how large it can be. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CaseResult } from '#engine/api';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { designsCsv } from '#runner/report/tables';
import { writeReport } from '#runner/report/write-report';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';
import { boronInAluminum } from '#test/support/virtual-test-phases';
import { syntheticCase } from './synthetic-case';

const measured = runVirtualTest(spottedImage(64, 1), boronInAluminum, { kind: 'periodic', plane: 'plane-stress' });
const plain = syntheticCase();
const [own, ...others] = plain.arms;
const [design] = own.designs;
const result: CaseResult = {
  ...plain,
  arms: [{ ...own, designs: [{ ...design!, measured }] }, ...others],
  solvers: [{ stage: 'validate', test: 'periodic' as const, count: 1, ...measured.statistics }],
};

test('the report\'s table of solvers has the bound', () => {
  const page = readFileSync(
    writeReport(temporaryFolder(), [result], { specification: 'a.xdesign', overrides: {}, versions: {}, machine: 'one' }).report,
    'utf8',
  );
  const { solver, errorEstimate } = measured.statistics;
  expect(page).toMatch(/<th scope="col">relative error bound<\/th>/);
  expect(page).toMatch(new RegExp(`<td>${solver}</td>.*<td>${errorEstimate!.toExponential(1).replace('.', '\\.')}</td></tr>`));
});

test('designs.csv has it, and nothing for a direct solver', () => {
  const lines = designsCsv(result).split('\r\n').map((line) => line.split(','));
  const column = lines[0]!.indexOf('errorEstimate');
  expect(column).toBeGreaterThan(0);
  expect(Number(lines[1]![column])).toBe(measured.statistics.errorEstimate);
  expect(lines[2]![column]).toBe('');
});
