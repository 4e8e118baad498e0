import { describe, expect, test } from 'vitest';
import { imageOf } from '#engine/grid/image-2d';
import { agreement } from '#engine/construction/critical-region';

describe('agreement', () => {
  const heat = (...values: number[]) => imageOf('heat', values.length, 1, Float32Array.from(values));

  test('the smallest of the relative maps: its level line is the edge of the intersection', () => {
    expect([...agreement([heat(4, 2, 0), heat(1, 2, 2)], 'binarized').data]).toEqual([0.5, 0.5, 0]);
  });

  test('the product of the normalized maps, relative to its own maximum', () => {
    expect([...agreement([heat(4, 2, 0), heat(1, 2, 2)], 'normalized').data]).toEqual([1, 1, 0]);
  });

  test('maps without heat agree on nothing', () => {
    expect([...agreement([heat(0, 0), heat(1, 2)], 'normalized').data]).toEqual([0, 0]);
  });
});
