/* The stages of a case. */
import type { ArmSpec } from './arms';

/** The stages in the order of the data. */
export const stageNames = ['generate', 'solve', 'select', 'learn', 'explain', 'examine', 'propose', 'construct', 'validate'] as const;
export type StageName = (typeof stageNames)[number];

/** Stages that every arm has for itself; the others serve all arms. */
export const armStageNames = ['propose', 'construct', 'validate'] as const satisfies readonly StageName[];
export type ArmStageName = (typeof armStageNames)[number];

/** Shared stages that an arm has for itself if it takes other images than the exceptional ones. */
const imageStageNames: readonly StageName[] = ['select', 'explain'];

/** A stage in its case: `{ stage: 'construct', arm: 'control' }`; without an arm it serves all of them. */
export interface StagePlace {
  readonly stage: StageName;
  readonly arm?: string;
}

export function isArmStage(stage: StageName): stage is ArmStageName {
  return (armStageNames as readonly StageName[]).includes(stage);
}

/** All stages of a case with these arms, in the order of the data; one that explains without a network trains none. */
export function stagePlaces(arms: readonly Pick<ArmSpec, 'name' | 'images'>[], hasNetwork = true): StagePlace[] {
  return stageNames.filter((stage) => hasNetwork || stage !== 'learn').flatMap((stage): StagePlace[] => {
    const own = arms.filter((arm) => isArmStage(stage) || (imageStageNames.includes(stage) && takesOwnImages(arm)));
    return [...(isArmStage(stage) ? [] : [{ stage }]), ...own.map(({ name }) => ({ stage, arm: name }))];
  });
}

/** Whether the arm selects and explains images besides the exceptional ones. */
export function takesOwnImages<A extends Pick<ArmSpec, 'images'>>(arm: A): arm is A & { readonly images: OwnImagesOfArm } {
  return arm.images !== undefined && arm.images !== 'outliers';
}

/** Images that are selected for one arm alone. */
export type OwnImagesOfArm = Exclude<NonNullable<ArmSpec['images']>, 'outliers'>;

/** The place alone, of anything that has one. */
export function placeOf({ stage, arm }: { readonly stage: StageName; readonly arm?: string | undefined }): StagePlace {
  return { stage, ...(arm !== undefined && { arm }) };
}

/** `learn`, `construct control`. */
export function placeText({ stage, arm }: { readonly stage: string; readonly arm?: string | undefined }): string {
  return arm === undefined ? stage : `${stage} ${arm}`;
}
