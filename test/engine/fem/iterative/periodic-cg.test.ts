/* The iterative solver of `periodic` against the direct one, and its bound against its error. */
import { describe, expect, test } from 'vitest';
import { isotropicModuli } from '#domain/materials';
import { createPeriodicCg } from '#engine/fem/iterative/periodic-cg';
import { createPeriodicDirect } from '#engine/fem/direct/periodic-direct';
import { laminateStiffness } from '#test/support/laminate';
import { drawnImage, goldenImages, lowContrasts } from '#test/support/low-contrast';
import { spottedImage } from '#test/support/spotted-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const plane = 'plane-stress';
const settings = { kind: 'periodic', plane } as const;
const limits = { tolerance: 1e-9, iterations: 150 };

/** Largest difference relative to the largest number. */
function apart(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  const size = Math.max(...Array.from(theirs, Math.abs));
  return Math.max(...Array.from(theirs, (value, i) => Math.abs(value - ours[i]!))) / size;
}

describe.each(lowContrasts)('%s', (_, phases) => {
  test('every entry lies within the bound of the direct solver\'s, in all families', () => {
    const iterative = createPeriodicCg(128, phases, plane);
    const direct = createPeriodicDirect(128, phases, settings);
    for (const [name, image] of goldenImages) {
      const ours = iterative.solve(image, limits);
      const theirs = direct.solve(image);
      expect(ours.converged, name).toBe(true);
      expect(ours.statistics.errorEstimate!, name).toBeLessThanOrEqual(1e-9);
      // The direct solver itself has round-off.
      expect(apart(ours.properties.stiffness!, theirs.properties.stiffness!), name).toBeLessThan(ours.statistics.errorEstimate! + 1e-12);
      expect(apart(ours.thermalStress!, theirs.thermalStress!), name).toBeLessThan(1e-8);
      expect(ours.statistics.residual, name).toBeLessThan(1e-3);
      expect(ours.statistics.iterations, name).toBeLessThan(60);
    }
  });

  test('the bound holds wherever the iterations end', () => {
    const image = spottedImage(64, 5);
    const iterative = createPeriodicCg(64, phases, plane);
    const { properties: { stiffness } } = createPeriodicDirect(64, phases, settings).solve(image);
    const errors = [0, 1, 2, 3, 5].map((iterations) => {
      const rough = iterative.solve(image, { tolerance: 1e-9, iterations });
      expect(rough).toMatchObject({ converged: false, statistics: { iterations } });
      expect(apart(rough.properties.stiffness!, stiffness!)).toBeLessThan(rough.statistics.errorEstimate!);
      return rough.statistics.errorEstimate!;
    });
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    // A bound that is far too large would be safe and of no use.
    expect(errors[4]!).toBeLessThan(0.2);
  });
});

test('plane strain, and a looser tolerance', () => {
  const image = spottedImage(64, 6);
  const { properties: { stiffness }, thermalStress } = createPeriodicDirect(64, boronInAluminum, { kind: 'periodic', plane: 'plane-strain' }).solve(image);
  const iterative = createPeriodicCg(64, boronInAluminum, 'plane-strain');
  let before = Infinity;
  for (const tolerance of [1e-4, 1e-6, 1e-8]) {
    const answer = iterative.solve(image, { tolerance, iterations: 150 });
    expect(answer.statistics.errorEstimate!).toBeLessThanOrEqual(tolerance);
    expect(answer.statistics.errorEstimate!).toBeLessThan(before);
    expect(apart(answer.properties.stiffness!, stiffness!)).toBeLessThan(answer.statistics.errorEstimate!);
    expect(apart(answer.thermalStress!, thermalStress!)).toBeLessThan(tolerance);
    before = answer.statistics.errorEstimate!;
  }
});

