import { expect, test } from 'vitest';
import { assembleFaithfulness } from '#engine/pipeline/assemble-faithfulness';

test('means are taken by layer and direction, over the images whose map has contrast', () => {
  const layer = { layer: 'last', nativeEdge: 8, maps: new Float32Array(), faithfulness: Float64Array.of(0.2, 0, 0.5, 0.9, NaN, NaN, 0.1, -0.1, 0.6, 0.2, NaN, NaN) } as const;
  const silent = { layer: 'stage-1', nativeEdge: 16, maps: new Float32Array(), faithfulness: new Float64Array(4).fill(NaN) } as const;
  const results = assembleFaithfulness({ layers: [layer, silent] }, { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] });
  expect(results.map(({ layer: name, direction, nativeResolution, count }) => [name, direction, nativeResolution, count])).toEqual([
    ['last', 'x', 8, 2],
    ['last', 'y', 8, 2],
    ['stage-1', 'x', 16, 0],
    ['stage-1', 'y', 16, 0],
  ]);
  expect(results[0]).toMatchObject({ correlation: expect.closeTo(0.4), beyondWhiteShare: expect.closeTo(0.1) });
  expect(results[1]).toMatchObject({ correlation: expect.closeTo(0.3), beyondWhiteShare: expect.closeTo(0.4) });
  expect(results[2]!.correlation).toBeNaN();
});
