import { describe, expect, test } from 'vitest';
import { createRng } from '#engine/core/rng';
import { checkDataset, examplesOf, labelScale, lossFactor, shardOf, splitDataset, type RegressionDataset } from '#engine/learning/training/regression-dataset';
import { stripedDataset, stripedSettings, withModuli } from '#test/support/striped-dataset';

function codeOf(dataset: RegressionDataset, settings = stripedSettings): string | undefined {
  const checked = checkDataset(dataset, settings);
  return checked.ok ? undefined : checked.findings[0]!.code;
}

describe('checkDataset', () => {
  const dataset = stripedDataset(60);

  test('takes what can be learned', () => {
    expect(codeOf(dataset)).toBeUndefined();
  });

  test.each([
    ['too-few-images', { ...dataset, images: { ...dataset.images, count: 49 } }],
    ['label-not-finite', withModuli(dataset, (values, direction) => (direction === 'x' ? values : values.map((value, i) => (i === 7 ? NaN : value))))],
    ['labels-constant', withModuli(dataset, (values, direction) => (direction === 'y' ? values : values.map((_, i) => 68.3e9 * (1 + 1e-15 * i))))],
    ['resolution-not-halvable', { ...dataset, images: { ...dataset.images, resolution: 24 } }],
  ])('finds %s', (code, wrong) => {
    expect(codeOf(wrong)).toBe(code);
  });

  test('finds a hold-out of nobody', () => {
    expect(codeOf(dataset, { ...stripedSettings, holdOut: 0.01 })).toBe('hold-out-too-small');
  });

  test('looks at every property that is learned, and at no other', () => {
    const { x, y } = dataset.labels['poisson-ratio'];
    const wrong = { ...dataset, labels: { ...dataset.labels, 'poisson-ratio': { x: x.map(() => 0.3), y } } };
    expect(codeOf(wrong)).toBeUndefined();
    const both = { ...stripedSettings, properties: ['youngs-modulus', 'poisson-ratio'] } as const;
    expect(checkDataset(wrong, both)).toMatchObject({ findings: [{ code: 'labels-constant', message: expect.stringContaining('the same poisson-ratio 0.3') }] });
  });

  test('says which image', () => {
    const wrong = withModuli(dataset, (values, direction) => (direction === 'x' ? values : values.map((value, i) => (i === 7 ? Infinity : value))));
    expect(checkDataset(wrong, stripedSettings)).toMatchObject({ findings: [{ message: expect.stringContaining('image 7 in direction y') }] });
  });
});

