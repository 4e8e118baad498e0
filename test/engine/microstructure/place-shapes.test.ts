import { describe, expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { connectedComponents } from '#engine/grid/connected-components';
import { cutField } from '#engine/microstructure/cut-field';
import { placeShapes, type ShapeSource } from '#engine/microstructure/place-shapes';
import { ellipse, spherocylinder } from '#engine/microstructure/particles-and-fibers';
import { draw } from '#test/support/draw-image';

const rng = createRng(5);
const ellipses =
  (lower: number, upper: number, aspect: number): ShapeSource =>
  (stream) => {
    const radius = stream.between(lower, upper);
    return {
      area: Math.PI * radius * radius,
      orient: (turning, scale) => ellipse(radius * scale, aspect, turning.between(0, Math.PI)),
    };
  };
const discs = (lower: number, upper: number) => ellipses(lower, upper, 1);
const fibers =
  (length: number, width: number, orientation?: number): ShapeSource =>
  () => ({
    area: spherocylinder(length, width, 0).area,
    orient: (turning, scale) => spherocylinder(length * scale, width * scale, orientation ?? turning.between(0, Math.PI)),
  });
const must = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error('no place');
  return result.value;
};

test('orientation turns from x towards y, and y is up', () => {
  const { field, shapeCount } = must(placeShapes(rng.fork('one'), fibers(12, 3, Math.PI / 6), 'avoided', 36, 16));
  expect(shapeCount).toBe(1);
  expect(draw(cutField(field, 36).image)).toMatchInlineSnapshot(`
    "####..........##
    ##..........####
    ............####
    .............##.
    ................
    ................
    ................
    ................
    ................
    ................
    ................
    ................
    .....##.........
    ...####.........
    .######.........
    #####..........#"
  `);
});

describe('without overlap', () => {
  test('shapes stay apart: as many components as shapes, wrapped around', () => {
    const sources = [discs(4, 9), ellipses(6, 6, 2.5), fibers(18, 5)];
    for (let i = 0; i < 90; i++) {
      const source = sources[i % 3]!;
      const { field, shapeCount } = must(placeShapes(rng.fork(`apart/${i}`), source, 'avoided', 1600, 64));
      expect(connectedComponents(cutField(field, 1600).image, 8, 'periodic').sizes.length).toBe(shapeCount);
    }
  });
  test('a common scale near 1 meets the fraction, so the cut hardly moves the outlines', () => {
    for (let i = 0; i < 20; i++) {
      const { field } = must(placeShapes(rng.fork(`level/${i}`), discs(4, 9), 'avoided', 1600, 64));
      expect(Math.abs(cutField(field, 1600).level)).toBeLessThan(0.5);
    }
  });
  test('fibers too dense for random orientations find room by turning', () => {
    for (let i = 0; i < 5; i++) {
      const { shapeCount } = must(placeShapes(rng.fork(`dense/${i}`), fibers(34, 5), 'avoided', 6500, 128));
      expect(shapeCount).toBeGreaterThan(30);
    }
  });
  test('a jam is a finding, soon', () => {
    const result = placeShapes(rng.fork('jam'), fibers(40, 2.5), 'avoided', 2600, 64);
    expect(result).toMatchObject({ ok: false, findings: [{ code: 'shapes-do-not-fit' }] });
  });
});

test('with overlap, shapes do merge', () => {
  const { field, shapeCount } = must(placeShapes(rng.fork('merge'), discs(4, 9), 'allowed', 1600, 64));
  expect(connectedComponents(cutField(field, 1600).image, 8, 'periodic').sizes.length).toBeLessThan(shapeCount);
});

test.each(['allowed', 'avoided'] as const)('sizes that cannot make the fraction are findings, overlap %s', (overlap) => {
  const tooLarge = placeShapes(rng.fork('large'), discs(30, 31), overlap, 1600, 64);
  expect(tooLarge).toMatchObject({ ok: false, findings: [{ code: 'shape-larger-than-fraction' }] });
  const tooSmall = placeShapes(rng.fork('small'), discs(0.01, 0.02), overlap, 1600, 64);
  expect(tooSmall).toMatchObject({ ok: false, findings: [{ code: 'shape-smaller-than-pixel' }] });
});
