import { expect, test } from 'vitest';
import { assembleFaithfulness } from '#engine/pipeline/result/assemble-faithfulness';
import type { Examination } from '#engine/pipeline/stages/examine';

const trial = { whole: 2, replaced: 1, own: [1, 1, 1, 2, 2, 2], shifted: [[1.75, 1.5, 1.25, 1.25, 1.5, 1.75]] };
/** The numbers of a map and of its controls: `correlation`, `partialCorrelation`, then 0.1, 0.2, 0.3; the controls have ten times less. */
function mapNumbers(correlation: number, partialCorrelation: number): number[] {
  const own = [correlation, partialCorrelation, 0.1, 0.2, 0.3];
  return [own, ...Array.from({ length: 4 }, () => own.map((value) => value / 10))].flat();
}

const nothing = [undefined, undefined, undefined];
const controls = { random: [[1.5, 1.5, 1.5, 1.5, 1.5, 1.5], undefined, undefined], edges: nothing, center: nothing, white: nothing };
const examination: Examination = {
  images: Int32Array.of(4, 9, 11),
  layers: [
    {
      layer: 'last',
      nativeEdge: 1,
      // By image, then direction; the third image's maps have no contrast along x.
      faithfulness: Float64Array.from([[0.2, 0], [0.5, 0.9], [0.4, 0.2], [0.1, -0.1], [NaN, NaN], [0.6, 0.1]].flatMap(([first, second]) => mapNumbers(first!, second!))),
      randomized: Float64Array.of(0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.6, 0.2, NaN, NaN, 0.4, 0.2),
      entropy: Float64Array.of(0.2, 0.4, NaN, NaN, NaN, NaN),
      stability: Float64Array.from({ length: 36 }, (_, i) => (i < 12 ? i : NaN)),
    },
    {
      layer: 'layer2.0', nativeEdge: 2,
      faithfulness: new Float64Array(150).fill(NaN), randomized: new Float64Array(12).fill(NaN), entropy: new Float64Array(6).fill(NaN), stability: new Float64Array(36).fill(NaN),
    },
  ],
  parts: ['fc', 'conv1'],
  perturbation: {
    'finite-elements': { donor: [[trial, trial, undefined], nothing, [trial, trial, trial]], surroundings: [[trial, undefined, undefined], nothing], controls },
    network: { donor: [[trial, trial, undefined], nothing, [{ ...trial, replaced: 3 }]], surroundings: [nothing, nothing], controls },
  },
};
/** Four explained images: the third has no positive value along x, the last one along neither direction. */
const explained = {
  images: Int32Array.of(4, 9, 11, 12),
  layers: [{ layer: 'last' as const, nativeEdge: 1, maps: Float32Array.of(1, 2, 0.5, 1, 0, 3, -1, -2) }],
};
const objective = { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] } as const;

test('means are taken by layer and direction, over the images whose map has contrast', () => {
  const { maps, images, parts } = assembleFaithfulness(examination, explained, objective);
  expect([images, parts]).toEqual([examination.images, ['fc', 'conv1']]);
  expect(maps.map(({ layer, direction, nativeResolution, correlation }) => [layer, direction, nativeResolution, correlation.count])).toEqual([
    ['last', 'x', 1, 2],
    ['last', 'y', 1, 3],
    ['layer2.0', 'x', 2, 0],
    ['layer2.0', 'y', 2, 0],
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
  const { perturbation } = assembleFaithfulness(examination, explained, objective);
  expect(perturbation.map(({ ranking, finiteElements, network }) => [ranking, finiteElements?.images, network?.images])).toEqual([
    ['last', 2, 2],
    ['layer2.0', undefined, undefined],
    ['exact', 3, undefined],
  ]);
  expect(perturbation[0]!.finiteElements!.deletionGain).toMatchObject({ mean: 0.375, better: 2, p: 0.25 });
});

test('maps without positive evidence are counted by layer and direction, among all explained images', () => {
  const { maps } = assembleFaithfulness(examination, explained, objective);
  expect(maps.map(({ evidence }) => evidence)).toEqual([{ images: 4, none: 2 }, { images: 4, none: 1 }, { images: 0, none: 0 }, { images: 0, none: 0 }]);
});

test('of a layer each image counts once, with the mean of the directions that are known', () => {
  const { layers: [last, other] } = assembleFaithfulness(examination, explained, objective);
  // 0.35, 0.25 and 0.6.
  expect(last).toMatchObject({
    agreement: { map: { correlation: { mean: expect.closeTo(0.4), count: 3 }, sharedTenth: { mean: expect.closeTo(0.3) } }, white: { correlation: { mean: expect.closeTo(0.04) } } },
    stability: { moved: { mean: 3, count: 1 }, elsewhereOverlap: { mean: 8 } },
    entropyRise: { mean: expect.closeTo(0.3), count: 1 },
  });
  expect(other!.agreement.map.gini).toMatchObject({ mean: NaN, count: 0 });
});

test('a control is held against the chance of the layer, over the images that it was measured on', () => {
  const { perturbation: [last, , exact] } = assembleFaithfulness(examination, explained, objective);
  expect(last!.surroundings).toMatchObject({ finiteElements: { images: 1 } });
  expect(last!.surroundings).not.toHaveProperty('network');
  // Half of the advantage at each share: the area is 1/2, that of chance too.
  expect(last!.controls!.random).toMatchObject({ finiteElements: { images: 1, deletionGain: { mean: 0 } } });
  expect(last!.controls!.edges).toEqual({});
  expect(exact).not.toHaveProperty('controls');
});
