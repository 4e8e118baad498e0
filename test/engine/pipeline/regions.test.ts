/* Critical regions cut from maps: of a network at a threshold, and of squares where they contribute most. */
import { describe, expect, test } from 'vitest';
import { cutsOf, type ExactExplanation, type NetworkExplanation } from '#domain/explanation';
import { squareAt } from '#engine/fem/virtual-tests/contribution-maps';
import type { Boundary } from '#engine/grid/image-2d';
import { unpackImage } from '#engine/grid/microstructure-batch';
import { heatOf } from '#engine/learning/explanation/explain';
import { agreedMap, boundaryOf, cutRegions, mapsOfImage, regionFinder, regionPlaces, type MapOfImage } from '#engine/pipeline/arms/regions';

const resolution = 32;
const exact: ExactExplanation = { method: 'exact', edges: [8, 12], contribution: 'total', outlierShare: 0.1, squares: 1 };
const network: NetworkExplanation = { method: 'grad-ram', layers: ['last'], outlierShare: 0.1, thresholds: [0.4, 0.9], intersection: 'binarized' };

/** A map that is `level` everywhere but at some positions (row, column). */
function mapWith(level: number, values: readonly (readonly [number, number, number])[], edge = resolution, boundary: Boundary = 'periodic'): MapOfImage {
  const signed = new Float32Array(edge * edge).fill(level);
  for (const [row, column, value] of values) signed[row * edge + column] = value;
  return { signed, nativeEdge: edge, boundary, heat: heatOf(signed, edge, resolution, boundary) };
}

describe('the square that contributes most', () => {
  const find = (maps: readonly MapOfImage[], smallestPatch = 4) => regionFinder(maps, 'edge-8', exact, smallestPatch)({ rank: 0 });

  test('is where the smallest of the directions is largest', () => {
    const found = find([mapWith(0.1, [[10, 20, 0.9], [15, 15, 0.5]]), mapWith(0.1, [[10, 20, 0.2], [15, 15, 0.4]])]);
    if (!found.ok) return expect.fail(found.reason);
    const at = squareAt(15, 8, resolution, resolution);
    expect(found.value.patch).toEqual({ row: at, column: at, edge: 8 });
    // Its region is the square itself.
    const white = Array.from(found.value.mask.data.keys()).filter((p) => found.value.mask.data[p] === 1);
    expect(white).toEqual(Array.from({ length: 64 }, (_, i) => (at + Math.floor(i / 8)) * resolution + at + (i % 8)));
    expect(found.value.inside.data.every((pixel) => pixel === 1)).toBe(true);
  });

  test('lies inside the image, though maps go around its edges', () => {
    const found = find([mapWith(0.1, [[0, 16, 0.9], [16, 31, 0.8], [3, 27, 0.3]])]);
    expect(found.ok && found.value.patch).toEqual({ row: 0, column: 24, edge: 8 });
  });

  test('is the first of equal ones, and one of a coarser map lies at a position of it', () => {
    const found = find([mapWith(0, [[20, 5, 1], [9, 9, 1]])]);
    expect(found.ok && found.value.patch.row).toBe(squareAt(9, 8, resolution, resolution));
    const coarse = find([mapWith(0, [[3, 4, 1]], 8)]);
    expect(coarse.ok && coarse.value.patch).toEqual({ row: squareAt(3, 8, 8, resolution), column: squareAt(4, 8, 8, resolution), edge: 8 });
  });

  test('is followed by those that contribute most at half an edge from it or farther', () => {
    const maps = [mapWith(0, [[10, 10, 1], [11, 13, 0.9], [14, 10, 0.5], [10, 15, 0.7]])];
    const find = regionFinder(maps, 'edge-8', { ...exact, squares: 4 }, 4);
    const rowsAndColumns = [0, 1, 2].map((rank) => {
      const found = find({ rank });
      return found.ok && [found.value.patch.row, found.value.patch.column];
    });
    const at = (row: number, column: number) => [squareAt(row, 8, resolution, resolution), squareAt(column, 8, resolution, resolution)];
    expect(rowsAndColumns).toEqual([at(10, 10), at(10, 15), at(14, 10)]);
    expect(find({ rank: 3 })).toEqual({ ok: false, reason: 'no-evidence' });
  });

  test.each([
    ['where no square contributes', [mapWith(-0.2, [[10, 10, -0.1]])], 4, 'no-evidence'],
    ['where the directions have no square in common', [mapWith(-1, [[10, 10, 1]]), mapWith(-1, [[20, 20, 1]])], 4, 'no-evidence'],
    ['where only squares across the edges contribute', [mapWith(-1, [[0, 0, 1]])], 4, 'no-evidence'],
    ['smaller than a patch may be', [mapWith(0, [[10, 10, 1]])], 9, 'patch-too-small'],
  ] as const)('is refused %s', (_name, maps, smallestPatch, reason) => {
    expect(find(maps, smallestPatch)).toEqual({ ok: false, reason });
  });
});

