import { describe, expect, test } from 'vitest';
import { families, type RandomDatabase } from '#domain/microstructures';
import { createRng } from '#engine/core/rng';
import { volumeFraction } from '#engine/grid/image-2d';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import type { Microstructure } from '#engine/microstructure/cut-field';
import { onlyFamily, smallDatabase } from '#test/support/database-settings';

function generate(settings: RandomDatabase, index: number): Microstructure {
  const result = generateMicrostructure(createRng(settings.seed), settings, index);
  if (!result.ok) throw new Error(`image ${index}: ${result.findings[0]!.message}`);
  return result.value;
}

function checkFraction(settings: RandomDatabase, index: number): void {
  const microstructure = generate(settings, index);
  const share = 1 / microstructure.image.data.length;
  expect(microstructure.volumeFraction).toBe(volumeFraction(microstructure.image));
  expect(microstructure.volumeFraction).toBeGreaterThanOrEqual(settings.fraction.lower);
  expect(microstructure.volumeFraction).toBeLessThanOrEqual(settings.fraction.upper);
  expect(Math.abs(microstructure.volumeFraction - microstructure.targetFraction)).toBeLessThan(share);
}

describe.each(families)('%s', (family) => {
  test('a thousand images lie in the window and hit their targets to a pixel', () => {
    const settings = onlyFamily(smallDatabase, family);
    for (let index = 0; index < 1000; index++) checkFraction(settings, index);
  });

  test('so do images of 128 × 128 and other windows', () => {
    for (const fraction of [{ lower: 0.38, upper: 0.41 }, { lower: 0.1, upper: 0.12 }, { lower: 0.7, upper: 0.8 }]) {
      const settings = { ...onlyFamily(smallDatabase, family), resolution: 128, fraction };
      for (let index = 0; index < 8; index++) checkFraction(settings, index);
    }
  });

  test('the phases change across the seam as often as inside', () => {
    const n = 64;
    const settings = { ...onlyFamily(smallDatabase, family), resolution: n };
    const acrossColumns = new Float64Array(n);
    const acrossRows = new Float64Array(n);
    for (let index = 0; index < 150; index++) {
      const { data } = generate(settings, index).image;
      for (let row = 0; row < n; row++) {
        for (let column = 0; column < n; column++) {
          const here = data[row * n + column]!;
          acrossColumns[column]! += here ^ data[row * n + ((column + 1) % n)]!;
          acrossRows[row]! += here ^ data[((row + 1) % n) * n + column]!;
        }
      }
    }
    for (const changes of [acrossColumns, acrossRows]) {
      const inside = changes.slice(0, n - 1).reduce((sum, value) => sum + value, 0) / (n - 1);
      // Opposite edges that know nothing of each other would differ about five times as often.
      expect(changes[n - 1]! / inside).toBeGreaterThan(0.8);
      expect(changes[n - 1]! / inside).toBeLessThan(1.25);
    }
  });
});

describe('image i follows from the seed and i alone', () => {
  test('image 17 by itself, and among others in any order', () => {
    const rng = createRng(smallDatabase.seed);
    const bytes = new Map<number, Uint8Array>();
    for (const index of [20, 3, 17, 0, 5, 19, 18, 16]) {
      const result = generateMicrostructure(rng, smallDatabase, index);
      if (result.ok) bytes.set(index, result.value.image.data);
    }
    expect(bytes.size).toBe(8);
    for (const [index, data] of bytes) expect(generate(smallDatabase, index).image.data).toEqual(data);
  });
  test('a larger database keeps the images of a smaller one', () => {
    for (let index = 0; index < 12; index++) {
      expect(generate({ ...smallDatabase, size: 20_000 }, index)).toEqual(generate(smallDatabase, index));
    }
  });
  test('other indices and other seeds give other images', () => {
    const texts = new Set<string>();
    for (const seed of [1, 2, 3]) {
      for (let index = 0; index < 20; index++) texts.add(generate({ ...smallDatabase, seed }, index).image.data.join(''));
    }
    expect(texts.size).toBe(60);
  });
});

