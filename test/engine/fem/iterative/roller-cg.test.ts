/* Compression by iterations against the direct solver, and its bound against its error. */
import { describe, expect, test } from 'vitest';
import { createRollerCg } from '#engine/fem/iterative/roller-cg';
import { createRollerDirect } from '#engine/fem/direct/roller-direct';
import type { TestProperties } from '#engine/fem/virtual-test';
import { drawnImage, goldenImages, lowContrasts } from '#test/support/low-contrast';
import { spottedImage } from '#test/support/spotted-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const plane = 'plane-stress';
const settings = { kind: 'compression', plane } as const;
const limits = { tolerance: 1e-9, iterations: 150 };

/** The largest relative difference of E or difference of ν. */
function apart(ours: TestProperties, theirs: TestProperties): number {
  const directions = ['x', 'y'] as const;
  return Math.max(
    ...directions.map((d) => Math.abs(ours.youngsModulus![d] / theirs.youngsModulus![d] - 1)),
    ...directions.map((d) => Math.abs(ours.poissonRatio![d] - theirs.poissonRatio![d])),
  );
}

describe.each(lowContrasts)('%s', (_, phases) => {
  test('E and ν lie within the bound of the direct solver\'s, in all families', () => {
    const iterative = createRollerCg(128, phases, plane);
    const direct = createRollerDirect(128, phases, settings);
    for (const [name, image] of goldenImages) {
      const ours = iterative.solve(image, limits);
      expect(ours.converged, name).toBe(true);
      expect(ours.statistics.errorEstimate!, name).toBeLessThanOrEqual(1e-9);
      // The direct solver itself has round-off.
      expect(apart(ours.properties, direct.solve(image).properties), name).toBeLessThan(ours.statistics.errorEstimate! + 2e-12);
      expect(ours.statistics.residual, name).toBeLessThan(1e-3);
      expect(ours.statistics.iterations, name).toBeLessThan(60);
    }
  });

  test('the bound holds wherever the iterations end', () => {
    const image = spottedImage(64, 5);
    const iterative = createRollerCg(64, phases, plane);
    const exact = createRollerDirect(64, phases, settings).solve(image).properties;
    const bounds = [0, 1, 2, 3, 5].map((iterations) => {
      const rough = iterative.solve(image, { tolerance: 1e-9, iterations });
      expect(rough).toMatchObject({ converged: false, statistics: { iterations } });
      expect(apart(rough.properties, exact)).toBeLessThan(rough.statistics.errorEstimate!);
      return rough.statistics.errorEstimate!;
    });
    expect(bounds).toEqual([...bounds].sort((a, b) => b - a));
    // A bound that is far too large would be safe and of no use.
    expect(bounds[4]!).toBeLessThan(0.3);
  });
});

test('as many iterations on finer pixels', () => {
  const iterations = [64, 128, 256].map((n) => createRollerCg(n, boronInAluminum, plane).solve(spottedImage(n, 7), limits).statistics.iterations);
  expect(Math.max(...iterations)).toBeLessThanOrEqual(12);
});

test('plane strain, and a looser tolerance', () => {
  const image = spottedImage(64, 6);
  const exact = createRollerDirect(64, boronInAluminum, { kind: 'compression', plane: 'plane-strain' }).solve(image).properties;
  const iterative = createRollerCg(64, boronInAluminum, 'plane-strain');
  let before = Infinity;
  for (const tolerance of [1e-4, 1e-6, 1e-8]) {
    const answer = iterative.solve(image, { tolerance, iterations: 150 });
    expect(answer.statistics.errorEstimate!).toBeLessThanOrEqual(tolerance);
    expect(answer.statistics.errorEstimate!).toBeLessThan(before);
    expect(apart(answer.properties, exact)).toBeLessThan(answer.statistics.errorEstimate!);
    before = answer.statistics.errorEstimate!;
  }
});

describe('what is known exactly', () => {
  test.each([
    ['white', drawnImage(64, () => true), boronInAluminum, 'white'],
    ['black', drawnImage(64, () => false), boronInAluminum, 'black'],
    ['equal phases', spottedImage(64, 1), { white: boronInAluminum.black, black: boronInAluminum.black }, 'black'],
  ] as const)('%s: the material, without an iteration', (_, image, phases, phase) => {
    const answer = createRollerCg(64, phases, plane).solve(image, limits);
    const { youngsModulus: E, poissonRatio: nu } = phases[phase];
    expect(apart(answer.properties, { youngsModulus: { x: E, y: E }, poissonRatio: { x: nu, y: nu } })).toBeLessThan(1e-12);
    expect(answer.statistics.iterations).toBe(0);
    expect(answer.statistics.residual).toBeLessThan(1e-14);
    expect(answer.statistics.errorEstimate!).toBeLessThan(1e-24);
  });

  test.each([1, 2, 4])('checkerboards of %i pixels as by the direct solver', (edge) => {
    const image = drawnImage(64, (row, column) => (Math.floor(row / edge) + Math.floor(column / edge)) % 2 === 0);
    const answer = createRollerCg(64, boronInAluminum, plane).solve(image, { tolerance: 1e-12, iterations: 150 });
    expect(answer.converged).toBe(true);
    expect(apart(answer.properties, createRollerDirect(64, boronInAluminum, settings).solve(image).properties)).toBeLessThan(2e-12);
  });

  test('layers along the load: the mean of the moduli, where the layers\' Poisson\'s ratios are equal', () => {
    const image = drawnImage(64, (row) => row % 8 < 3);
    const { youngsModulus } = createRollerCg(64, boronInAluminum, plane).solve(image, limits).properties;
    const mean = (3 * boronInAluminum.white.youngsModulus + 5 * boronInAluminum.black.youngsModulus) / 8;
    expect(youngsModulus!.x / mean - 1).within(-1e-9, 1e-9);
  });
});

test('the anti-transposed image swaps x and y to the bit', () => {
  const n = 64;
  const image = spottedImage(n, 8);
  const swapped = drawnImage(n, (row, column) => image.data[(n - 1 - column) * n + (n - 1 - row)] === 1);
  const iterative = createRollerCg(n, boronInAluminum, plane);
  const [one, other] = [iterative.solve(image, limits).properties, iterative.solve(swapped, limits).properties];
  expect([other.youngsModulus!.y, other.youngsModulus!.x]).toEqual([one.youngsModulus!.x, one.youngsModulus!.y]);
  expect([other.poissonRatio!.y, other.poissonRatio!.x]).toEqual([one.poissonRatio!.x, one.poissonRatio!.y]);
});

test('an image does not feel the one before, and every machine finds the same bytes', () => {
  const image = spottedImage(64, 11);
  const used = createRollerCg(64, boronInAluminum, plane);
  used.solve(spottedImage(64, 12), limits);
  const answer = used.solve(image, limits);
  expect(answer).toEqual(createRollerCg(64, boronInAluminum, plane).solve(image, limits));
  const { youngsModulus, poissonRatio } = answer.properties;
  const bytes = Buffer.from(Float64Array.of(youngsModulus!.x, youngsModulus!.y, poissonRatio!.x, poissonRatio!.y).buffer);
  expect(bytes.toString('hex')).toMatchInlineSnapshot(`"e4b05a3969813e42fa8d338314fe3e426dad405bab20d33f886f5dfc8914d43f"`);
});
