/* The arms that words of the language name: a case's own, and one for each word of `compare`. */
import type { Compare } from './generated/ast';
import type { ArmSpecification } from './specification';

/** What every case does: cells from the critical regions of its exceptional images. */
export function ownArm(construct: ArmSpecification['construct']): ArmSpecification {
  return { name: 'explained', images: 'outliers', patches: 'regions', construct };
}

/** What `compare WORD` adds, to be built as the case's own. */
export const comparedArms: Readonly<Record<Compare['arm'], Omit<ArmSpecification, 'construct'>>> = {
  control: { name: 'control', images: 'outliers', patches: 'random' },
};