describe('what is known exactly', () => {
  test.each([
    ['white', drawnImage(64, () => true), boronInAluminum, 'white'],
    ['black', drawnImage(64, () => false), boronInAluminum, 'black'],
    ['equal phases', spottedImage(64, 1), { white: boronInAluminum.black, black: boronInAluminum.black }, 'black'],
  ] as const)('%s: the material, without an iteration', (_, image, phases, phase) => {
    const { properties: { stiffness }, thermalStress, statistics: { iterations, residual, errorEstimate } } = createPeriodicCg(64, phases, plane).solve(image, limits);
    const { bulk, shear, thermalExpansion } = isotropicModuli(phases[phase], plane);
    expect(apart(stiffness!, [bulk + shear, bulk - shear, 0, bulk - shear, bulk + shear, 0, 0, 0, shear])).toBeLessThan(1e-12);
    expect(apart(thermalStress!, [2 * bulk * thermalExpansion!, 2 * bulk * thermalExpansion!, 0])).toBeLessThan(1e-12);
    expect([iterations, residual, errorEstimate]).toEqual([0, 0, 0]);
  });

  test.each([1, 2, 4])('checkerboards of %i pixels as by the direct solver', (edge) => {
    const image = drawnImage(64, (row, column) => (Math.floor(row / edge) + Math.floor(column / edge)) % 2 === 0);
    const { properties: { stiffness } } = createPeriodicCg(64, boronInAluminum, plane).solve(image, { tolerance: 1e-12, iterations: 150 });
    expect(apart(stiffness!, createPeriodicDirect(64, boronInAluminum, settings).solve(image).properties.stiffness!)).toBeLessThan(1e-12);
  });

  test('laminates', () => {
    const moduli = { white: isotropicModuli(boronInAluminum.white, plane), black: isotropicModuli(boronInAluminum.black, plane) };
    const iterative = createPeriodicCg(64, boronInAluminum, plane);
    for (const angle of [0, Math.PI / 2]) {
      const image = drawnImage(64, (row, column) => (angle === 0 ? column : row) % 8 < 3);
      const exact = laminateStiffness(moduli.white, moduli.black, 5 / 8, [{ angle, share: 1 }]);
      expect(apart(iterative.solve(image, limits).properties.stiffness!, exact)).toBeLessThan(1e-9);
    }
  });
});

test('a periodic shift and a quarter turn change as little as the bound', () => {
  const n = 64;
  const image = spottedImage(n, 8);
  const iterative = createPeriodicCg(n, boronInAluminum, plane);
  const { stiffness } = iterative.solve(image, limits).properties;
  const C = stiffness!;
  for (const [down, right] of [[1, 0], [0, 32], [5, 27]] as const) {
    const moved = drawnImage(n, (row, column) => image.data[((row + down) % n) * n + ((column + right) % n)] === 1);
    expect(apart(iterative.solve(moved, limits).properties.stiffness!, stiffness!)).toBeLessThan(1e-9);
  }
  const turned = drawnImage(n, (row, column) => image.data[column * n + (n - 1 - row)] === 1);
  expect(apart(iterative.solve(turned, limits).properties.stiffness!, [C[4]!, C[3]!, -C[7]!, C[1]!, C[0]!, -C[6]!, -C[5]!, -C[2]!, C[8]!])).toBeLessThan(2e-9);
});

test('an image does not feel the one before, and every machine finds the same bytes', () => {
  const image = spottedImage(64, 11);
  const used = createPeriodicCg(64, boronInAluminum, plane);
  used.solve(spottedImage(64, 12), limits);
  const answer = used.solve(image, limits);
  expect(answer).toEqual(createPeriodicCg(64, boronInAluminum, plane).solve(image, limits));
  expect(Buffer.from(answer.properties.stiffness!.buffer).toString('hex').slice(0, 48)).toMatchInlineSnapshot(`"99d35bf0b8e040425469caa33e46254232e86aaa327cecc1"`);
});

test('phases without expansion have no thermal stress, and the same stiffness', () => {
  const bare = (phase: 'white' | 'black') => ({ ...boronInAluminum[phase], thermalExpansion: 0 });
  const image = spottedImage(64, 13);
  const answer = createPeriodicCg(64, { white: bare('white'), black: bare('black') }, plane).solve(image, limits);
  expect(Array.from(answer.thermalStress!, Math.abs)).toEqual([0, 0, 0]);
  expect(answer.properties.stiffness!).toEqual(createPeriodicCg(64, boronInAluminum, plane).solve(image, limits).properties.stiffness!);
});
