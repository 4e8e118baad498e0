/* Which designs are like cells that were optimized without them, and how much any two images are. */
import { describe, expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { type Image2D, imageOf, volumeFraction } from '#engine/grid/image-2d';
import { packImages } from '#engine/grid/microstructure-batch';
import { findResemblances, type ResemblanceParts } from '#engine/pipeline/result/find-resemblances';

type Binary = Image2D<'binary'>;
const n = 8;

function randomImage(label: string, fraction = 0.4): Binary {
  const rng = createRng(3).fork(label);
  return imageOf('binary', n, n, Uint8Array.from({ length: n * n }, () => Number(rng.uniform() < fraction)));
}

function at({ data }: Binary, row: number, column: number): number {
  return data[(((row % n) + n) % n) * n + (((column % n) + n) % n)]!;
}

/** Rows and columns exchanged, then moved. */
function transposedAndShifted(image: Binary, rows: number, columns: number): Binary {
  return imageOf('binary', n, n, Uint8Array.from(image.data, (_, p) => at(image, (p % n) - columns, Math.floor(p / n) - rows)));
}

function withChanged(image: Binary, ...pixels: readonly number[]): Binary {
  return imageOf('binary', n, n, image.data.map((value, p) => (pixels.includes(p) ? 1 - value : value)));
}

function parts({ designs, runs, images, periodic }: { readonly designs: readonly Binary[]; readonly runs: readonly (readonly [Binary, number?])[]; readonly images: readonly Binary[]; readonly periodic?: boolean }): ResemblanceParts {
  return {
    arms: [{
      name: 'explained',
      designs: designs.map((image, candidate) => ({ candidate, volumeFraction: volumeFraction(image) })),
      cells: packImages(designs, n),
    }],
    optimization: {
      runs: runs.map(([cell, parent]) => ({
        cell: packImages([cell], n).packed,
        origin: parent === undefined ? { kind: 'start', family: 'noise', number: 0 } : { kind: 'parent', arm: 'explained', candidate: parent },
      })),
    },
    database: { images: packImages(images, n), volumeFractions: Float64Array.from(images, volumeFraction) },
    problem: { database: periodic === undefined ? {} : { kind: 'files', periodic } },
  };
}

/** The largest agreement over all shifts and symmetries, pixel by pixel. */
function bruteForce(a: Binary, b: Binary): number {
  let best = 0;
  for (let shift = 0; shift < n * n; shift++) {
    for (let symmetry = 0; symmetry < 8; symmetry++) {
      const equal = a.data.filter((value, p) => {
        const [u, v] = [Math.floor(p / n) + Math.floor(shift / n), (p % n) + (shift % n)];
        const [row, column] = symmetry & 1 ? [v, u] : [u, v];
        return value === at(b, symmetry & 2 ? -row : row, symmetry & 4 ? -column : column);
      }).length;
      best = Math.max(best, equal / (n * n));
    }
  }
  return best;
}

const [first, second] = [randomImage('first'), randomImage('second')];
const database = Array.from({ length: 14 }, (_, i) => randomImage(`image ${i}`, 0.2 + 0.03 * i));

describe('the nearest optimized cell', () => {
  test('is found turned and moved, and shown as it lies on the design', () => {
    const { nearest } = findResemblances(parts({ designs: [first, second], runs: [[second], [transposedAndShifted(first, 3, 6)]], images: database }))!;
    expect(nearest).toMatchObject([{ design: 0, run: 1, agreement: 1, overlap: 1 }, { design: 1, run: 0, agreement: 1, overlap: 1 }]);
    expect(nearest[0]!.cell.data).toEqual(first.data);
  });

  test('did not begin with the design', () => {
    const almost = withChanged(transposedAndShifted(first, 3, 6), 5, 40, 41);
    const { nearest } = findResemblances(parts({ designs: [first], runs: [[first, 0], [almost, 1], [second]], images: database }))!;
    expect(nearest).toMatchObject([{ design: 0, run: 1, agreement: 61 / 64 }]);
    expect(findResemblances(parts({ designs: [first], runs: [[first, 0]], images: database }))!.nearest).toEqual([]);
  });

  test('is found for the twelve best designs, which a report shows', () => {
    const designs = Array.from({ length: 14 }, (_, i) => randomImage(`design ${i}`));
    const { nearest } = findResemblances(parts({ designs, runs: [[second]], images: database }))!;
    expect(nearest.map(({ design }) => design)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(nearest.map(({ agreement }) => agreement)).toEqual(nearest.map(({ design }) => bruteForce(designs[design]!, second)));
  });
});

describe('unrelated images', () => {
  test('are all pairs of the eight with the nearest fractions', () => {
    const { unrelated } = findResemblances(parts({ designs: [first, second], runs: [[second]], images: database }))!;
    const fraction = (volumeFraction(first) + volumeFraction(second)) / 2;
    const distances = database.map((image) => Math.abs(volumeFraction(image) - fraction));
    const limit = distances.toSorted((a, b) => a - b)[7]!;
    const chosen = database.filter((_, i) => distances[i]! <= limit);
    expect(chosen.length).toBe(8);
    const pairs = chosen.flatMap((a, i) => chosen.slice(i + 1).map((b) => bruteForce(a, b)));
    expect(unrelated!.pairs).toBe(28);
    expect(unrelated!.agreement).toBeCloseTo(pairs.reduce((sum, value) => sum + value, 0) / 28, 12);
    expect(unrelated!.largestAgreement).toBe(Math.max(...pairs));
    // Why it is told: chance alone is far above one half.
    expect(unrelated!.agreement).toBeGreaterThan(0.6);
    expect(unrelated!.overlap).toBeLessThan(unrelated!.agreement);
  });

  test('of images that are not periodic are cells mirrored from their quarters, which shifts do not break', () => {
    const { unrelated } = findResemblances(parts({ designs: [first, second], runs: [[second]], images: database, periodic: false }))!;
    const cells = database.map((image) => imageOf('binary', n, n, image.data.map((_, p) => at(image, Math.min(Math.floor(p / n), n - 1 - Math.floor(p / n)), Math.min(p % n, n - 1 - (p % n))))));
    const fraction = (volumeFraction(first) + volumeFraction(second)) / 2;
    const order = cells.map((cell, i) => ({ i, distance: Math.abs(volumeFraction(cell) - fraction) })).toSorted((a, b) => a.distance - b.distance);
    const largest = Math.max(...order.slice(0, 8).flatMap(({ i }, k) => order.slice(k + 1, 8).map(({ i: j }) => bruteForce(cells[i]!, cells[j]!))));
    expect(unrelated!.pairs).toBe(28);
    expect(unrelated!.largestAgreement).toBeGreaterThan(0.6);
    // Cells of equal fractions may be exchanged.
    if (order[7]!.distance < order[8]!.distance) expect(unrelated!.largestAgreement).toBe(largest);
    const asPeriodic = findResemblances(parts({ designs: [first, second], runs: [[second]], images: database, periodic: true }))!;
    expect(asPeriodic).toEqual(findResemblances(parts({ designs: [first, second], runs: [[second]], images: database })));
    expect(asPeriodic.unrelated).not.toEqual(unrelated);
  });

  test('are absent where there are fewer than two', () => {
    expect(findResemblances(parts({ designs: [first], runs: [[second]], images: [second] }))).not.toHaveProperty('unrelated');
    expect(findResemblances(parts({ designs: [], runs: [[second]], images: database }))).toEqual({ nearest: [] });
  });
});

test('a case without optimizations has no resemblances', () => {
  const { optimization: _, ...rest } = parts({ designs: [first], runs: [[second]], images: database });
  expect(findResemblances(rest)).toBeUndefined();
});