describe('splitDataset', () => {
  test('every image is in one part, and the seed decides in which', () => {
    const shares = { holdOut: 0.2, validation: 0.05 };
    const split = splitDataset(100, shares, createRng(1));
    expect([split.holdOut.length, split.validation.length]).toEqual([20, 4]);
    expect([...split.training, ...split.validation, ...split.holdOut].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(splitDataset(100, shares, createRng(1))).toEqual(split);
    expect(splitDataset(100, shares, createRng(2))).not.toEqual(split);
  });

  test('the validation images come from the training images, and the hold-out stays', () => {
    const split = (validation: number) => splitDataset(100, { holdOut: 0.2, validation }, createRng(1));
    expect(split(0.5).holdOut).toEqual(split(0).holdOut);
    expect(split(0.5).validation.length).toBe(40);
    expect(split(0).validation.length).toBe(0);
    // A share that is asked for has at least one image.
    expect(split(0.001).validation.length).toBe(1);
  });
});

describe('labels', () => {
  test('are scaled by the training images alone', () => {
    const labels = { x: Float64Array.of(1e11, 3e11, 9e99, 5e11), y: Float64Array.of(0, 0, 0, 7e11) };
    const split = { training: Int32Array.of(0, 1, 3), validation: Int32Array.of(), holdOut: Int32Array.of(2) };
    const scale = labelScale(labels, split, ['x']);
    expect(scale.mean).toBeCloseTo(3e11, -1);
    expect(scale.deviation / Math.sqrt(8 / 3) / 1e11).toBeCloseTo(1, 12);
    expect(scale).toMatchObject({ minimum: 1e11, maximum: 5e11 });
    // An error of one deviation is √(8/3)/4 of the range.
    expect(lossFactor(scale)).toBeCloseTo(8 / 3 / 16, 12);
    expect(labelScale(labels, split, ['x', 'y'])).toMatchObject({ minimum: 0, maximum: 7e11 });
  });
});

describe('examples of an epoch', () => {
  const dataset = stripedDataset(50);
  const split = splitDataset(50, { holdOut: 0.2, validation: 0.1 }, createRng(1));
  const task = (directions: 'shared' | 'separate', augmentation: 'symmetries' | 'none' | 'shifts') => ({
    dataset,
    split,
    serves: directions === 'shared' ? (['x', 'y'] as const) : (['y'] as const),
    scales: [{ mean: 0, deviation: 1, minimum: 0, maximum: 1 }],
    settings: { ...stripedSettings, directions, augmentation },
  });

  test('shared: each training image as it is for x and anti-transposed for y, never one of the others', () => {
    const examples = examplesOf(task('shared', 'symmetries'), 1, createRng(1).fork('epoch/1'));
    expect(examples.length).toBe(72);
    for (const turned of [false, true]) {
      const some = examples.filter(({ symmetry }) => symmetry.antiTranspose === turned);
      expect(some.map(({ image }) => image).sort((a, b) => a - b)).toEqual([...split.training]);
      for (const { image, labels } of some) expect(labels).toEqual([dataset.labels['youngs-modulus'][turned ? 'y' : 'x'][image]]);
    }
    expect(new Set(examples.map(({ symmetry: { flipRows, flipColumns } }) => `${flipRows} ${flipColumns}`)).size).toBe(4);
  });

  test('only mirror images that keep the labels are shown: along x the columns flip, along y the rows, before it is turned', () => {
    const along = { ...task('shared', 'symmetries'), dataset: { ...dataset, mirrorInvariance: { along: true, across: false } } };
    const seen = examplesOf(along, 1, createRng(1)).map(({ symmetry: s }) => `${s.antiTranspose ? 'y' : 'x'}${s.flipColumns ? ' columns' : ''}${s.flipRows ? ' rows' : ''}`);
    expect([...new Set(seen)].sort()).toEqual(['x', 'x columns', 'y', 'y rows']);
  });

  test('shifts: in the first 60 % of the epochs all mirror images, shifted over the edges; then those with the same labels as they are', () => {
    const along = { ...task('shared', 'shifts'), dataset: { ...dataset, mirrorInvariance: { along: true, across: false } } };
    const shown = (epoch: number) => examplesOf({ ...along, settings: { ...along.settings, epochs: 16 } }, epoch, createRng(1).fork(`epoch/${epoch}`));
    const flipsOf = (epoch: number) => new Set(shown(epoch).map(({ symmetry: s }) => `${s.antiTranspose} ${s.flipColumns} ${s.flipRows}`)).size;
    expect([1, 10, 11, 16].map(flipsOf)).toEqual([8, 8, 4, 4]);
    for (const { shift } of [...shown(11), ...shown(16)]) expect(shift).toBeUndefined();
    const shifts = shown(10).map(({ shift }) => shift!);
    for (const each of shifts.flatMap(({ rows, columns }) => [rows, columns])) expect(each >= 0 && each < dataset.images.resolution).toBe(true);
    expect(new Set(shifts.map(({ rows, columns }) => `${rows} ${columns}`)).size).toBeGreaterThan(60);
    // Which labels, and in which order, is as without shifts.
    expect(shown(16)).toEqual(examplesOf({ ...along, settings: { ...along.settings, augmentation: 'symmetries' } }, 16, createRng(1).fork('epoch/16')));
  });

  test('separate without symmetries: the image and its own label', () => {
    const examples = examplesOf(task('separate', 'none'), 1, createRng(1));
    expect(examples.every(({ symmetry: s }) => !s.antiTranspose && !s.flipRows && !s.flipColumns)).toBe(true);
    for (const { image, labels } of examples) expect(labels).toEqual([dataset.labels['youngs-modulus'].y[image]]);
  });

  test('the epoch decides the order', () => {
    const order = (label: string) => examplesOf(task('separate', 'none'), 1, createRng(1).fork(label)).map(({ image }) => image);
    expect(order('epoch/2')).toEqual(order('epoch/2'));
    expect(order('epoch/2')).not.toEqual(order('epoch/1'));
  });

  test('shards are the whole batch', () => {
    expect([shardOf([1, 2, 3, 4, 5], 0), shardOf([1, 2, 3, 4, 5], 1)]).toEqual([[1, 2, 3], [4, 5]]);
  });
});
