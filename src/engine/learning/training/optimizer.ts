/*
 * The optimizer of a training and its learning rate.
 *
 * Adam (Kingma & Ba 2015, arXiv 1412.6980, algorithm 1) and AdamW (Loshchilov & Hutter 2019, arXiv
 * 1711.05101), where the decay multiplies the weights themselves and does not pass through the moments. As is usual, only
 * the weights of convolutions and of the linear layer decay.
 */
import type { LearningSettings } from '#domain/learning';
import type { ParameterLayout, ParameterRange } from '../network/parameter-layout';

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

/** Running moments of the gradient, one number per parameter. */
export interface AdamMoments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** One step for a range of parameters, in place; `step` counts from 1. */
export function stepAdam(
  parameters: Float32Array,
  gradient: Float32Array,
  moments: AdamMoments,
  layout: ParameterLayout,
  range: ParameterRange,
  step: number,
  rate: number,
  settings: LearningSettings,
): void {
  const { first, second } = moments;
  const correction1 = 1 - BETA_1 ** step;
  const correction2 = Math.sqrt(1 - BETA_2 ** step);
  const decay = settings.optimizer === 'adamw' ? 1 - rate * settings.weightDecay : 1;
  for (const { offset, size, role } of layout.parameters) {
    const retained = role === 'convolution' || role === 'linear-weight' ? decay : 1;
    const end = Math.min(offset + size, range.to);
    for (let i = Math.max(offset, range.from); i < end; i++) {
      const g = gradient[i]!;
      const m = BETA_1 * first[i]! + (1 - BETA_1) * g;
      const v = BETA_2 * second[i]! + (1 - BETA_2) * g * g;
      first[i] = m;
      second[i] = v;
      parameters[i] = retained * parameters[i]! - ((rate / correction1) * m) / (Math.sqrt(v) / correction2 + EPSILON);
    }
  }
}

/** The share of the steps in which `one-cycle` warms up, and its first and last rate relative to the peak. */
const WARM_UP = 0.3;
const START = 1 / 25;
const END = 1 / 25e4;

/** The number of times that `decay` halves the rate in a training. */
const HALVINGS = 5;

/**
 * The learning rate of step `step` (from 0) of `steps`. `one-cycle` is that of Smith & Topin 2019 (arXiv 1708.07120)
 * with cosine annealing, as in torch's OneCycleLR; `decay` halves the rate after each sixth of the steps.
 */
export function learningRateAt(settings: LearningSettings, step: number, steps: number): number {
  const peak = settings.learningRate;
  switch (settings.schedule) {
    case 'constant':
      return peak;
    case 'decay':
      return peak * 0.5 ** Math.floor((step * (HALVINGS + 1)) / steps);
    case 'one-cycle': {
      const warm = Math.max(1, WARM_UP * steps - 1);
      if (step <= warm) return cosine(peak * START, peak, step / warm);
      return cosine(peak, peak * END, (step - warm) / Math.max(1, steps - 1 - warm));
    }
  }
}

function cosine(from: number, to: number, share: number): number {
  return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * share));
}