test('contributions agree in their own unit, activation maps relative to their maximum', () => {
  const maps = [mapWith(0, [[8, 8, 1]], 16), mapWith(0, [[8, 8, 0.1], [3, 3, 0.2]], 16)];
  const [inUnits, relative] = [agreedMap(maps, undefined), agreedMap(maps, 'binarized')];
  if (!inUnits.ok || !relative.ok) return expect.fail('both agree on something');
  expect(inUnits.value.data).toEqual(heatOf(Float32Array.from(maps[0]!.signed, (value, p) => Math.min(value, maps[1]!.signed[p]!)), 16, resolution, 'periodic').data);
  expect(Math.max(...inUnits.value.data)).toBe(1);
  expect(Math.max(...relative.value.data)).toBeCloseTo(0.5, 6);
  expect(agreedMap([maps[0]!, mapWith(-1, [], 16)], undefined)).toEqual({ ok: false, reason: 'no-evidence' });
  expect(agreedMap([maps[0]!, mapWith(-1, [], 16)], 'binarized')).toEqual({ ok: false, reason: 'no-evidence' });
});

test('maps of squares go around the edges of periodic images alone, those of networks around none', () => {
  const peak = (boundary: Boundary): MapOfImage => mapWith(0, [[0, 0, 1]], 8, boundary);
  const heatAt = (boundary: Boundary, row: number, column: number): number => {
    const agreed = agreedMap([peak(boundary)], undefined);
    return agreed.ok ? agreed.value.data[row * resolution + column]! : NaN;
  };
  expect(heatAt('periodic', 31, 31)).toBeGreaterThan(0);
  expect(heatAt('open', 31, 31)).toBe(0);
  expect(heatAt('open', 0, 0)).toBe(1);
  expect([boundaryOf('edge-8', 'periodic'), boundaryOf('edge-8', 'open'), boundaryOf('last', 'periodic')]).toEqual(['periodic', 'open', 'open']);
  const [map] = mapsOfImage({ layer: 'edge-8', nativeEdge: 8, maps: peak('open').signed }, 0, ['x'], resolution, 'open');
  expect(map).toEqual({ direction: 'x', ...peak('open') });
});

test('regions of all images come in their order, with the square of each edge or the region at each threshold', () => {
  const peak = (row: number): MapOfImage => mapWith(0, [[row, 16, 1], [row + 1, 16, 0.95]]);
  const images = Int32Array.of(4, 9);
  const squares = cutRegions(2, ['edge-8', 'edge-12'], (image, layer) => [peak(12 + image + 4 * layer)], exact, 4, resolution);
  const places = regionPlaces(images, ['edge-8', 'edge-12'], cutsOf(exact), squares);
  const square = (row: number, edge: number) => ({ row: squareAt(row, edge, resolution, resolution), column: squareAt(16, edge, resolution, resolution), edge });
  expect(places).toEqual([
    { image: 4, layer: 'edge-8', patch: square(12, 8) }, { image: 4, layer: 'edge-12', patch: square(16, 12) },
    { image: 9, layer: 'edge-8', patch: square(13, 8) }, { image: 9, layer: 'edge-12', patch: square(17, 12) },
  ]);
  expect(unpackImage(squares.masks, 3).data.reduce((sum, pixel) => sum + pixel, 0)).toBe(144);
  const regions = cutRegions(1, ['last'], () => [mapWith(0.5, [[12, 16, 1]])], network, 1, resolution);
  expect(regionPlaces(Int32Array.of(4), ['last'], cutsOf(network), regions)).toMatchObject([
    { image: 4, layer: 'last', threshold: 0.4, patch: { row: 0, column: 0, edge: 32 } }, { image: 4, layer: 'last', threshold: 0.9, patch: { row: 12, column: 16, edge: 1 } },
  ]);
});
