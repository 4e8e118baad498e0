import { describe, expect, test } from 'vitest';
import { hashinShtrikmanBulk, reussBound, twoPhases, voigtBound } from '#domain/bounds';
import { isotropicModuli, poissonRatioOf, youngsModulusOf, type PhasePair, type PlaneAssumption } from '#domain/materials';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { BugError } from '#engine/core/bug-error';
import { createCondensation } from '#engine/fem/direct/condensation';
import { createPeriodicDirect } from '#engine/fem/direct/periodic-direct';
import { createVirtualTester, runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { rollerBoundaryConditions } from '#engine/fem/element/boundary-conditions';
import { imageOf, mirrorQuarter, volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { levinExpansion } from '#engine/homogenization/levin';
import { denseRollerCell, densePeriodic } from '#test/support/dense-virtual-test';
import { laminateStiffness } from '#test/support/laminate';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const planes: readonly PlaneAssumption[] = ['plane-stress', 'plane-strain'];
const kinds: readonly VirtualTestKind[] = ['compression', 'heating', 'periodic'];
const pairs = [
  ['contrast 5.55', boronInAluminum],
  ['contrast 683 000', aluminumInFoam],
] as const;

function drawn(resolution: number, isWhite: (row: number, column: number) => boolean): Image2D<'binary'> {
  const white = (_: unknown, p: number): number => (isWhite(Math.floor(p / resolution), p % resolution) ? 1 : 0);
  return imageOf('binary', resolution, resolution, Uint8Array.from({ length: resolution ** 2 }, white));
}

function from(image: Image2D<'binary'>, at: (row: number, column: number, n: number) => readonly [number, number]): Image2D<'binary'> {
  const n = image.width;
  return drawn(n, (row, column) => {
    const [r, c] = at(row, column, n);
    return image.data[r * n + c] === 1;
  });
}

const antiTransposed = (image: Image2D<'binary'>) => from(image, (row, column, n) => [n - 1 - column, n - 1 - row]);
const shifted = (image: Image2D<'binary'>, down: number, right: number) =>
  from(image, (row, column, n) => [(row + down) % n, (column + right) % n]);
const doubled = (image: Image2D<'binary'>) =>
  drawn(2 * image.width, (row, column) => image.data[(row >> 1) * image.width + (column >> 1)] === 1);

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, relative: number): void {
  const scale = Math.max(...Array.from(expected, Math.abs));
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!) / scale).toBeLessThan(relative);
}

