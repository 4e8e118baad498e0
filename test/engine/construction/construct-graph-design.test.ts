import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConstructSettings } from '#domain/arms';
import type { Attempt } from '#engine/construction/attempt';
import type { CandidateDesign, DesignSource } from '#engine/construction/candidate-design';
import { constructGraphDesign, redrawCurves } from '#engine/construction/construct-graph-design';
import { prepareSkeleton, type PreparedSkeleton } from '#engine/construction/prepare-skeleton';
import { createRng } from '#engine/core/rng';
import { neverAborted, silentProgress } from '#engine/core/run-context';
import { imageOf, volumeFraction, wrap, type Image2D } from '#engine/grid/image-2d';
import { squaredDistanceToSegment } from '#engine/morphology/vectorize-skeleton';
import { draw, image } from '#test/support/draw-image';

const settings: ConstructSettings = { mask: 'square', prune: 4, smallestPatch: 12, thinning: 'zhang-suen', fraction: { lower: 0.39, upper: 0.4 } };
const context = { signal: neverAborted, progress: silentProgress, rng: createRng(1) };
const resolution = 64;

const names = ['spinodal', 'network', 'particles', 'fibers', 'shapes'];
const skeletons = names.map((name) =>
  prepareSkeleton(image(readFileSync(new URL(`../../golden/morphology/images/${name}.txt`, import.meta.url), 'utf8')), settings, 'periodic'),
);
const construct = (source: DesignSource, changed: Partial<ConstructSettings> = {}, n = resolution): Attempt<CandidateDesign> =>
  constructGraphDesign(context, source, { ...settings, ...changed }, { resolution: n, aim: 'upper-end' });

const patches = fc.record({
  // Most patches of the others do not connect cells.
  which: fc.constantFrom(0, 1, 1, 3, 3),
  row: fc.integer({ min: -64, max: 64 }),
  column: fc.integer({ min: -64, max: 64 }),
  edge: fc.integer({ min: 12, max: 64 }),
});

/** Straight walls of five pixels, 32 apart; those from left to right rise by `rise` in 32 pixels, the others go aside by `aside`. */
function grid(rise = 0, aside = 0): Image2D<'binary'> {
  const isWall = (at: number): boolean => wrap(Math.floor(at), 32) < 5;
  const isWhite = (row: number, column: number): boolean => isWall(row + (rise * column) / 32) || isWall(column - (aside * row) / 32);
  return imageOf('binary', 64, 64, Uint8Array.from({ length: 4096 }, (_, p) => Number(isWhite(p >> 6, p & 63))));
}

describe('what becomes of straight walls', () => {
  test('walls that go through stay straight and where they are', () => {
    const attempt = construct({ skeleton: prepareSkeleton(grid(), settings, 'periodic'), patch: { row: 10, column: 20, edge: 32 } }, { fraction: { lower: 0.4, upper: 0.45 } });
    if (!attempt.ok) expect.fail(attempt.reason);
    const { cell } = attempt.value;
    // The middle of a wall is pixel 2 of every 32, so pixel 24 of the patch down and 14 across: 49 and 29 in the cell, from its corner.
    const [down, across] = [49, 29];
    cell.data.forEach((pixel, p) => {
      const near = (at: number, middle: number): boolean => Math.abs(at + 0.5 - middle) < 8;
      expect(pixel).toBe(Number(near(p >> 6, down) || near(p & 63, across)));
    });
  });

  test('a slanted wall leaves one edge where it enters by the other', () => {
    const source = { skeleton: prepareSkeleton(grid(4), settings, 'periodic'), patch: { row: 12, column: 20, edge: 32 } };
    const redrawn = redrawCurves(source, settings, resolution);
    if (!redrawn.ok) expect.fail(redrawn.reason);
    const [left, right] = [0, resolution].map((edge) => redrawn.value.moved.find(({ from }) => Math.abs(from.column - edge) < 1e-6)!);
    expect(left!.from.row - right!.from.row).toBeGreaterThan(4);
    expect(left!.to.row).toBeCloseTo((left!.from.row + right!.from.row) / 2, 6);
    expect(right!.to.row).toBe(left!.to.row);
  });
});

