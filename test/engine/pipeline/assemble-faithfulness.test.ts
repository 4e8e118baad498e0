import { expect, test } from 'vitest';
import { assembleFaithfulness } from '#engine/pipeline/result/assemble-case-result';
import type { Examination } from '#engine/pipeline/stages/examine';

const trial = { whole: 2, replaced: 1, own: [1, 1, 1, 2, 2, 2], shifted: [[1.75, 1.5, 1.25, 1.25, 1.5, 1.75]] };
const examination: Examination = {
  images: Int32Array.of(4, 9, 11),
  layers: [
    {
      layer: 'last',
      nativeEdge: 8,
      // By image, then direction, then the two numbers; the third image's maps have no contrast along x.
      correlations: Float64Array.of(0.2, 0, 0.5, 0.9, 0.4, 0.2, 0.1, -0.1, NaN, NaN, 0.6, 0.1),
      randomized: Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6, 0.2, NaN, NaN, 0.4, 0.2),
    },
    { layer: 'layer2.0', nativeEdge: 16, correlations: new Float64Array(12).fill(NaN), randomized: new Float64Array(12).fill(NaN) },
  ],
  parts: ['fc', 'conv1'],
  perturbation: {
    'finite-elements': [[trial, trial, undefined], [undefined, undefined, undefined], [trial, trial, trial]],
    network: [[trial, trial, undefined], [undefined, undefined, undefined], [{ ...trial, replaced: 3 }]],
  },
};

test('means are taken by layer and direction, over the images whose map has contrast', () => {
  const { maps, images, parts } = assembleFaithfulness(examination, { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] });
  expect([images, parts]).toEqual([examination.images, ['fc', 'conv1']]);
  expect(maps.map(({ layer, direction, nativeResolution, correlation }) => [layer, direction, nativeResolution, correlation.count])).toEqual([
    ['last', 'x', 8, 2],
    ['last', 'y', 8, 3],
    ['layer2.0', 'x', 16, 0],
    ['layer2.0', 'y', 16, 0],
  ]);
  expect(maps[0]).toMatchObject({
    correlation: { mean: expect.closeTo(0.3), deviation: expect.closeTo(0.1 * Math.SQRT2) },
    partialCorrelation: { mean: expect.closeTo(0.1) },
    randomized: [{ mean: expect.closeTo(0.8) }, { mean: expect.closeTo(0.2) }],
  });
  expect(maps[1]).toMatchObject({ correlation: { mean: expect.closeTo(0.4) }, randomized: [{ mean: expect.closeTo(0.6) }, { mean: expect.closeTo(0.2) }] });
  expect(maps[2]!.correlation.mean).toBeNaN();
});

test('perturbation is told by ranking and measure, where there is something to tell', () => {
  const { perturbation } = assembleFaithfulness(examination, { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] });
  expect(perturbation.map(({ ranking, finiteElements, network }) => [ranking, finiteElements?.images, network?.images])).toEqual([
    ['last', 2, 2],
    ['layer2.0', undefined, undefined],
    ['exact', 3, undefined],
  ]);
  expect(perturbation[0]!.finiteElements!.deletionGain).toMatchObject({ mean: 0.375, better: 2, p: 0.25 });
});
