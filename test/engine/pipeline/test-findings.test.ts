import { expect, test } from 'vitest';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { findingsOfTest, findingsOfTests } from '#engine/pipeline/result/test-findings';

const tested = (errorEstimate?: number): VirtualTestResult => ({
  kind: 'compression',
  volumeFraction: 0.4,
  youngsModulus: { x: 1e9, y: 1e9 },
  statistics: { solver: 'nested-dissection-cholesky', unknowns: 1, iterations: 0, residual: 0, ...(errorEstimate !== undefined && { errorEstimate }) },
});

test('an estimate above 0.1 % is said, with the name and the size; a smaller one and none are not', () => {
  expect([undefined, 0, 1e-9, 1e-3].map((estimate) => findingsOfTest('a.png', tested(estimate)))).toEqual([[], [], [], []]);
  expect(findingsOfTest('a.png', tested(0.0243))).toMatchObject([{ code: 'uncertain-result', severity: 'warning', message: expect.stringMatching(/^a\.png: .* compression may be wrong by 2\.4 %/) as string }]);
  // A number that is none, and one that says nothing any more.
  expect(findingsOfTest('a.png', tested(NaN))[0]?.message).toContain('100 % or more');
  expect(findingsOfTest('a.png', tested(1.05))[0]?.message).toContain('100 % or more');
});

test('a case says how many of its images and designs are uncertain, and which image is most', () => {
  const tests = [tested(1e-9), tested(2e-3), tested(0.05), tested()];
  const cells = { measured: [tested(), tested(0.004)], periodic: [tested(0.3), tested(1e-4)] };
  const findings = findingsOfTests({ tests, cells: [cells, { measured: [] }] });
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['uncertain-result', 'warning'], ['uncertain-result', 'warning']]);
  expect(findings[0]!.message).toMatch(/^The values of 2 of 4 images .* 5 % for image 2,/);
  expect(findings[1]!.message).toMatch(/^2 of 4 tests of designs .* 30 %/);
  expect(findingsOfTests({ tests: [tested(1e-4)], cells: [{ measured: [tested()] }, { measured: [] }] })).toEqual([]);
  expect(findingsOfTests({ tests: undefined, cells: [] })).toEqual([]);
});

test('an image that carries nothing along a direction is said, and how many a case has', () => {
  const empty = { ...tested(), youngsModulus: { x: 0, y: 1e9 } };
  expect(findingsOfTest('a.png', empty)).toMatchObject([{ code: 'no-load-path', severity: 'information', message: expect.stringMatching(/^a\.png: .* along x, so E is 0 there/) as string }]);
  expect(findingsOfTest('a.png', { ...tested(), youngsModulus: { x: 0, y: 0 } })[0]!.message).toContain('along x or y');
  expect(findingsOfTests({ tests: [tested(), empty, empty] })).toMatchObject([{ code: 'no-load-path', message: expect.stringMatching(/^In 2 of 3 images/) as string }]);
});
