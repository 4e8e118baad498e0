import { describe, expect, test } from 'vitest';
import { isotropicModuli, largestContrast, poissonRatioOf, youngsModulusOf, type PhasePair, type PlaneAssumption } from '#domain/materials';
import type { Directional } from '#domain/objective';
import { BugError } from '#engine/core/bug-error';
import { createVirtualTester, runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { imageOf, mirrorQuarter, type Image2D } from '#engine/grid/image-2d';
import { createRng } from '#engine/core/rng';
import { exactRollerCell, exactPeriodic } from '#test/support/exact-virtual-test';
import { antiTransposed } from '#test/support/image-symmetries';
import { spottedImage } from '#test/support/spotted-image';

const planes: readonly PlaneAssumption[] = ['plane-stress', 'plane-strain'];
const contrasts = [1, 30, 1e6, 1e7, largestContrast];
/** Round-off of sums, which no estimate counts. */
const roundOff = 1e-11;
const orders = ['white', 'black'] as const;

/** Phases of which one is as much softer as the contrast says, in both moduli of the plane. */
function phasesOf(stiff: 'white' | 'black', contrast: number, expansions: readonly [number, number] = [1e-5, 3e-5]): PhasePair {
  const [white, black] = stiff === 'white' ? [1, 1 / contrast] : [1 / contrast, 1];
  return {
    white: { name: 'white', youngsModulus: white, poissonRatio: 0.3, thermalExpansion: expansions[0] },
    black: { name: 'black', youngsModulus: black, poissonRatio: 0.3, thermalExpansion: expansions[1] },
  };
}

function randomImage(resolution: number, seed: number): Image2D<'binary'> {
  const rng = createRng(seed);
  return imageOf('binary', resolution, resolution, Uint8Array.from({ length: resolution ** 2 }, () => (rng.uniform() < 0.45 ? 1 : 0)));
}

const drawn = (resolution: number, isWhite: (row: number, column: number) => boolean): Image2D<'binary'> =>
  imageOf('binary', resolution, resolution, Uint8Array.from({ length: resolution ** 2 }, (_, p) => (isWhite(Math.floor(p / resolution), p % resolution) ? 1 : 0)));

type Known = Record<'Ex' | 'Ey' | 'nuxy' | 'nuyx' | 'alphax' | 'alphay', number>;

/** The largest error: relative of E and α, absolute of ν. */
function errorOf({ youngsModulus, poissonRatio, thermalExpansion }: VirtualTestResult, known: Known): number {
  const relative = (value: Directional | undefined, x: number, y: number): number[] => (value === undefined ? [] : [value.x / x - 1, value.y / y - 1]);
  const errors = [
    ...relative(youngsModulus, known.Ex, known.Ey),
    ...relative(thermalExpansion, known.alphax, known.alphay),
    poissonRatio!.x - known.nuxy,
    poissonRatio!.y - known.nuyx,
  ];
  return Math.max(...errors.map(Math.abs));
}

describe.each(planes)('%s, against numbers of 120 digits', (plane) => {
  // Single pixels that hang together by corners, or float: nothing is harder on a solver.
  const images = [1, 2].map((seed) => randomImage(6, seed));
  const mirrored = [3, 4].map((seed) => mirrorQuarter(randomImage(3, seed)));

  test.each(contrasts.flatMap((contrast) => orders.map((stiff) => ({ stiff, contrast }))))('$stiff stiffer, contrast $contrast', ({ stiff, contrast }) => {
    const phases = phasesOf(stiff, contrast);
    for (const image of images) {
      const known = exactRollerCell(image, phases, plane);
      for (const kind of ['compression', 'heating'] as const) {
        const result = runVirtualTest(image, phases, { kind, plane });
        expect(errorOf(result, known), kind).toBeLessThan(Math.min(result.statistics.errorEstimate!, 1e-7));
      }
    }
    for (const image of [images[0]!, ...mirrored]) {
      const result = runVirtualTest(image, phases, { kind: 'periodic', plane });
      expect(errorOf(result, exactPeriodic(image, phases, plane)), 'periodic').toBeLessThan(Math.min(result.statistics.errorEstimate!, 1e-7));
    }
  });
});

/** Layers of white and black of equal shares: moduli along and across, Poisson's ratio by a load along. */
function laminate(phases: PhasePair, plane: PlaneAssumption) {
  const stiffnesses = [phases.white, phases.black].map((phase) => {
    const { bulk, shear } = isotropicModuli(phase, plane);
    return { main: bulk + shear, side: bulk - shear, shear, E: youngsModulusOf(bulk, shear), nu: poissonRatioOf(bulk, shear) };
  });
  const mean = (pick: (stiffness: (typeof stiffnesses)[number]) => number): number => (pick(stiffnesses[0]!) + pick(stiffnesses[1]!)) / 2;
  const across = 1 / mean(({ main }) => 1 / main);
  const ratio = mean(({ side, main }) => side / main);
  const along = mean(({ E }) => E);
  return {
    along,
    across: 1 / (1 / across + ratio ** 2 / along),
    /** Under a load along the layers, periodic. */
    poisson: ratio,
    /** The same between rollers, where each layer is a bar of its own. */
    poissonOfBars: mean(({ nu }) => nu),
    shear: 1 / mean((stiffness) => 1 / stiffness.shear),
  };
}

describe.each(planes)('%s, laminates of 64²', (plane) => {
  const layers = { horizontal: drawn(64, (row) => row % 16 < 8), vertical: drawn(64, (_, column) => column % 16 < 8) };
  const shifted = { horizontal: drawn(64, (row) => (row + 3) % 16 < 8), vertical: drawn(64, (_, column) => (column + 3) % 16 < 8) };
  const bound = (actual: number, known: number, estimate: number): void => expect(Math.abs(actual / known - 1)).toBeLessThan(Math.min(estimate + roundOff, 1e-7));

  test.each(contrasts.flatMap((contrast) => orders.map((stiff) => ({ stiff, contrast }))))('$stiff stiffer, contrast $contrast', ({ stiff, contrast }) => {
    const phases = phasesOf(stiff, contrast);
    const known = laminate(phases, plane);
    const periodic = createVirtualTester(64, phases, { kind: 'periodic', plane });
    // Symmetric about both mid-lines, and not: by quarters, and whole.
    for (const { horizontal, vertical } of [{ horizontal: drawn(64, (row) => (row + 4) % 16 < 8), vertical: drawn(64, (_, column) => (column + 4) % 16 < 8) }, shifted]) {
      for (const [image, along, across] of [[horizontal, 'x', 'y'], [vertical, 'y', 'x']] as const) {
        const { youngsModulus, poissonRatio, shearModulus, statistics } = periodic.run(image);
        // That of iterations is relative to the largest entry of the stiffness.
        const estimate = statistics.errorEstimate! * (statistics.solver.startsWith('fft') ? contrast : 1);
        bound(youngsModulus![along], known.along, estimate);
        bound(youngsModulus![across], known.across, estimate);
        bound(poissonRatio![along], known.poisson, estimate);
        bound(shearModulus!, known.shear, estimate);
      }
    }
    const compression = createVirtualTester(64, phases, { kind: 'compression', plane });
    for (const [image, along] of [[layers.horizontal, 'x'], [layers.vertical, 'y']] as const) {
      const { youngsModulus, poissonRatio, statistics } = compression.run(image);
      bound(youngsModulus![along], known.along, statistics.errorEstimate!);
      bound(poissonRatio![along], known.poissonOfBars, statistics.errorEstimate!);
    }
  });
});

test.each(orders)('heating phases that expand alike expands every image as they do, %s stiffer', (stiff) => {
  const phases = phasesOf(stiff, largestContrast, [2e-5, 2e-5]);
  const result = runVirtualTest(spottedImage(64, 3), phases, { kind: 'heating', plane: 'plane-stress' });
  expect(result.thermalExpansion!.x / 2e-5 - 1).within(-1e-6, 1e-6);
  expect(result.thermalExpansion!.y / 2e-5 - 1).within(-1e-6, 1e-6);
});

// Both are sums in another order, so they differ by round-off alone.
test.each(orders)('at the largest contrast, images of 128² and their anti-transposes agree to 1e-6 and within the estimate, %s stiffer', (stiff) => {
  const tester = createVirtualTester(128, phasesOf(stiff, largestContrast), { kind: 'heating', plane: 'plane-stress' });
  for (const seed of [1, 2]) {
    const image = spottedImage(128, seed);
    const { youngsModulus: E, poissonRatio: nu, thermalExpansion: alpha, statistics } = tester.run(antiTransposed(image));
    const known = { Ex: E!.y, Ey: E!.x, nuxy: nu!.y, nuyx: nu!.x, alphax: alpha!.y, alphay: alpha!.x };
    expect(errorOf(tester.run(image), known)).toBeLessThan(Math.min(statistics.errorEstimate!, 1e-6));
    expect(statistics.errorEstimate).toBeLessThan(1e-3);
  }
});

test.each(orders)('a larger contrast is refused, %s stiffer', (stiff) => {
  const at = (contrast: number) => () => createVirtualTester(8, phasesOf(stiff, contrast), { kind: 'periodic', plane: 'plane-stress' });
  expect(at(largestContrast)).not.toThrow();
  expect(at(1.001 * largestContrast)).toThrow(BugError);
});
