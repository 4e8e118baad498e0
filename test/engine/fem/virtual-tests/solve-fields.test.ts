import { describe, expect, test } from 'vitest';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { createFieldSolver, type SensitivityField } from '#engine/fem/virtual-tests/solve-fields';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { denseRollerCell, densePeriodic, type WhiteShares } from '#test/support/dense-virtual-test';
import { image } from '#test/support/draw-image';
import { spottedImage } from '#test/support/spotted-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const plane = 'plane-strain';
const small = image(`
  ##..#
  .#.##
  ...#.
  #....
  ##.##
`);

function measured(kind: VirtualTestKind, shares: WhiteShares): Record<string, number> {
  if (kind !== 'periodic') return denseRollerCell(shares, boronInAluminum, plane);
  const { stiffness, expansion } = densePeriodic(shares, boronInAluminum, plane);
  const [a, b, c, , e, f, , , i] = stiffness as [number, number, number, number, number, number, number, number, number];
  const S11 = e * i - f * f;
  const S22 = a * i - c * c;
  const S12 = c * f - b * i;
  const determinant = a * S11 + b * S12 + c * (b * f - c * e);
  return { Ex: determinant / S11, Ey: determinant / S22, nuxy: -S12 / S11, nuyx: -S12 / S22, alphax: expansion[0]!, alphay: expansion[1]! };
}

describe.each<VirtualTestKind>(['compression', 'heating', 'periodic'])('%s', (kind) => {
  test('sensitivities are the finite differences of the property', () => {
    const fields = createFieldSolver(5, boronInAluminum, { kind, plane }).solve(small);
    const properties: [SensitivityField | undefined, string, string][] = [
      [fields.youngsModulus, 'Ex', 'Ey'],
      [fields.poissonRatio, 'nuxy', 'nuyx'],
      [fields.thermalExpansion, 'alphax', 'alphay'],
    ];
    expect(fields.thermalExpansion === undefined).toBe(kind === 'compression');
    const step = 1e-4;
    for (const pixel of [0, 1, 7, 12, 24]) {
      const [more, less] = [step, -step].map((change) => {
        const data = Float64Array.from(small.data);
        data[pixel]! += change;
        return measured(kind, { width: 5, data });
      });
      for (const [sensitivity, x, y] of properties) {
        if (sensitivity === undefined) continue;
        const scale = Math.max(...sensitivity.x.map(Math.abs), ...sensitivity.y.map(Math.abs));
        expect((sensitivity.x[pixel]! - (more![x]! - less![x]!) / (2 * step)) / scale, x).toBeCloseTo(0, 6);
        expect((sensitivity.y[pixel]! - (more![y]! - less![y]!) / (2 * step)) / scale, y).toBeCloseTo(0, 6);
      }
    }
  });
});

test('the mean energy density of compression is half of E, and the moved edge moves by the strain', () => {
  const cell = spottedImage(16, 1);
  const { loadCases } = createFieldSolver(16, boronInAluminum, { kind: 'compression', plane }).solve(cell);
  const { youngsModulus } = runVirtualTest(cell, boronInAluminum, { kind: 'compression', plane });
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(loadCases.map(({ name }) => name)).toEqual(['compression x', 'compression y']);
  expect(mean(loadCases[0]!.energyDensity) / (youngsModulus!.x / 2)).toBeCloseTo(1, 12);
  expect(mean(loadCases[1]!.energyDensity) / (youngsModulus!.y / 2)).toBeCloseTo(1, 12);
  const displacement = loadCases[0]!.displacement;
  for (let row = 0; row <= 16; row++) {
    expect(displacement[2 * (17 * row)]).toBe(0);
    expect(displacement[2 * (17 * row + 16)]).toBe(-1);
  }
});

test('the mean energy density of a unit strain is half of the stiffness', () => {
  const cell = spottedImage(16, 2);
  const { loadCases } = createFieldSolver(16, boronInAluminum, { kind: 'periodic', plane }).solve(cell);
  const { stiffness } = runVirtualTest(cell, boronInAluminum, { kind: 'periodic', plane });
  [0, 4, 8].forEach((entry, c) => {
    const mean = loadCases[c]!.energyDensity.reduce((sum, value) => sum + value, 0) / 256;
    expect(mean / (stiffness![entry]! / 2)).toBeCloseTo(1, 12);
  });
  // Opposite nodes of the cell part by the strain.
  const at = (column: number, row: number) => loadCases[0]!.displacement[2 * (17 * row + column)]!;
  for (let row = 0; row <= 16; row++) expect(at(16, row) - at(0, row)).toBeCloseTo(1, 12);
});

test('free heating of one material stores no energy and displaces by α', () => {
  const { loadCases } = createFieldSolver(8, boronInAluminum, { kind: 'heating', plane: 'plane-stress' }).solve(spottedImage(8, 3));
  expect(loadCases[2]!.name).toBe('heating');
  const blank = { ...small, width: 8, height: 8, data: new Uint8Array(64) };
  const { displacement, energyDensity } = createFieldSolver(8, boronInAluminum, { kind: 'heating', plane: 'plane-stress' }).solve(blank).loadCases[2]!;
  expect(displacement[2 * 8]! / 23.6e-6).toBeCloseTo(1, 12);
  const restrained = (68.3e9 / 0.7) * 23.6e-6 ** 2;
  for (const energy of energyDensity) expect(Math.abs(energy)).toBeLessThan(1e-12 * restrained);
});
