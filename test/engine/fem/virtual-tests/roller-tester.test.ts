import { expect, test } from 'vitest';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { createRollerDirect } from '#engine/fem/direct/roller-direct';
import { createRollerTester, createIterativeRollerTester } from '#engine/fem/virtual-tests/roller-tester';
import { solverNames } from '#engine/fem/virtual-test';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const plane = 'plane-stress';
const settings = { kind: 'compression', plane } as const;
const direct = 'nested-dissection-cholesky';
const iterative = 'dct-preconditioned-conjugate-gradients';

test.each([
  ['64 pixels at contrast 5.55', 64, boronInAluminum, 'compression', iterative],
  ['contrast 683 000', 64, aluminumInFoam, 'compression', direct],
  ['32 pixels', 32, boronInAluminum, 'compression', direct],
  ['no power of two', 80, boronInAluminum, 'compression', direct],
  ['heating, whose edges are both free', 64, boronInAluminum, 'heating', direct],
] as const)('%s', (_, resolution, phases, kind: VirtualTestKind, solver) => {
  const { statistics } = createRollerTester(resolution, phases, { kind, plane }).run(spottedImage(resolution, 1));
  expect(statistics.solver).toBe(solver);
  expect(solverNames).toContain(statistics.solver);
  expect(statistics.iterations > 0).toBe(solver === iterative);
  expect(statistics.errorEstimate).toBeGreaterThan(0);
  expect(statistics.errorEstimate).toBeLessThanOrEqual(solver === iterative ? 1e-9 : 1e-6);
});

test('iterations that do not converge are said, and the direct solver gives the result', () => {
  const image = spottedImage(64, 2);
  const result = createIterativeRollerTester(64, boronInAluminum, settings, { tolerance: 1e-9, iterations: 3 }).run(image);
  const { solver, iterations, ...others } = result.statistics;
  expect(solver).toBe(`${iterative}, then ${direct}`);
  expect(solverNames).toContain(solver);
  expect(iterations).toBe(3);
  const expected = createRollerDirect(64, boronInAluminum, settings).run(image);
  expect({ ...result, statistics: others }).toEqual({
    ...expected,
    // Unknowns, residual and estimate are those of the direct solver.
    statistics: { unknowns: expected.statistics.unknowns, residual: expected.statistics.residual, errorEstimate: expected.statistics.errorEstimate },
  });
});