describe.each(planes)('%s', (plane) => {
  // The dissection of an odd grid has other shapes than that of a power of two.
  test.each([2, 3, 4, 5, 7, 9])('agrees with full matrices on %i² pixels', (resolution) => {
    const image = drawn(resolution, (row, column) => (row * 5 + column * 3 + row * column) % 7 < 3);
    const roller = denseRollerCell(image, boronInAluminum, plane);
    const heating = runVirtualTest(image, boronInAluminum, { kind: 'heating', plane });
    expectClose([heating.youngsModulus!.x, heating.youngsModulus!.y], [roller.Ex, roller.Ey], 1e-11);
    expectClose([heating.poissonRatio!.x, heating.poissonRatio!.y], [roller.nuxy, roller.nuyx], 1e-11);
    expectClose([heating.thermalExpansion!.x, heating.thermalExpansion!.y], [roller.alphax, roller.alphay], 1e-11);
    const cell = densePeriodic(image, boronInAluminum, plane);
    const periodic = runVirtualTest(image, boronInAluminum, { kind: 'periodic', plane });
    expectClose(periodic.stiffness!, cell.stiffness, 1e-11);
    expectClose([periodic.thermalExpansion!.x, periodic.thermalExpansion!.y], cell.expansion.slice(0, 2), 1e-11);
  });

  test.each(kinds)('%s of one material gives the material', (kind) => {
    const checkerboard = drawn(16, (row, column) => (row + column) % 2 === 0);
    const equal: PhasePair = { white: boronInAluminum.white, black: boronInAluminum.white };
    for (const [image, phases, phase] of [
      [drawn(16, () => true), boronInAluminum, 'white'],
      [drawn(16, () => false), aluminumInFoam, 'black'],
      [checkerboard, equal, 'white'],
    ] as const) {
      const { bulk, shear, thermalExpansion } = isotropicModuli(phases[phase], plane);
      const result = runVirtualTest(image, phases, { kind, plane });
      const E = youngsModulusOf(bulk, shear);
      const nu = poissonRatioOf(bulk, shear);
      expectClose([result.youngsModulus!.x, result.youngsModulus!.y], [E, E], 1e-12);
      expectClose([result.poissonRatio!.x, result.poissonRatio!.y], [nu, nu], 1e-12);
      if (kind === 'periodic') expectClose([result.shearModulus!], [shear], 1e-12);
      const alpha = [thermalExpansion!, thermalExpansion!];
      if (kind !== 'compression') expectClose([result.thermalExpansion!.x, result.thermalExpansion!.y], alpha, 1e-12);
      expect(result.statistics.residual).toBeLessThan(1e-12);
    }
  });

  // One-pixel checkerboards hang together by their corners alone.
  test.each(pairs)('a checkerboard is the repeated cell of 2² pixels, and between rollers what full matrices say, %s', (_, phases) => {
    const checkerboard = (resolution: number) => drawn(resolution, (row, column) => (row + column) % 2 === 0);
    const cell = densePeriodic(checkerboard(2), phases, plane);
    for (const resolution of [2, 16, 64]) {
      const { stiffness, thermalExpansion } = runVirtualTest(checkerboard(resolution), phases, { kind: 'periodic', plane });
      expectClose(stiffness!, cell.stiffness, 1e-8);
      expectClose([thermalExpansion!.x, thermalExpansion!.y], cell.expansion.slice(0, 2), 1e-8);
    }
    const roller = denseRollerCell(checkerboard(6), phases, plane);
    const heating = runVirtualTest(checkerboard(6), phases, { kind: 'heating', plane });
    expectClose([heating.youngsModulus!.x, heating.youngsModulus!.y], [roller.Ex, roller.Ey], 1e-8);
    expectClose([heating.poissonRatio!.x, heating.poissonRatio!.y], [roller.nuxy, roller.nuyx], 1e-8);
    expectClose([heating.thermalExpansion!.x, heating.thermalExpansion!.y], [roller.alphax, roller.alphay], 1e-8);
  });

  test.each(pairs)('a laminate has the stiffness of the closed form, %s', (_, phases) => {
    const moduli = { white: isotropicModuli(phases.white, plane), black: isotropicModuli(phases.black, plane) };
    for (const angle of [0, Math.PI / 2]) {
      const image = drawn(16, (row, column) => (angle === 0 ? column : row) % 8 < 3);
      const exact = laminateStiffness(moduli.white, moduli.black, 5 / 8, [{ angle, share: 1 }]);
      expectClose(runVirtualTest(image, phases, { kind: 'periodic', plane }).stiffness!, exact, 1e-9);
    }
  });

  test.each(pairs)('periodic results lie within Voigt, Reuss and Hashin–Shtrikman, %s', (_, phases) => {
    const tester = createVirtualTester(32, phases, { kind: 'periodic', plane });
    for (let seed = 1; seed <= 5; seed++) {
      const image = spottedImage(32, seed);
      const pair = twoPhases(phases, plane, volumeFraction(image));
      const { stiffness } = tester.run(image);
      const [voigt, reuss] = [voigtBound(pair), reussBound(pair)];
      for (const strain of [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, -1, 0], [1, 2, -3]]) {
        const energy = (C: Float64Array) => C.reduce((sum, c, i) => sum + c * strain[Math.floor(i / 3)]! * strain[i % 3]!, 0);
        expect(energy(stiffness!)).toBeLessThan(energy(voigt));
        expect(energy(stiffness!)).toBeGreaterThan(energy(reuss));
      }
      const bulk = hashinShtrikmanBulk(pair);
      const mean = (stiffness![0]! + 2 * stiffness![1]! + stiffness![4]!) / 4;
      expect(mean).toBeLessThan(bulk.upper);
      expect(mean).toBeGreaterThan(bulk.lower);
    }
  });

  test.each(pairs)('the heated periodic cell expands as Levin says, %s', (_, phases) => {
    const { stiffness, thermalExpansion } = runVirtualTest(spottedImage(64, 3), phases, { kind: 'periodic', plane });
    const levin = levinExpansion(stiffness!, phases, plane)!;
    expectClose([thermalExpansion!.x, thermalExpansion!.y], [levin.xx, levin.yy], 1e-8);
  });
});

