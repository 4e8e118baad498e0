import { expect, test } from 'vitest';
import { dissect } from '#engine/fem/direct/dissection';
import { layOutFronts } from '#engine/fem/direct/front-layout';
import { rollerBoundaryConditions, periodicBoundaryConditions, shearBoundaryConditions } from '#engine/fem/element/boundary-conditions';
import { largestMemory, testerMemory } from '#engine/fem/virtual-tests/solver-table';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const plane = 'plane-stress';
const bare = {
  white: { name: 'aluminum', youngsModulus: 68.3e9, poissonRatio: 0.33 },
  black: { name: 'foam', youngsModulus: 0.1e6, poissonRatio: 0.25 },
};

test.each([64, 128])('is what the fronts of %i pixels take, within 3 %%', (n) => {
  const bytes = (conditions: Parameters<typeof dissect>[0]): number => layOutFronts(dissect(conditions), conditions.resolution).bytes;
  const expected = [
    [testerMemory(n, aluminumInFoam, { kind: 'compression', plane }, false), bytes(rollerBoundaryConditions(n, 0))],
    [testerMemory(n, aluminumInFoam, { kind: 'heating', plane }, false), bytes(rollerBoundaryConditions(n, 1))],
    [testerMemory(n, bare, { kind: 'periodic', plane }, false), bytes(periodicBoundaryConditions(n, 0))],
    [testerMemory(n, aluminumInFoam, { kind: 'periodic', plane }, false), bytes(periodicBoundaryConditions(n, 1))],
    [testerMemory(2 * n, aluminumInFoam, { kind: 'periodic', plane }, true), bytes(rollerBoundaryConditions(n, 1)) + bytes(shearBoundaryConditions(n))],
  ] as const;
  for (const [{ total, largest }, truth] of expected) {
    expect(Math.abs(total / truth - 1)).toBeLessThan(0.03);
    expect(largest).toBeLessThanOrEqual(total);
  }
});

test('1024 pixels fit into one memory, 2048 do not, but a mirrored cell of 2048 does by quarters', () => {
  for (const kind of ['compression', 'heating', 'periodic'] as const) {
    expect(testerMemory(1024, aluminumInFoam, { kind, plane }, false).largest).toBeLessThan(largestMemory);
    expect(testerMemory(2048, aluminumInFoam, { kind, plane }, false).largest).toBeGreaterThan(largestMemory);
  }
  const quarters = testerMemory(2048, aluminumInFoam, { kind: 'periodic', plane }, true);
  expect(quarters.largest).toBeLessThan(largestMemory);
  expect(quarters.total).toBeGreaterThan(largestMemory);
});

test.each(['periodic', 'compression'] as const)('iterations of %s at low contrast take what their vectors take', (kind) => {
  const { total, largest } = testerMemory(2048, boronInAluminum, { kind, plane }, false);
  // Four vectors of eight single numbers a node, pixels and the medium's tables.
  expect(total / 2048 ** 2).toBeGreaterThan(4 * 8 * 4);
  expect(total / 2048 ** 2).toBeLessThan(1.15 * 4 * 8 * 4);
  expect(largest).toBe(total);
});