test('the shares of the families are met exactly', () => {
  const settings = { ...smallDatabase, shares: { particles: 0.4, fibers: 0.3, cells: 0.2, spinodal: 0.1 } };
  const counts = { particles: 0, fibers: 0, cells: 0, spinodal: 0 };
  for (let index = 0; index < settings.size; index++) counts[generate(settings, index).family]++;
  expect(counts).toEqual({ particles: 40, fibers: 30, cells: 20, spinodal: 10 });
});

describe('every setting has an effect', () => {
  const interval = (value: number) => ({ lower: value, upper: value });
  const { particles, fibers, cells, spinodal } = smallDatabase;
  const stout = { ...fibers, length: interval(0.2), width: interval(0.1) };
  const waves = { ...spinodal, synthesis: 'waves' } as const;
  const changes: [string, Partial<RandomDatabase>, Partial<RandomDatabase>][] = [
    ['resolution', {}, { resolution: 64 }],
    ['fraction', {}, { fraction: { lower: 0.3, upper: 0.35 } }],
    ['seed', {}, { seed: 8 }],
    ['shares', {}, { shares: { particles: 0, fibers: 0, cells: 0, spinodal: 1 } }],
    ['radius', {}, { particles: { ...particles, radius: interval(0.1) } }],
    ['aspect', {}, { particles: { ...particles, aspect: interval(2) } }],
    ['orientation of particles', {}, { particles: { ...particles, orientation: interval(1) } }],
    ['overlap of particles', {}, { particles: { ...particles, overlap: 'avoided' } }],
    ['length', {}, { fibers: { ...fibers, length: interval(0.3) } }],
    ['width', {}, { fibers: { ...fibers, width: interval(0.1) } }],
    ['orientation of fibers', {}, { fibers: { ...fibers, orientation: interval(1) } }],
    ['overlap of fibers', { resolution: 128, fibers: stout }, { resolution: 128, fibers: { ...stout, overlap: 'avoided' } }],
    ['kind network', { cells: { ...cells, kind: 'porous' } }, { cells: { ...cells, kind: 'network' } }],
    ['kind mixed', { cells: { ...cells, kind: 'porous' } }, { cells }],
    ['count', {}, { cells: { ...cells, count: interval(9) } }],
    ...(['ring', 'disc', 'band', 'anisotropic'] as const).flatMap((density): typeof changes => [
      [`density ${density}`, {}, { spinodal: { ...spinodal, density } }],
      [
        `bandwidth of ${density}`,
        { spinodal: { ...spinodal, density } },
        { spinodal: { ...spinodal, density, bandwidth: interval(0.3) } },
      ],
    ]),
    ['wavenumber', {}, { spinodal: { ...spinodal, wavenumber: interval(3) } }],
    ['synthesis', {}, { spinodal: waves }],
    ['waves', { spinodal: waves }, { spinodal: { ...waves, waves: 50 } }],
  ];
  test.each(changes)('%s', (_, before, after) => {
    const images = (change: Partial<RandomDatabase>) =>
      Array.from({ length: 16 }, (__, index) => generate({ ...smallDatabase, ...change }, index).image.data.join(''));
    expect(images(after)).not.toEqual(images(before));
  });
});

test('what cannot be drawn is a finding, not an endless loop', () => {
  const settings = { ...onlyFamily(smallDatabase, 'fibers'), resolution: 128 };
  const thin = { ...settings.fibers, length: { lower: 0.6, upper: 0.6 }, width: { lower: 0.02, upper: 0.02 }, overlap: 'avoided' } as const;
  const result = generateMicrostructure(createRng(1), { ...settings, fibers: thin }, 0);
  expect(result).toMatchObject({ ok: false, findings: [{ code: 'shapes-do-not-fit' }] });
});

test('the generators still draw what they drew', () => {
  // A change here changes every database: raise the version of the generate stage with it.
  const checksum = (data: Uint8Array) => data.reduce((hash, pixel) => (Math.imul(hash, 31) + pixel) | 0, 7);
  const sums = Array.from({ length: 8 }, (_, index) => {
    const { family, image } = generate(smallDatabase, index);
    return `${family} ${checksum(image.data)}`;
  });
  expect(sums).toMatchInlineSnapshot(`
    [
      "particles -1194487826",
      "fibers -681106263",
      "cells -1083366416",
      "spinodal 466849064",
      "particles 1731371237",
      "fibers -479084695",
      "cells -672692997",
      "spinodal 1641662540",
    ]
  `);
});
