import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packImages as packBatch } from '#engine/grid/microstructure-batch';
import { fromBase64, toBase64 } from '#protocol/packed';
import { packColumn, packImage, packImageBits, unpackColumn, unpackImages } from '#protocol/packed';
import { imageOf } from '#engine/grid/image-2d';

const bytes = fc.uint8Array({ maxLength: 100 });

test('base64 is that of Node, both ways', () => {
  fc.assert(
    fc.property(bytes, (given) => {
      const text = Buffer.from(given).toString('base64');
      expect(toBase64(given)).toBe(text);
      expect(fromBase64(text)).toEqual(Uint8Array.from(given));
    }),
  );
  const large = Uint8Array.from({ length: 100_003 }, (_, i) => (i * 7919) & 255);
  expect(toBase64(large)).toBe(Buffer.from(large).toString('base64'));
});

describe('images', () => {
  test('of any size come back pixel by pixel', () => {
    const picture = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([width, height]) =>
      fc.record({ width: fc.constant(width), height: fc.constant(height), pixels: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height }) }),
    );
    fc.assert(
      fc.property(picture, ({ width, height, pixels }) => {
        const packed = packImage(width, height, Uint8Array.from(pixels));
        expect(packed).toMatchObject({ count: 1, width, height });
        expect([...unpackImages(packed)]).toEqual(pixels);
      }),
    );
  });

  test('each begin with a byte of their own', () => {
    const one = Uint8Array.of(1, 0, 1, 1, 0, 0, 0, 0, 1);
    const packed = packImageBits(3, 3, Uint8Array.of(0b10110000, 0b10000000, 0b10110000, 0b10000000));
    expect(packed.count).toBe(2);
    expect(unpackImages(packed)).toEqual(Uint8Array.of(...one, ...one));
  });

  test("packed by the engine are read as they are", () => {
    const pixels = Uint8Array.from({ length: 3 * 64 }, (_, p) => (p * p) % 3 & 1);
    const images = [0, 1, 2].map((i) => imageOf('binary', 8, 8, pixels.slice(64 * i, 64 * i + 64)));
    expect(unpackImages(packImageBits(8, 8, packBatch(images, 8).packed))).toEqual(pixels);
  });
});

test('columns come back bit by bit, with what was not measured', () => {
  const values = [0, -0, 1.5, NaN, -Infinity, 3e38, 146.3e9];
  expect([...unpackColumn(packColumn('f64', values))]).toEqual(values);
  expect([...unpackColumn(packColumn('f32', values))]).toEqual([...Float32Array.from(values)]);
  expect(unpackColumn(packColumn('i32', [-5, 7]))).toEqual(Int32Array.of(-5, 7));
  expect(unpackColumn(packColumn('u8', []))).toEqual(Uint8Array.of());
  const carried = JSON.parse(JSON.stringify(packColumn('f32', values))) as ReturnType<typeof packColumn<'f32'>>;
  expect(unpackColumn(carried)).toEqual(Float32Array.from(values));
});
