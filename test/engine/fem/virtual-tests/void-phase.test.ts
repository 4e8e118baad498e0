import { describe, expect, test } from 'vitest';
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import { families } from '#domain/microstructures';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { BugError } from '#engine/core/bug-error';
import { createRng } from '#engine/core/rng';
import { createVirtualTester, runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { createFieldSolver } from '#engine/fem/virtual-tests/solve-fields';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { imageOf, mirrorQuarter, type Image2D } from '#engine/grid/image-2d';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import { onlyFamily, smallDatabase } from '#test/support/database-settings';
import { image as drawn } from '#test/support/draw-image';
import { exactRollerCell, exactPeriodic } from '#test/support/exact-virtual-test';
import { antiTransposed } from '#test/support/image-symmetries';

const planes: readonly PlaneAssumption[] = ['plane-stress', 'plane-strain'];
const nothing = { poissonRatio: 0, thermalExpansion: 0 };

/** Solid and black pixels of this modulus; 0 is the void. */
function porous(soft: number, solid = 1): PhasePair {
  return {
    white: { name: 'solid', youngsModulus: solid, poissonRatio: 0.3, thermalExpansion: 1e-5 },
    black: { name: 'void', youngsModulus: soft, ...nothing },
  };
}

function randomImage(resolution: number, seed: number): Image2D<'binary'> {
  const rng = createRng(seed);
  return imageOf('binary', resolution, resolution, Uint8Array.from({ length: resolution ** 2 }, () => (rng.uniform() < 0.65 ? 1 : 0)));
}

/** What is this small of a limit is zero in it. */
const limit = (value: number): number => (value < 1e-30 ? 0 : value);

describe.each(planes)('%s: the limit of a modulus of 1e-40, in numbers of 120 digits', (plane) => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  /** E, G, ν and α of a result and what they are in the limit. */
  const pairsOf = ({ youngsModulus, poissonRatio, shearModulus, thermalExpansion }: VirtualTestResult, known: Partial<ReturnType<typeof exactPeriodic>> & ReturnType<typeof exactRollerCell>) => {
    const [Ex, Ey] = [limit(known.Ex), limit(known.Ey)];
    const whole = Ex > 0 && Ey > 0;
    expect(poissonRatio !== undefined).toBe(whole);
    return {
      moduli: [[youngsModulus!.x, Ex], [youngsModulus!.y, Ey], ...(shearModulus === undefined ? [] : [[shearModulus, limit(known.Gxy!)]])] as [number, number][],
      ratios: (poissonRatio ? [[poissonRatio.x, known.nuxy], [poissonRatio.y, known.nuyx]] : []) as [number, number][],
      expansions: (thermalExpansion ? [[thermalExpansion.x, known.alphax], [thermalExpansion.y, known.alphay]] : []) as [number, number][],
    };
  };
  const check = (image: Image2D<'binary'>, kind: VirtualTestKind): { readonly zeros: number; readonly values: number } => {
    const result = runVirtualTest(image, porous(0), { kind, plane });
    const known = kind === 'periodic' ? exactPeriodic(image, porous(1e-40), plane) : exactRollerCell(image, porous(1e-40), plane);
    const { moduli, ratios, expansions } = pairsOf(result, known);
    const estimate = result.statistics.errorEstimate!;
    for (const [value, exact] of moduli) {
      if (exact === 0) expect(value).toBe(0);
      else expect(Math.abs(value / exact - 1)).toBeLessThan(Math.min(estimate, 1e-9));
    }
    for (const [value, exact] of ratios) expect(Math.abs(value - exact)).toBeLessThan(Math.min(estimate, 1e-7));
    for (const [value, exact] of expansions) expect(Math.abs(value / exact - 1)).toBeLessThan(Math.min(estimate, 1e-7));
    const zeros = moduli.filter(([, exact]) => exact === 0).length;
    return { zeros, values: moduli.length - zeros };
  };
  const total = (counts: readonly { readonly zeros: number; readonly values: number }[]) => ({
    zeros: counts.reduce((sum, { zeros }) => sum + zeros, 0),
    values: counts.reduce((sum, { values }) => sum + values, 0),
  });

  // At 65 % of single pixels there are islands, dead ends, pieces that hang by one corner, and cells without a load path.
  test.each(['compression', 'heating', 'periodic'] as const)('%s of random pixels', (kind) => {
    const { zeros, values } = total(seeds.map((seed) => check(randomImage(6, seed), kind)));
    expect(zeros).toBeGreaterThan(0);
    expect(values).toBeGreaterThan(zeros);
  });

  test('mirrored cells, by quarters', () => {
    const { zeros, values } = total(seeds.map((seed) => check(mirrorQuarter(randomImage(3, seed)), 'periodic')));
    expect(zeros).toBeGreaterThan(0);
    expect(values).toBeGreaterThan(zeros);
  });

  test.each([
    ['separate bars', '######\n......\n######\n......\n######\n......'],
    ['a floating island in a frame', '########\n#......#\n#......#\n#..##..#\n#..##..#\n#......#\n#......#\n########'],
    ['a checkerboard, all hinges', '##..##..\n##..##..\n..##..##\n..##..##\n##..##..\n##..##..\n..##..##\n..##..##'],
    ['a chain that hangs by corners', '##......\n##......\n..##....\n..##....\n....##..\n....##..\n......##\n......##'],
    ['islands alone', '......\n.##...\n.##...\n......\n....#.\n......'],
  ])('%s', (_, rows) => {
    const image = drawn(rows);
    for (const kind of ['compression', 'heating', 'periodic'] as const) check(image, kind);
  });
});

