/* What deletion and insertion curves of several images show together, against the same rankings moved elsewhere. */
import { removedShares } from './removal';
import { signFlipTest } from './sign-flip-test';

/** The objective's value on the pictures of `removalImages`: deletion at each share, then insertion. */
export type RemovalValues = ArrayLike<number>;

/** One image's values by one measure. */
export interface RemovalTrial {
  /** Of the image itself, and with all squares refilled. */
  readonly whole: number;
  readonly refilled: number;
  readonly own: RemovalValues;
  readonly moved: readonly RemovalValues[];
}

/** Mean curves over the shares 0, `removedShares`, 1 in units of the advantage: 1 for the images as they are, 0 for refilled ones. */
export interface RemovalCurves {
  readonly deletion: readonly number[];
  readonly insertion: readonly number[];
}

/** How much better than chance a ranking is, by areas between curves in units of the advantage. */
export interface RemovalGain {
  readonly mean: number;
  /** Standard deviation over images. */
  readonly deviation: number;
  /** Images in which the ranking does better than the mean of its moved twins. */
  readonly better: number;
  /** Probability of a mean at least as large if the ranking were chance (`signFlipTest`, one-sided). */
  readonly p: number;
}

export interface RemovalSummary {
  readonly images: number;
  /** Mean over images of what they lose, toward the objective, when all squares are refilled; the objective's unit. */
  readonly advantage: number;
  readonly own: RemovalCurves;
  readonly moved: RemovalCurves;
  /** Deletion: how much more is lost. Insertion: how much more is won back. Both positive for a ranking that knows. */
  readonly deletionGain: RemovalGain;
  readonly insertionGain: RemovalGain;
}

/**
 * Summary of at least one trial; undefined without one, and when refilled images are no worse on the
 * whole, as there is no advantage then that a region could carry. `sign` −1 when small values are better.
 */
export function summarizeRemoval(trials: readonly RemovalTrial[], sign: 1 | -1): RemovalSummary | undefined {
  const advantage = meanOf(trials.map(({ whole, refilled }) => sign * (whole - refilled)));
  if (!(advantage > 0)) return undefined;
  const curves = trials.map((trial) => {
    const scaled = (values: RemovalValues): Curves => {
      const inner = Array.from(values, (value) => (sign * (value - trial.refilled)) / advantage);
      const whole = (sign * (trial.whole - trial.refilled)) / advantage;
      const cut = removedShares.length;
      return { deletion: [whole, ...inner.slice(0, cut), 0], insertion: [0, ...inner.slice(cut), whole] };
    };
    return { own: scaled(trial.own), moved: meanCurves(trial.moved.map(scaled)) };
  });
  const areas = (curve: keyof RemovalCurves): number[] => curves.map(({ own, moved }) => areaBelow(own[curve]) - areaBelow(moved[curve]));
  return {
    images: trials.length,
    advantage,
    own: meanCurves(curves.map(({ own }) => own)),
    moved: meanCurves(curves.map(({ moved }) => moved)),
    deletionGain: gainOf(areas('deletion').map((difference) => -difference)),
    insertionGain: gainOf(areas('insertion')),
  };
}

type Curves = RemovalCurves;

function meanCurves(curves: readonly Curves[]): Curves {
  const mean = (pick: (curve: Curves) => readonly number[]): number[] => pick(curves[0]!).map((_, k) => meanOf(curves.map((curve) => pick(curve)[k]!)));
  return { deletion: mean(({ deletion }) => deletion), insertion: mean(({ insertion }) => insertion) };
}

/** By trapezoids over the shares from 0 to 1. */
function areaBelow(curve: readonly number[]): number {
  const shares = [0, ...removedShares, 1];
  return shares.slice(1).reduce((area, share, k) => area + ((share - shares[k]!) * (curve[k]! + curve[k + 1]!)) / 2, 0);
}

function gainOf(differences: readonly number[]): RemovalGain {
  const mean = meanOf(differences);
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const better = differences.filter((value) => value > 0).length;
  return { mean, deviation: Math.sqrt(squares / Math.max(1, differences.length - 1)), better, p: signFlipTest(differences) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
