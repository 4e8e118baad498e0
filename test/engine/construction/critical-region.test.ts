import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreedEvidence, agreement, criticalRegion, type CriticalRegionSettings } from '#engine/construction/critical-region';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { draw } from '#test/support/draw-image';

/** A map drawn with digits: tenths of the maximum. */
function heat(text: string): Image2D<'heat'> {
  const rows = text.trim().split('\n').map((row) => row.trim());
  return imageOf('heat', rows[0]!.length, rows.length, Float32Array.from(rows.join(''), (digit) => Number(digit)));
}

const settings: CriticalRegionSettings = { threshold: 0.5, smallestPatch: 3 };

const mapX = heat(`
  0000000008
  0123443210
  0245665420
  0357887530
  0357997530
  0246886420
  0123443210
  0000000000
`);
const mapY = heat(`
  0000000009
  0000000000
  0011111100
  0111111100
  0123456789
  0123456789
  0111111111
  0000000000
`);

describe('regions', () => {
  test('where both binarized maps are high, the largest piece, its square about the middle', () => {
    const found = criticalRegion(agreement([mapX, mapY], 'binarized'), settings);
    if (!found.ok) throw new Error(found.reason);
    expect(draw(found.value.mask)).toMatchInlineSnapshot(`
      "..........
      ..........
      ..........
      ..........
      .....###..
      .....##...
      ..........
      .........."
    `);
    expect(found.value.patch).toMatchInlineSnapshot(`
      {
        "column": 5,
        "edge": 3,
        "row": 4,
      }
    `);
    expect(draw(found.value.inside)).toMatchInlineSnapshot(`
      "###
      ##.
      ..."
    `);
  });

  test('where the product of the normalized maps is high', () => {
    const found = criticalRegion(agreement([mapX, mapY], 'normalized'), { ...settings, smallestPatch: 2 });
    if (!found.ok) throw new Error(found.reason);
    expect(draw(found.value.mask)).toMatchInlineSnapshot(`
      "..........
      ..........
      ..........
      ..........
      ....###...
      .....##...
      ..........
      .........."
    `);
  });

  test('the scale of a map does not matter', () => {
    const scaled = imageOf('heat', 10, 8, mapX.data.map((value) => value * 1024));
    for (const intersection of ['binarized', 'normalized'] as const) {
      expect(criticalRegion(agreement([scaled, mapY], intersection), settings)).toEqual(criticalRegion(agreement([mapX, mapY], intersection), settings));
    }
  });

  test('a square at the edge is moved inside', () => {
    const edge = heat(`
      000000
      900000
      900000
      900000
      900000
      000000
    `);
    const found = criticalRegion(agreement([edge], 'binarized'), settings);
    expect(found.ok && found.value.patch).toEqual({ row: 1, column: 0, edge: 4 });
  });
});

describe('refusals', () => {
  const zero = imageOf('heat', 10, 8, new Float32Array(80));

  test.each(['binarized', 'normalized'] as const)('maps that are zero, or nowhere high together: %s', (intersection) => {
    expect(criticalRegion(agreement([zero, mapY], intersection), settings)).toEqual({ ok: false, reason: 'no-overlap' });
    const left = imageOf('heat', 2, 1, Float32Array.of(1, 0));
    const right = imageOf('heat', 2, 1, Float32Array.of(0, 1));
    expect(criticalRegion(agreement([left, right], intersection), settings)).toEqual({ ok: false, reason: 'no-overlap' });
  });

  test.each(['binarized', 'normalized'] as const)('a map without positive evidence has a reason of its own, which maps without overlap do not have: %s', (intersection) => {
    expect(agreedEvidence([mapX, zero], intersection)).toEqual({ ok: false, reason: 'no-evidence' });
    const agreed = agreedEvidence([mapX, mapY], intersection);
    expect(agreed.ok && agreed.value).toEqual(agreement([mapX, mapY], intersection));
    const halves = [Float32Array.of(1, 0), Float32Array.of(0, 1)].map((data) => imageOf('heat', 2, 1, data));
    expect(agreedEvidence(halves, intersection)).toMatchObject({ ok: true });
  });

  test('a region smaller than the smallest patch', () => {
    expect(criticalRegion(agreement([mapX, mapY], 'binarized'), { ...settings, smallestPatch: 5 })).toEqual({ ok: false, reason: 'patch-too-small' });
  });
});

test('the square lies inside the image, touches the region on two opposite sides, and holds it', () => {
  const maps = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 108, maxLength: 108 }).map((values) => imageOf('heat', 12, 9, Float32Array.from(values)));
  fc.assert(
    fc.property(maps, fc.integer({ min: 1, max: 99 }), (map, percent) => {
      const found = criticalRegion(agreement([map], 'binarized'), { ...settings, threshold: percent / 100, smallestPatch: 1 });
      if (!found.ok) {
        expect(Math.max(...map.data)).toBe(0);
        return;
      }
      const { mask, patch, inside } = found.value;
      expect(patch.row >= 0 && patch.column >= 0 && patch.row + patch.edge <= 9 && patch.column + patch.edge <= 12).toBe(true);
      const count = (picture: Image2D<'binary'>): number => picture.data.reduce((sum, pixel) => sum + pixel, 0);
      const rows = new Set<number>();
      const columns = new Set<number>();
      mask.data.forEach((pixel, p) => {
        if (pixel === 0) return;
        rows.add(Math.floor(p / 12));
        columns.add(p % 12);
      });
      // A region may be wider than the image is high; then the square holds what it can.
      const longer = Math.max(rows.size, columns.size);
      expect(patch.edge).toBe(Math.min(longer, 9));
      if (longer <= 9) expect(count(inside)).toBe(count(mask));
    }),
  );
});
