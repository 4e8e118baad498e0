/* A small data set whose labels are known functions of the images, which a network learns fast. */
import type { LearningSettings } from '#domain/learning';
import { createRng } from '#engine/core/rng';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { packImages } from '#engine/grid/microstructure-batch';
import type { Labels, RegressionDataset } from '#engine/learning/training/regression-dataset';

/** Two properties of the same images. */
export interface StripedDataset extends RegressionDataset {
  readonly labels: { readonly 'youngs-modulus': Labels; readonly 'poisson-ratio': Labels };
}

/** The images with other labels of the modulus. */
export function withModuli(dataset: StripedDataset, change: (values: Float64Array, direction: 'x' | 'y') => Float64Array): StripedDataset {
  const { x, y } = dataset.labels['youngs-modulus'];
  return { ...dataset, labels: { ...dataset.labels, 'youngs-modulus': { x: change(x, 'x'), y: change(y, 'y') } } };
}

/**
 * White stripes along x and along y; more of those along a direction raise its label, the others lower it a little;
 * Poisson's ratio falls with all of them, more with those across.
 */
export function stripedDataset(count: number, resolution = 32): StripedDataset {
  const images: Image2D<'binary'>[] = [];
  const moduli = { x: new Float64Array(count), y: new Float64Array(count) };
  const ratios = { x: new Float64Array(count), y: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const rng = createRng(5).fork(`stripes/${i}`);
    const image = imageOf('binary', resolution, resolution, new Uint8Array(resolution * resolution));
    const along = { x: rng.integer(6), y: rng.integer(6) };
    for (let s = 0; s < along.x; s++) image.data.fill(1, (4 * s + 2) * resolution, (4 * s + 4) * resolution);
    for (let s = 0; s < along.y; s++) {
      for (let row = 0; row < resolution; row++) image.data.fill(1, row * resolution + 5 * s, row * resolution + 5 * s + 2);
    }
    images.push(image);
    moduli.x[i] = 1e11 * (1 + along.x - 0.2 * along.y);
    moduli.y[i] = 1e11 * (1 + along.y - 0.2 * along.x);
    ratios.x[i] = 0.4 - 0.01 * along.x - 0.02 * along.y;
    ratios.y[i] = 0.4 - 0.01 * along.y - 0.02 * along.x;
  }
  return {
    images: packImages(images, resolution),
    labels: { 'youngs-modulus': moduli, 'poisson-ratio': ratios },
    mirrorInvariance: { along: true, across: true },
  };
}

/** Settings of a short training on it. */
export const stripedSettings: LearningSettings = {
  network: 'compact',
  properties: ['youngs-modulus'],
  epochs: 3,
  batchSize: 16,
  learningRate: 3e-3,
  optimizer: 'adamw',
  weightDecay: 1e-2,
  schedule: 'one-cycle',
  directions: 'shared',
  augmentation: 'symmetries',
  holdOut: 0.2,
  validation: 0.1,
  backend: 'auto',
};
