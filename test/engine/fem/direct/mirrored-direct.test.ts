import { describe, expect, test } from 'vitest';
import { BugError } from '#engine/core/bug-error';
import { createMirroredDirect, isMirrored } from '#engine/fem/direct/mirrored-direct';
import { createPeriodicDirect } from '#engine/fem/direct/periodic-direct';
import { imageOf, mirrorQuarter } from '#engine/grid/image-2d';
import { image } from '#test/support/draw-image';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const bare = {
  white: { name: 'boron', youngsModulus: 379.3e9, poissonRatio: 0.3 },
  black: { name: 'aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3 },
};

/** Largest difference relative to the largest number. */
function apart(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  const size = Math.max(...Array.from(theirs, Math.abs));
  return Math.max(...Array.from(theirs, (value, i) => Math.abs(value - ours[i]!))) / size;
}

describe.each([
  ['contrast 5.55', boronInAluminum],
  ['contrast 683 000', aluminumInFoam],
  ['without expansion', bare],
] as const)('%s', (_, phases) => {
  test.each(['plane-stress', 'plane-strain'] as const)('a quarter tells what the whole cell tells, %s', (plane) => {
    const settings = { kind: 'periodic', plane } as const;
    const quarters = createMirroredDirect(48, phases, settings);
    const whole = createPeriodicDirect(48, phases, settings);
    for (const seed of [1, 2]) {
      const cell = mirrorQuarter(spottedImage(24, seed));
      const [{ properties: ours, statistics }, { properties: theirs, statistics: statisticsOfWhole }] = [quarters.solve(cell), whole.solve(cell)];
      expect(apart(ours.stiffness!, theirs.stiffness!)).toBeLessThan(1e-9);
      // A difference in the weakest entry would be lost beside the largest.
      expect(apart([ours.shearModulus!], [theirs.shearModulus!])).toBeLessThan(1e-9);
      for (const property of ['youngsModulus', 'poissonRatio', 'thermalExpansion'] as const) {
        const [one, other] = [ours[property], theirs[property]];
        expect(one === undefined).toBe(other === undefined);
        if (one && other) expect(apart([one.x, one.y], [other.x, other.y])).toBeLessThan(1e-9);
      }
      expect(statistics.residual).toBeLessThan(phases === aluminumInFoam ? 1e-8 : 1e-12);
      expect(statistics.unknowns).toBeLessThan(0.55 * statisticsOfWhole.unknowns);
    }
  });
});

test('one material and the smallest quarters', () => {
  const settings = { kind: 'periodic', plane: 'plane-stress' } as const;
  for (const [cell, phase] of [[image('####\n####\n####\n####'), bare.white], [image('..\n..'), bare.black]] as const) {
    const { youngsModulus, poissonRatio, shearModulus } = createMirroredDirect(cell.width, bare, settings).solve(cell).properties;
    expect(youngsModulus!.x / phase.youngsModulus).toBeCloseTo(1, 11);
    expect(poissonRatio!.y).toBeCloseTo(phase.poissonRatio, 11);
    expect(shearModulus! / (phase.youngsModulus / (2 * (1 + phase.poissonRatio)))).toBeCloseTo(1, 11);
  }
});

test('symmetry is checked pixel by pixel', () => {
  const cell = mirrorQuarter(spottedImage(8, 3));
  expect(isMirrored(cell)).toBe(true);
  for (let p = 0; p < cell.data.length; p++) {
    const changed = Uint8Array.from(cell.data, (value, i) => (i === p ? 1 - value : value));
    expect(isMirrored(imageOf('binary', 16, 16, changed))).toBe(false);
  }
  // Symmetric about one mid-line alone, under a half turn alone, and without whole quarters.
  expect(isMirrored(image('#..#\n....\n....\n....'))).toBe(false);
  expect(isMirrored(image('#...\n#...\n#...\n#...'))).toBe(false);
  expect(isMirrored(image('#...\n....\n....\n...#'))).toBe(false);
  expect(isMirrored(image('###\n###\n###'))).toBe(false);
});

test('what is not mirrored, or another test, is refused', () => {
  const settings = { kind: 'periodic', plane: 'plane-stress' } as const;
  expect(() => createMirroredDirect(16, bare, settings).solve(spottedImage(16, 4))).toThrow(BugError);
  expect(() => createMirroredDirect(16, bare, { ...settings, kind: 'compression' })).toThrow(BugError);
});