describe('every cell', () => {
  test('has a fraction inside the window and is white where the curves, repeated in both directions, are near', () => {
    let built = 0;
    fc.assert(
      fc.property(patches, ({ which, row, column, edge }) => {
        const source = { skeleton: skeletons[which]!, patch: { row, column, edge } };
        const attempt = construct(source);
        if (!attempt.ok) return;
        built++;
        const { cell, strutThickness, skeleton } = attempt.value;
        expect(volumeFraction(cell)).toBe(attempt.value.volumeFraction);
        expect(attempt.value.volumeFraction).toBeGreaterThanOrEqual(0.39);
        expect(attempt.value.volumeFraction).toBeLessThanOrEqual(0.4);
        expect(skeleton.data.every((pixel, p) => pixel <= cell.data[p]!)).toBe(true);

        const redrawn = redrawCurves(source, settings, resolution);
        if (!redrawn.ok) expect.fail(redrawn.reason);
        for (let p = 0; p < cell.data.length; p += 7) {
          const distance = distanceOnTorus(redrawn.value.curves, Math.floor(p / resolution) + 0.5, (p % resolution) + 0.5);
          if (distance < strutThickness / 2 - 1e-9) expect(cell.data[p]).toBe(1);
          if (distance > strutThickness / 2 + 1e-9) expect(cell.data[p]).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
    expect(built).toBeGreaterThan(10);
  });

  test('matches at opposite edges, pixel for pixel: on both sides of each crossing the same pixels are white', () => {
    let crossings = 0;
    fc.assert(
      fc.property(patches, ({ which, row, column, edge }) => {
        const source = { skeleton: skeletons[which]!, patch: { row, column, edge } };
        const [attempt, redrawn] = [construct(source), redrawCurves(source, settings, resolution)];
        if (!attempt.ok || !redrawn.ok) return;
        const { cell, strutThickness } = attempt.value;
        // Half of the pixels that a strut covers at its end; the centers of both outer rows are half a pixel away from it.
        const reach = Math.sqrt(Math.max((strutThickness / 2 - 1e-9) ** 2 - 0.25, 0));
        // Shifts of curves round their ends.
        const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;
        const ends = redrawn.value.curves.flatMap((curve) => [[rounded(curve[0]!), rounded(curve[1]!)], [rounded(curve.at(-2)!), rounded(curve.at(-1)!)]] as const);
        // A curve that ends in a corner crosses both.
        const atEdge = (value: number): boolean => value === 0 || value === resolution;
        const all = ends.flatMap(([r, c]) => [...(atEdge(c) ? [`row ${r % resolution}`] : []), ...(atEdge(r) ? [`column ${c % resolution}`] : [])]);
        const crossing = new Set(all);
        // No curve ends there alone: another one goes on at the same place.
        for (const one of crossing) expect(all.filter((each) => each === one).length, one).toBeGreaterThan(1);
        const at = (one: string, along: number, across: number): number => cell.data[one.startsWith('row') ? along * resolution + across : across * resolution + along]!;
        for (const one of crossing) {
          const middle = Number(one.split(' ')[1]);
          for (let along = Math.ceil(middle - reach - 0.5); along + 0.5 <= middle + reach; along++) {
            const pixel = wrap(along, resolution);
            expect([at(one, pixel, 0), at(one, pixel, resolution - 1)], one).toEqual([1, 1]);
            crossings++;
          }
        }
        for (const direction of ['row', 'column']) expect([...crossing].some((one) => one.startsWith(direction))).toBe(true);
      }),
      // The example's only crossing of two edges is a corner.
      { numRuns: 60, examples: [[{ which: 1, row: 60, column: 6, edge: 16 }]] },
    );
    expect(crossings).toBeGreaterThan(100);
  });

  test('of a patch with rows and columns exchanged has rows and columns exchanged', () => {
    let built = 0;
    fc.assert(
      fc.property(patches, ({ which, row, column, edge }) => {
        const skeleton = skeletons[which]!;
        const [attempt, other] = [construct({ skeleton, patch: { row, column, edge } }), construct({ skeleton: transposed(skeleton), patch: { row: column, column: row, edge } })];
        expect(other.ok).toBe(attempt.ok);
        if (!attempt.ok || !other.ok) return;
        built++;
        expect(other.value.strutThickness).toBeCloseTo(attempt.value.strutThickness, 9);
        // Where the window has no room for all pixels at one distance, the first in raster order become white.
        const half = attempt.value.strutThickness / 2;
        const redrawn = redrawCurves({ skeleton, patch: { row, column, edge } }, settings, resolution);
        if (!redrawn.ok) expect.fail(redrawn.reason);
        other.value.cell.data.forEach((pixel, p) => {
          const [r, c] = [p % resolution, Math.floor(p / resolution)];
          if (pixel !== attempt.value.cell.data[r * resolution + c]) expect(distanceOnTorus(redrawn.value.curves, r + 0.5, c + 0.5)).toBeCloseTo(half, 9);
        });
      }),
      // A curve of the example ends exactly in a corner, where no other one does.
      { numRuns: 60, examples: [[{ which: 1, row: 62, column: -2, edge: 40 }]] },
    );
    expect(built).toBeGreaterThan(10);
  });

  test('is the same each time, and for a patch one period away', () => {
    const at = (row: number, column: number): string => {
      const attempt = construct({ skeleton: skeletons[1]!, patch: { row, column, edge: 40 } });
      return attempt.ok ? draw(attempt.value.cell) : attempt.reason;
    };
    expect(at(10, 5)).toContain('#');
    expect(at(10, 5)).toBe(at(10, 5));
    expect(at(10 - 64, 5 + 64)).toBe(at(10, 5));
  });
});

describe('rejections', () => {
  test('a patch without skeleton', () => {
    expect(construct({ skeleton: prepareSkeleton(grid(), settings, 'periodic'), patch: { row: 8, column: 8, edge: 20 } })).toEqual({ ok: false, reason: 'no-branch' });
  });

  test('curves that do not connect cells in both directions', () => {
    const walls = imageOf('binary', 64, 64, Uint8Array.from({ length: 4096 }, (_, p) => Number(p % 32 < 5)));
    expect(construct({ skeleton: prepareSkeleton(walls, settings, 'periodic'), patch: { row: 0, column: 20, edge: 32 } })).toEqual({ ok: false, reason: 'edges-do-not-match' });
  });

  test('edges whose curves are far apart', () => {
    const source = { skeleton: prepareSkeleton(grid(8, 8), settings, 'periodic'), patch: { row: 16, column: 16, edge: 32 } };
    expect(construct(source)).toEqual({ ok: false, reason: 'shift-too-large' });
  });

  test('more skeleton than a small cell can show', () => {
    expect(construct({ skeleton: skeletons[1]!, patch: { row: 0, column: 0, edge: 64 } }, {}, 16)).toEqual({ ok: false, reason: 'struts-too-thin' });
  });

  test('no number of pixels in the window', () => {
    const source = { skeleton: skeletons[1]!, patch: { row: 10, column: 5, edge: 40 } };
    expect(construct(source, { fraction: { lower: 0.39001, upper: 0.39002 } })).toEqual({ ok: false, reason: 'fraction-window-too-narrow' });
  });
});

test('masked by the region, curves outside it are left out', () => {
  const region = imageOf('binary', 40, 40, Uint8Array.from({ length: 1600 }, (_, p) => Number(p % 40 < 20)));
  const source = { skeleton: skeletons[1]!, patch: { row: 10, column: 5, edge: 40 }, region };
  expect(redrawCurves(source, { mask: 'region' }, resolution)).toEqual({ ok: false, reason: 'edges-do-not-match' });
});

function distanceOnTorus(curves: readonly Float64Array[], row: number, column: number): number {
  let least = Infinity;
  for (const down of [-resolution, 0, resolution]) {
    for (const right of [-resolution, 0, resolution]) {
      for (const curve of curves) {
        for (let i = 2; i < curve.length; i += 2) {
          least = Math.min(least, squaredDistanceToSegment(row + down, column + right, curve[i - 2]!, curve[i - 1]!, curve[i]!, curve[i + 1]!));
        }
      }
    }
  }
  return Math.sqrt(least);
}

function transposed({ image: pixels, graph, curves, halfThickness }: PreparedSkeleton): PreparedSkeleton {
  const exchange = <T extends Uint8Array | Float64Array>(data: T, width: number): T => data.map((_, p) => data[(p % width) * width + Math.floor(p / width)]!) as T;
  return {
    image: { ...pixels, data: exchange(pixels.data, pixels.width) },
    graph,
    curves: curves.map((curve) => curve.map((_, i) => curve[i ^ 1]!)),
    halfThickness: { ...halfThickness, data: exchange(halfThickness.data, halfThickness.width) },
  };
}
