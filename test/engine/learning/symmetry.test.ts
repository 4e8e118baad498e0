import { describe, expect, test } from 'vitest';
import { planOf } from '#domain/networks';
import { unpackImage, packImages } from '#engine/grid/microstructure-batch';
import { imageOf } from '#engine/grid/image-2d';
import { createInputEncoder } from '#engine/learning/network/network-input';
import { antiTranspose, flips, invariantFlips, identity, sourcePixels, transformRaster, type Symmetry } from '#engine/learning/network/symmetry';
import { draw, image } from '#test/support/draw-image';

function seen(text: string, symmetry: Symmetry): string {
  const { width, data } = image(text);
  return draw(imageOf('binary', width, width, Uint8Array.from(transformRaster(Float32Array.from(data), width, symmetry))));
}

const original = `
  #.#.
  #...
  ##..
  #...`;

describe('symmetries', () => {
  test('the anti-transpose reflects at the rising diagonal: what pointed right points up', () => {
    expect(seen(original, antiTranspose)).toBe(['....', '...#', '.#..', '####'].join('\n'));
  });

  test('flips', () => {
    expect(flips.map((flip) => seen(original, flip).split('\n'))).toEqual([
      ['#.#.', '#...', '##..', '#...'],
      ['.#.#', '...#', '..##', '...#'],
      ['#...', '##..', '#...', '#.#.'],
      ['...#', '..##', '...#', '.#.#'],
    ]);
  });

  test('flips that keep a value along a direction', () => {
    const names = (along: boolean, across: boolean, direction: 'x' | 'y'): readonly string[] =>
      invariantFlips({ along, across }, direction).map(({ flipColumns, flipRows, antiTranspose: turned }) => {
        expect(turned).toBe(false);
        return `${flipColumns ? 'columns' : ''}${flipRows ? 'rows' : ''}`;
      });
    expect(names(true, true, 'x')).toEqual(['', 'columns', 'rows', 'columnsrows']);
    expect(names(true, false, 'x')).toEqual(['', 'columns']);
    expect(names(true, false, 'y')).toEqual(['', 'rows']);
    expect(names(false, true, 'x')).toEqual(['', 'rows']);
    expect(names(false, true, 'y')).toEqual(['', 'columns']);
    expect(names(false, false, 'y')).toEqual(['']);
  });

  test('a flip before the anti-transpose', () => {
    const both = seen(original, { flipColumns: true, flipRows: false, antiTranspose: true });
    expect(both).toBe(seen(seen(original, flips[1]!), antiTranspose));
  });

  test('the eight are different and each keeps every pixel', () => {
    const all = flips.flatMap((flip) => [flip, { ...flip, antiTranspose: true }]).map((symmetry) => sourcePixels(symmetry, 4));
    expect(new Set(all.map(String)).size).toBe(8);
    for (const pixels of all) expect(pixels.slice().sort()).toEqual(Int32Array.from({ length: 16 }, (_, i) => i));
  });
});

describe('input of a network', () => {
  const size = 32;
  const stripes = packImages([
    imageOf('binary', size, size, new Uint8Array(size * size)),
    imageOf('binary', size, size, Uint8Array.from({ length: size * size }, (_, p) => ((p % size) * 7 + Math.floor(p / size) * 3) % 5 < 2 ? 1 : 0)),
  ], size);

  test('resnet18 reads the pixels as they lie', () => {
    const encoder = createInputEncoder(planOf('resnet18'), size);
    expect(encoder.shape).toEqual([32, 32, 1]);
    const values = new Float32Array(size * size);
    encoder.encode(stripes, 1, identity, values, 0);
    expect(Array.from(values, (value) => value + 0.5)).toEqual(Array.from(unpackImage(stripes, 1).data));
  });

  test('a shift moves the periodic image before the symmetry', () => {
    const encoder = createInputEncoder(planOf('resnet18'), size);
    const values = new Float32Array(size * size);
    encoder.encode(stripes, 1, antiTranspose, values, 0, { rows: 5, columns: 30 });
    const { data } = unpackImage(stripes, 1);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        expect(values[row * size + column]! + 0.5).toBe(data[((size - 1 - column + 5) % size) * size + ((size - 1 - row + 30) % size)]);
      }
    }
  });

  test('compact reads 4 × 4 squares as 16 channels, row by row, and loses nothing', () => {
    const encoder = createInputEncoder(planOf('compact'), size);
    expect(encoder.shape).toEqual([8, 8, 16]);
    const values = new Float32Array(2 * size * size);
    encoder.encode(stripes, 1, antiTranspose, values, size * size);
    const { data } = unpackImage(stripes, 1);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const position = (row >> 2) * 8 + (column >> 2);
        const channel = (row & 3) * 4 + (column & 3);
        expect(values[size * size + position * 16 + channel]! + 0.5).toBe(data[(size - 1 - column) * size + (size - 1 - row)]);
      }
    }
  });
});
