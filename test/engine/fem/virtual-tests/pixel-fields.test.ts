import { describe, expect, test } from 'vitest';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { pixelFields } from '#engine/fem/virtual-tests/pixel-fields';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { createFieldSolver } from '#engine/fem/virtual-tests/solve-fields';
import { imageOf } from '#engine/grid/image-2d';
import { inverse3 } from '#engine/numerics/matrix-3';
import { image } from '#test/support/draw-image';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const planes = ['plane-stress', 'plane-strain'] as const;

function fieldsOf(cell: ReturnType<typeof image>, kind: VirtualTestKind, plane: (typeof planes)[number], phases = boronInAluminum) {
  return createFieldSolver(cell.width, phases, { kind, plane })
    .solve(cell)
    .loadCases.map((loadCase) => ({ ...loadCase, ...pixelFields(cell, loadCase, phases, plane) }));
}

/** Mean of each of the three components. */
function meanOf(values: Float64Array): number[] {
  const sum = [0, 0, 0];
  values.forEach((value, i) => (sum[i % 3]! += value));
  return sum.map((total) => (3 * total) / values.length);
}

function expectNear(actual: readonly number[], expected: readonly number[], scale: number): void {
  for (const [i, value] of expected.entries()) expect((actual[i]! - value) / scale).toBeCloseTo(0, 10);
}

describe.each(planes)('%s', (plane) => {
  const bare = imageOf('binary', 4, 4, new Uint8Array(16).fill(1));
  const { youngsModulus: E, poissonRatio: nu, thermalExpansion: alpha } = boronInAluminum.white;
  const [young, poisson, expansion] =
    plane === 'plane-stress' ? [E, nu, alpha!] : [E / (1 - nu * nu), nu / (1 - nu), (1 + nu) * alpha!];

  test('one material strains and stresses alike in every pixel, as its constants say', () => {
    const expected = [
      { name: 'compression x', strain: [-1, poisson, 0], stress: [-young, 0, 0] },
      { name: 'compression y', strain: [poisson, -1, 0], stress: [0, -young, 0] },
      { name: 'heating', strain: [expansion, expansion, 0], stress: [0, 0, 0] },
    ];
    const solved = fieldsOf(bare, 'heating', plane);
    expect(solved.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    solved.forEach(({ name, strain, stress }, c) => {
      const unit = name === 'heating' ? alpha! : 1;
      for (let p = 0; p < 16; p++) {
        expectNear([...strain.subarray(3 * p, 3 * p + 3)], expected[c]!.strain, unit);
        expectNear([...stress.subarray(3 * p, 3 * p + 3)], expected[c]!.stress, unit * E);
      }
    });
  });

  test('in a periodic cell mean strains are the unit strains, and mean stresses the effective stiffness times them', () => {
    const cell = spottedImage(16, 5);
    const { stiffness, thermalExpansion } = runVirtualTest(cell, boronInAluminum, { kind: 'periodic', plane });
    const [one, two, shear, heated] = fieldsOf(cell, 'periodic', plane);
    [one!, two!, shear!].forEach(({ strain, stress }, c) => {
      expectNear(meanOf(strain), [0, 1, 2].map((r) => (r === c ? 1 : 0)), 1);
      expectNear(meanOf(stress), [0, 1, 2].map((r) => stiffness![3 * r + c]!), stiffness![0]!);
    });
    expectNear(meanOf(heated!.strain), [0, 0, 0], alpha!);
    // The constrained cell would expand by α*, so it is pressed by C α*.
    const pressed = meanOf(heated!.stress);
    const S = inverse3(stiffness!);
    const free = [0, 1].map((r) => -(S[3 * r]! * pressed[0]! + S[3 * r + 1]! * pressed[1]! + S[3 * r + 2]! * pressed[2]!));
    expectNear(free, [thermalExpansion!.x, thermalExpansion!.y], alpha!);
  });

  test('under compression the mean stress along the load is the modulus, across it nothing', () => {
    const cell = spottedImage(16, 6);
    const { youngsModulus } = runVirtualTest(cell, boronInAluminum, { kind: 'compression', plane });
    const [x, y] = fieldsOf(cell, 'compression', plane);
    expectNear(meanOf(x!.stress).slice(0, 2), [-youngsModulus!.x, 0], youngsModulus!.x);
    expectNear(meanOf(y!.stress).slice(0, 2), [0, -youngsModulus!.y], youngsModulus!.y);
    expectNear([meanOf(x!.strain)[0]!], [-1], 1);
  });
});

test('freely heated, the mean stress vanishes at every contrast', () => {
  const heating = fieldsOf(spottedImage(16, 7), 'heating', 'plane-stress', aluminumInFoam)[2]!;
  const constrained = aluminumInFoam.white.youngsModulus * aluminumInFoam.white.thermalExpansion!;
  expectNear(meanOf(heating.stress).slice(0, 2), [0, 0], constrained);
});

test('row 0 is the top edge: a soft top row is squeezed more', () => {
  const layered = image(`
    ....
    ####
    ####
    ####`);
  const [, y] = fieldsOf(layered, 'compression', 'plane-stress');
  for (let column = 0; column < 4; column++) {
    expect(y!.strain[3 * column + 1]).toBeLessThan(2 * y!.strain[3 * (12 + column) + 1]!);
  }
});
