import { expect, test } from 'vitest';
import { choosePeriodicSolver, createIterativeFirst } from '#engine/fem/virtual-tests/choose-solver';
import { createPeriodicDirect } from '#engine/fem/direct/periodic-direct';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { solverNames } from '#engine/fem/virtual-test';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const settings = { kind: 'periodic', plane: 'plane-stress' } as const;

test.each([
  ['64 pixels at contrast 5.55', 64, boronInAluminum, 'fft-preconditioned-conjugate-gradients'],
  ['contrast 683 000', 64, aluminumInFoam, 'nested-dissection-cholesky'],
  ['32 pixels', 32, boronInAluminum, 'nested-dissection-cholesky'],
  ['no power of two', 80, boronInAluminum, 'nested-dissection-cholesky'],
  ['contrast just too high', 64, { ...boronInAluminum, white: { ...boronInAluminum.white, youngsModulus: 50.1 * 68.3e9 } }, 'nested-dissection-cholesky'],
] as const)('%s', (_, resolution, phases, solver) => {
  const { statistics } = choosePeriodicSolver(resolution, phases, settings).solve(spottedImage(resolution, 1));
  expect(statistics.solver).toBe(solver);
  expect(solverNames).toContain(statistics.solver);
  expect(statistics.unknowns).toBe(2 * resolution ** 2 - 2);
  const iterative = solver !== 'nested-dissection-cholesky';
  expect(statistics.iterations > 0).toBe(iterative);
  expect(statistics.errorEstimate).toBeGreaterThan(0);
  expect(statistics.errorEstimate).toBeLessThanOrEqual(iterative ? 1e-9 : 1e-6);
});

test('iterations that do not converge are said, and the direct solver gives the result', () => {
  const image = spottedImage(64, 2);
  const { stiffness, statistics } = createIterativeFirst(64, boronInAluminum, settings, { tolerance: 1e-9, iterations: 3 }).solve(image);
  expect(statistics.solver).toBe('fft-preconditioned-conjugate-gradients, then nested-dissection-cholesky');
  expect(solverNames).toContain(statistics.solver);
  expect(statistics.iterations).toBe(3);
  expect(statistics.residual).toBeLessThan(1e-12);
  // That of the direct solver, not of the iterations that were left.
  expect(statistics.errorEstimate).toBeLessThan(1e-12);
  expect(stiffness).toEqual(createPeriodicDirect(64, boronInAluminum, settings).solve(image).stiffness);
});

test('the virtual test has the numbers of both solvers within 1e-8', () => {
  const image = spottedImage(64, 3);
  const result = runVirtualTest(image, boronInAluminum, settings);
  expect(result.statistics.solver).toBe('fft-preconditioned-conjugate-gradients');
  const { stiffness, thermalStress } = createPeriodicDirect(64, boronInAluminum, settings).solve(image);
  const { youngsModulus, poissonRatio, shearModulus, thermalExpansion } = result;
  // The compliance undone: C S = 1 for the first column, whose entries the results fix but for shear.
  const S = [1 / youngsModulus!.x, -poissonRatio!.x / youngsModulus!.x];
  const S31 = -(stiffness[6]! * S[0]! + stiffness[7]! * S[1]!) / stiffness[8]!;
  expect(stiffness[0]! * S[0]! + stiffness[1]! * S[1]! + stiffness[2]! * S31).toBeCloseTo(1, 8);
  expect(stiffness[3]! * S[0]! + stiffness[4]! * S[1]! + stiffness[5]! * S31).toBeCloseTo(0, 8);
  expect(shearModulus! / stiffness[8]!).within(0.9, 1.0001);
  const alphaShear = (thermalStress[2]! - stiffness[6]! * thermalExpansion!.x - stiffness[7]! * thermalExpansion!.y) / stiffness[8]!;
  const stress = stiffness[0]! * thermalExpansion!.x + stiffness[1]! * thermalExpansion!.y + stiffness[2]! * alphaShear;
  expect(stress / thermalStress[0]!).toBeCloseTo(1, 7);
});
