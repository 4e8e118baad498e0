/* Which solver a test takes, and that the next one follows iterations that do not converge. */
import { describe, expect, test } from 'vitest';
import { createPeriodicDirect } from '#engine/fem/direct/periodic-direct';
import { createRollerDirect } from '#engine/fem/direct/roller-direct';
import { createVirtualTester, runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { createSolver } from '#engine/fem/virtual-tests/solver-table';
import { solverNames } from '#engine/fem/virtual-test';
import { mirrorQuarter } from '#engine/grid/image-2d';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const plane = 'plane-stress';
const direct = 'nested-dissection-cholesky';
const periodicCg = 'fft-preconditioned-conjugate-gradients';
const rollerCg = 'dct-preconditioned-conjugate-gradients';
const highContrast = { ...boronInAluminum, white: { ...boronInAluminum.white, youngsModulus: 50.1 * 68.3e9 } };

test.each([
  ['periodic', '64 pixels at contrast 5.55', 64, boronInAluminum, periodicCg],
  ['periodic', 'contrast 683 000', 64, aluminumInFoam, direct],
  ['periodic', '32 pixels', 32, boronInAluminum, direct],
  ['periodic', 'no power of two', 80, boronInAluminum, direct],
  ['periodic', 'contrast just too high', 64, highContrast, direct],
  ['compression', '64 pixels at contrast 5.55', 64, boronInAluminum, rollerCg],
  ['compression', 'contrast 683 000', 64, aluminumInFoam, direct],
  ['compression', '32 pixels', 32, boronInAluminum, direct],
  ['compression', 'no power of two', 80, boronInAluminum, direct],
  ['heating', 'both edges are free', 64, boronInAluminum, direct],
] as const)('%s: %s', (kind, _, resolution, phases, solver) => {
  const { statistics, converged } = createSolver(resolution, phases, { kind, plane }).solve(spottedImage(resolution, 1));
  expect(converged).toBe(true);
  expect(statistics.solver).toBe(solver);
  expect(solverNames).toContain(statistics.solver);
  if (kind === 'periodic') expect(statistics.unknowns).toBe(2 * resolution ** 2 - 2);
  const iterative = solver !== direct;
  expect(statistics.iterations > 0).toBe(iterative);
  expect(statistics.errorEstimate).toBeGreaterThan(0);
  expect(statistics.errorEstimate).toBeLessThanOrEqual(iterative ? 1e-9 : 1e-6);
});

test.each([
  ['periodic', periodicCg, createPeriodicDirect],
  ['compression', rollerCg, createRollerDirect],
] as const)('%s: iterations that do not converge are reported, and the direct solver gives the result', (kind, iterative, createDirect) => {
  const settings = { kind, plane } as const;
  // A mirrored image too: the solver of quarters is not what follows iterations.
  for (const image of [spottedImage(64, 2), mirrorQuarter(spottedImage(32, 2))]) {
    const found = createSolver(64, boronInAluminum, settings).solve(image, { tolerance: 1e-9, iterations: 3 });
    const expected = createDirect(64, boronInAluminum, settings).solve(image);
    expect(solverNames).toContain(found.statistics.solver);
    // Unknowns, residual and estimate are those of the direct solver.
    expect(found).toEqual({ ...expected, statistics: { ...expected.statistics, solver: `${iterative}, then ${direct}`, iterations: 3 } });
    expect(found.statistics.residual).toBeLessThan(1e-12);
  }
});

test('the solver of quarters takes mirrored images alone, where no iterations suit', () => {
  const solversFor = (phases: typeof aluminumInFoam, resolution: number): string[] => {
    const tester = createVirtualTester(resolution, phases, { kind: 'periodic', plane });
    const images = [spottedImage(resolution, 5), mirrorQuarter(spottedImage(resolution / 2, 5))];
    return images.map((each) => tester.run(each).statistics.solver);
  };
  const quarters = [direct, 'nested-dissection-cholesky-of-quarters'];
  expect(solversFor(aluminumInFoam, 64)).toEqual(quarters);
  expect(solversFor(boronInAluminum, 32)).toEqual(quarters);
  expect(solversFor(boronInAluminum, 64)).toEqual([periodicCg, periodicCg]);
});

describe('periodic', () => {
  test('the virtual test has the numbers of both solvers within 1e-8', () => {
    const settings = { kind: 'periodic', plane } as const;
    const image = spottedImage(64, 3);
    const result = runVirtualTest(image, boronInAluminum, settings);
    expect(result.statistics.solver).toBe(periodicCg);
    const { properties, thermalStress } = createPeriodicDirect(64, boronInAluminum, settings).solve(image);
    const [stiffness, stress] = [properties.stiffness!, thermalStress!];
    const { youngsModulus, poissonRatio, shearModulus, thermalExpansion } = result;
    // The compliance undone: C S = 1 for the first column, whose entries the results fix but for shear.
    const S = [1 / youngsModulus!.x, -poissonRatio!.x / youngsModulus!.x];
    const S31 = -(stiffness[6]! * S[0]! + stiffness[7]! * S[1]!) / stiffness[8]!;
    expect(stiffness[0]! * S[0]! + stiffness[1]! * S[1]! + stiffness[2]! * S31).toBeCloseTo(1, 8);
    expect(stiffness[3]! * S[0]! + stiffness[4]! * S[1]! + stiffness[5]! * S31).toBeCloseTo(0, 8);
    expect(shearModulus! / stiffness[8]!).within(0.9, 1.0001);
    const alphaShear = (stress[2]! - stiffness[6]! * thermalExpansion!.x - stiffness[7]! * thermalExpansion!.y) / stiffness[8]!;
    const along = stiffness[0]! * thermalExpansion!.x + stiffness[1]! * thermalExpansion!.y + stiffness[2]! * alphaShear;
    expect(along / stress[0]!).toBeCloseTo(1, 7);
  });
});