const plane = 'plane-stress';

test.each(kinds)('%s: the anti-transposed image swaps x and y', (kind) => {
  const tester = createVirtualTester(32, boronInAluminum, { kind, plane });
  const image = spottedImage(32, 7);
  const one = tester.run(image);
  const other = tester.run(antiTransposed(image));
  for (const property of ['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const) {
    const values = one[property];
    if (values !== undefined) expectClose([other[property]!.x, other[property]!.y], [values.y, values.x], 1e-11);
  }
  expect(one.youngsModulus!.x).not.toBeCloseTo(one.youngsModulus!.y, -3);
});

test('a periodic shift changes nothing', () => {
  const tester = createVirtualTester(32, boronInAluminum, { kind: 'periodic', plane });
  const image = spottedImage(32, 8);
  const { stiffness, thermalExpansion } = tester.run(image);
  for (const [down, right] of [[1, 0], [0, 16], [5, 27]] as const) {
    const moved = tester.run(shifted(image, down, right));
    expectClose(moved.stiffness!, stiffness!, 1e-11);
    expectClose([moved.thermalExpansion!.x], [thermalExpansion!.x], 1e-11);
  }
});

test.each(pairs)('a quarter between four platens is the mirrored periodic cell, %s', (_, phases) => {
  const quarter = spottedImage(16, 9);
  const condensed = createCondensation(rollerBoundaryConditions(16, 0), phases, plane).condense(quarter);
  const size = 2 * 17;
  const platens = [0, 0, 0, 0];
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) platens[2 * Math.floor(r / 17) + Math.floor(c / 17)]! += condensed[r * size + c]!;
  }
  const { stiffness } = createPeriodicDirect(32, phases, { kind: 'periodic', plane }).solve(mirrorQuarter(quarter)).properties;
  expectClose(platens, [stiffness![0]!, stiffness![1]!, stiffness![3]!, stiffness![4]!], 1e-8);
});

test.each(kinds)('%s: finer pixels of the same image are softer', (kind) => {
  const coarse = spottedImage(16, 10);
  const stiffer = runVirtualTest(coarse, boronInAluminum, { kind, plane }).youngsModulus!;
  const softer = runVirtualTest(doubled(coarse), boronInAluminum, { kind, plane }).youngsModulus!;
  expect(softer.x).toBeLessThan(stiffer.x);
  expect(softer.y).toBeLessThan(stiffer.y);
  expect(softer.x).toBeGreaterThan(0.9 * stiffer.x);
});

test.each(kinds)('%s: a used tester gives the same bytes as a new one', (kind) => {
  const image = spottedImage(32, 11);
  const used = createVirtualTester(32, aluminumInFoam, { kind, plane });
  used.run(spottedImage(32, 12));
  expect(used.run(image)).toEqual(runVirtualTest(image, aluminumInFoam, { kind, plane }));
});

