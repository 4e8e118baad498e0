/*
 * Preconditioned conjugate gradients (Hestenes & Stiefel 1952, doi 10.6028/jres.049.044) for four load cases
 * at once, each in a lane of the kernels' instructions with factors of its own.
 */

import { ensure } from '#engine/core/bug-error';

/** Load cases that the kernels work on at once. */
export const lanes = 4;

/** Factor of error bounds: single precision, transforms and eliminations have errors of some 1e-6 in the bound itself. */
export const caution = 1.001;
/** Of the bound that the single-precision iterations aim at, because it is measured again afterwards. */
export const margin = 0.9;

/** Fewest pixels along an edge that the kernels take. */
export const smallestKernelSize = 4;

/** Throws unless the kernels take images of n × n pixels: a power of two ≥ 4. */
export function ensureKernelSize(n: number): void {
  ensure(n >= smallestKernelSize && Number.isInteger(Math.log2(n)), `conjugate gradients on ${n} pixels, not a power of two`);
}

/** What a kernel does for an iteration; one number a lane. */
export interface LaneSteps {
  /** u += α p, p = M⁻¹ r + β p, and p · K p. α is that of the last direction. */
  updateDirection(alpha: readonly number[], beta: readonly number[]): readonly number[];
  /** r −= α K p, and r · M⁻¹ r. */
  reduce(alpha: readonly number[]): readonly number[];
  /** u += α p, after the last `reduce` and with its factors. */
  finish(): void;
}

/**
 * Iterates from r · M⁻¹ r of each lane on, until `enough` says so of the new ones and of what the energies
 * p · K p have lost since the start, or for `most` iterations; their number. The direction is zero at first.
 */
export function iterate(
  steps: LaneSteps,
  start: readonly number[],
  most: number,
  enough: (products: readonly number[], lost: readonly number[]) => boolean,
): number {
  const lost = [0, 0, 0, 0];
  let products = start;
  let alpha: readonly number[] = lost.slice();
  let beta: readonly number[] = alpha;
  for (let iteration = 1; ; iteration++) {
    const curvature = steps.updateDirection(alpha, beta);
    alpha = products.map((product, lane) => (curvature[lane]! > 0 ? product / curvature[lane]! : 0));
    const next = steps.reduce(alpha);
    alpha.forEach((factor, lane) => (lost[lane]! += factor * products[lane]!));
    if (iteration === most || enough(next, lost)) {
      steps.finish();
      return iteration;
    }
    beta = next.map((product, lane) => (products[lane]! > 0 ? product / products[lane]! : 0));
    products = next;
  }
}
