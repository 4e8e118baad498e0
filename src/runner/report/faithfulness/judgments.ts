/* Whether the numbers of a row of the table of faithfulness support the maps: not where a control does as well. */
import { percentText, probabilityStatement } from '#display/numbers';
import { significanceLevel } from '#display/significance';
import type { FaithfulnessMeasure, FaithfulnessSubject, ImageMean, LayerFaithfulness, PerturbationGain } from '#engine/api';
import { listed } from '#units/sentences';
import { exceeds, type FaithfulnessColumn, faithfulnessColumns, shareText } from './values';

export interface FaithfulnessJudgment {
  readonly supports: boolean;
  /** The measure in a few words. */
  readonly name: string;
  /** Its numbers, and which controls do as well. */
  readonly finding: string;
  /** A gain by the finite elements: only these measure whether the regions of the maps carry the property. */
  readonly isGain?: true;
  /** It does not support the maps because chance explains it, and for no other reason: with more images it might. */
  readonly isOpen?: true;
}

/** Nothing where nothing was measured. */
export interface Judged {
  readonly judgment?: FaithfulnessJudgment;
}

interface AgreementQuestion {
  readonly name: string;
  readonly text: (mean: ImageMean) => string;
  /** The smallest value that counts. */
  readonly least: number;
  /** Controls that are not compared. */
  readonly leftOut?: readonly FaithfulnessSubject[];
}

/** Agreement supports the maps if it is large enough and exceeds that of every control. */
export function judgeAgreement({ agreement: { map, ...controls } }: LayerFaithfulness, measure: FaithfulnessMeasure, { name, text, least, leftOut = [] }: AgreementQuestion): Judged {
  const own = map[measure];
  if (Number.isNaN(own.mean)) return { judgment: { supports: false, name, finding: 'the maps have no contrast' } };
  const compared = (Object.keys(controls) as (keyof typeof controls)[]).filter((control) => !leftOut.includes(control) && !Number.isNaN(controls[control][measure].mean));
  const asGood = compared.filter((control) => !exceeds(own, controls[control][measure]));
  const isEnough = own.mean >= least;
  const relation = asGood.length > 0 ? `not measurably more than ${listed(asGood.map((control) => `${faithfulnessColumns[control]} with ${text(controls[control][measure])}`))}` : isEnough ? 'more than every control' : 'too little to count';
  return { judgment: { supports: isEnough && asGood.length === 0, name, finding: `${text(own)}, ${relation}` } };
}

/** A gain supports the maps if chance does not explain it and no control gains as much. */
export function judgeGain(name: string, { mean, p }: PerturbationGain, controls: Readonly<Partial<Record<FaithfulnessColumn, PerturbationGain>>>, isGain: boolean): Judged {
  const compared = Object.entries(controls) as [FaithfulnessColumn, PerturbationGain][];
  const asGood = compared.filter(([, control]) => control.mean >= mean);
  const isReal = mean > 0 && p < significanceLevel;
  const over = mean > 0 ? `gains ${percentText(mean, 1)} over the same order elsewhere` : mean < 0 ? `loses ${percentText(-mean, 1)} against the same order elsewhere` : 'gains nothing over the same order elsewhere';
  const chance = mean > 0 ? `${isReal ? '' : ', which chance explains'} with ${probabilityStatement(p)}` : '';
  const others = asGood.length > 0 ? `; as much or more is gained by ${listed(asGood.map(([control, gain]) => `${faithfulnessColumns[control]} with ${percentText(gain.mean, 1)}`))}` : compared.length > 0 ? ', more than every control' : '';
  const isOpen = mean > 0 && !isReal && asGood.length === 0;
  return { judgment: { supports: isReal && asGood.length === 0, name, finding: `${over}${chance}${mean > 0 ? others : ''}`, ...(isGain && { isGain }), ...(isOpen && { isOpen }) } };
}

/** Changes of a map up to this share of the difference to the same map elsewhere are small, and from the second one on it is another map. */
export const changeLevels = { small: 0.3, other: 0.8 } as const;

/** A small change supports the maps. */
export function judgeChange(name: string, change: ImageMean, elsewhere: ImageMean): Judged {
  const share = change.mean / elsewhere.mean;
  if (Number.isNaN(share)) return {};
  return { judgment: { supports: share <= changeLevels.small, name, finding: `changes the map by ${shareText(change)}; the same map elsewhere differs by ${shareText(elsewhere)}` } };
}