test('every machine finds the same bytes', () => {
  const exactly = (values: Iterable<number>): string => Buffer.from(Float64Array.from(values).buffer).toString('hex');
  const image = spottedImage(32, 17);
  const heating = runVirtualTest(image, aluminumInFoam, { kind: 'heating', plane });
  expect(exactly([heating.youngsModulus!.x, heating.thermalExpansion!.y])).toMatchInlineSnapshot(`"f0cb8ba0abd3d8417ad2eaf56245e83e"`);
  expect(exactly(runVirtualTest(image, boronInAluminum, { kind: 'periodic', plane }).stiffness!.subarray(0, 2))).toMatchInlineSnapshot(`"7a7d99d41e63404266b6735d8c562242"`);
});

test('heating finds the moduli of compression', () => {
  const image = spottedImage(32, 13);
  const compression = runVirtualTest(image, boronInAluminum, { kind: 'compression', plane });
  const heating = runVirtualTest(image, boronInAluminum, { kind: 'heating', plane });
  expectClose([heating.youngsModulus!.x, heating.youngsModulus!.y], [compression.youngsModulus!.x, compression.youngsModulus!.y], 1e-12);
  expect(compression.thermalExpansion).toBeUndefined();
});

test('the periodic test without expansions has none', () => {
  const { thermalExpansion: _, ...boron } = boronInAluminum.white;
  const result = runVirtualTest(spottedImage(16, 14), { ...boronInAluminum, white: boron }, { kind: 'periodic', plane });
  expect(result.thermalExpansion).toBeUndefined();
  expect(result.stiffness![0]).toBeGreaterThan(68e9);
});

test('statistics tell the unknowns and a true residual', () => {
  const image = spottedImage(32, 15);
  for (const [kind, unknowns] of [['compression', 2 * 33 * 32], ['periodic', 2 * 32 * 32 - 2]] as const) {
    const { statistics } = runVirtualTest(image, boronInAluminum, { kind, plane });
    expect(statistics).toMatchObject({ solver: 'nested-dissection-cholesky', unknowns, iterations: 0 });
    expect(statistics.residual).toBeGreaterThan(0);
    expect(statistics.residual).toBeLessThan(1e-12);
  }
});

describe('refuses what the language has checked', () => {
  const image = spottedImage(16, 16);
  test.each([
    ['a modulus of zero', { youngsModulus: 0, poissonRatio: 0.3 }],
    ['a modulus that is no number', { youngsModulus: NaN, poissonRatio: 0.3 }],
    ['an infinite modulus', { youngsModulus: Infinity, poissonRatio: 0.3 }],
    ["a Poisson's ratio of a half", { youngsModulus: 1e9, poissonRatio: 0.5 }],
    ["a Poisson's ratio that is no number", { youngsModulus: 1e9, poissonRatio: NaN }],
    ['an infinite expansion', { youngsModulus: 1e9, poissonRatio: 0.3, thermalExpansion: Infinity }],
    ['an expansion that is no number', { youngsModulus: 1e9, poissonRatio: 0.3, thermalExpansion: NaN }],
  ])('%s', (_, constants) => {
    const phases = { ...boronInAluminum, black: { name: 'wrong', ...constants } };
    expect(() => runVirtualTest(image, phases, { kind: 'compression', plane })).toThrow(BugError);
  });

  test('heating without an expansion', () => {
    const phases = { ...boronInAluminum, black: { name: 'cold', youngsModulus: 1e9, poissonRatio: 0.3 } };
    expect(() => runVirtualTest(image, phases, { kind: 'heating', plane })).toThrow(/cold has no expansion/);
  });

  test('an image of another size', () => {
    const tester = createVirtualTester(32, boronInAluminum, { kind: 'compression', plane });
    expect(() => tester.run(image)).toThrow(/16 × 16 in a test of 32 × 32/);
  });

  // 64 pixels are solved by iterations at contrast 5.55, all else directly.
  test.each([16, 64])('pixels of neither phase, %i²', (resolution) => {
    for (const kind of kinds) {
      const tester = createVirtualTester(resolution, boronInAluminum, { kind, plane });
      const gray = spottedImage(resolution, 16);
      gray.data[7] = 2;
      expect(() => tester.run(gray)).toThrow(/neither white nor black/);
    }
  });
});
