/* How the learning rate changes over a training. */
import type { LearningSettings } from '#domain/learning';

/** Share of the steps in which `one-cycle` warms up, and by how much it starts and ends lower. */
const WARM_UP = 0.3;
const START = 1 / 25;
const END = 1 / 25e4;

/** `decay` halves the rate this many times in a training. */
const HALVINGS = 5;

/**
 * The rate of step `step` (from 0) of `steps`. `one-cycle` is Smith & Topin 2019 (arXiv 1708.07120)
 * with cosine flanks, as in torch's OneCycleLR; `decay` halves the rate after each sixth of the steps.
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