describe.each(families)('%s', (family) => {
  const settings = onlyFamily(smallDatabase, family);
  const images = [0, 1, 2].map((index) => {
    const generated = generateMicrostructure(createRng(5), settings, index);
    if (!generated.ok) throw new Error(generated.findings[0]!.message);
    return generated.value.image;
  });
  /** The solid black: 60 % of it, which mostly hangs together. */
  const swapped = images.map(({ width, data }) => imageOf('binary', width, width, data.map((value) => 1 - value)));

  test.each(['compression', 'heating', 'periodic'] as const)('%s: softer and softer pores come nearer and nearer, and E from above', (kind) => {
    for (const image of [...images, ...swapped, mirrorQuarter(swapped[0]!)]) {
      const at = (soft: number) => runVirtualTest(image, porous(soft, 70e9), { kind, plane: 'plane-stress' });
      const exact = at(0);
      const [near, nearer] = [at(70e9 * 1e-6), at(70e9 * 1e-8)];
      for (const direction of ['x', 'y'] as const) {
        const E = exact.youngsModulus![direction];
        const [far, close] = [near, nearer].map(({ youngsModulus }) => youngsModulus![direction] - E) as [number, number];
        expect(far).toBeGreaterThan(0);
        expect(close).toBeGreaterThan(0);
        // What is left falls as the modulus does: a hundredth.
        expect(close / far).toBeLessThan(0.02);
        expect(E === 0 || close / E < 1e-3).toBe(true);
      }
      if (exact.poissonRatio === undefined) continue;
      for (const [property, scale] of [['poissonRatio', 1], ['thermalExpansion', 1e-5]] as const) {
        const value = exact[property];
        if (value === undefined) continue;
        const [far, close] = [near, nearer].map((result) => Math.abs(result[property]!.x - value.x) / scale) as [number, number];
        expect(close).toBeLessThan(0.03 * far + 1e-7);
      }
    }
  });

  test('the anti-transposed image swaps x and y', () => {
    const tester = createVirtualTester(32, porous(0), { kind: 'heating', plane: 'plane-strain' });
    for (const image of [...images, ...swapped]) {
      const [one, other] = [tester.run(image), tester.run(antiTransposed(image))];
      expect(one.poissonRatio === undefined).toBe(other.poissonRatio === undefined);
      for (const property of ['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const) {
        const [values, back] = [one[property], other[property]];
        if (values === undefined) continue;
        const scale = property === 'poissonRatio' ? 1 : Math.max(values.x, values.y) || 1;
        expect(Math.abs(back!.x - values.y) / scale).toBeLessThan(1e-7);
        expect(Math.abs(back!.y - values.x) / scale).toBeLessThan(1e-7);
      }
    }
  });
});

test('a white void is a black one of the swapped image', () => {
  const image = randomImage(8, 3);
  const swapped = imageOf('binary', 8, 8, image.data.map((value) => 1 - value));
  const { white, black } = porous(0);
  for (const kind of ['heating', 'periodic'] as const) {
    const settings = { kind, plane: 'plane-stress' } as const;
    const { volumeFraction: _, ...one } = runVirtualTest(image, { white, black }, settings);
    const { volumeFraction: __, ...other } = runVirtualTest(swapped, { white: black, black: white }, settings);
    expect(other).toEqual(one);
  }
});

test('no stress and no energy in a void', () => {
  const image = drawn('########\n#......#\n#......#\n#..##..#\n#..##..#\n#......#\n#......#\n########');
  for (const kind of ['compression', 'heating', 'periodic'] as const) {
    const { loadCases, youngsModulus } = createFieldSolver(8, porous(0), { kind, plane: 'plane-stress' }).solve(image);
    for (const { energyDensity } of loadCases) image.data.forEach((value, p) => expect(value === 0 ? energyDensity[p] : 0).toBe(0));
    expect(Math.max(...youngsModulus.x)).toBeGreaterThan(0);
  }
});

test('two voids, and a void with properties, are refused', () => {
  const { white, black } = porous(0);
  const settings = { kind: 'compression', plane: 'plane-stress' } as const;
  expect(() => createVirtualTester(8, { white: black, black }, settings)).toThrow(BugError);
  expect(() => createVirtualTester(8, { white, black: { ...black, poissonRatio: 0.2 } }, settings)).toThrow(BugError);
});
