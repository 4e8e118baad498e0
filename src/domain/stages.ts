/* The stages of a case. */

/** The stages in the order of the data. */
export const stageNames = ['generate', 'solve', 'select', 'learn', 'explain', 'examine', 'propose', 'construct', 'validate'] as const;
export type StageName = (typeof stageNames)[number];

/** Stages that every arm has for itself; the others serve all arms. */
export const armStageNames = ['propose', 'construct', 'validate'] as const satisfies readonly StageName[];
export type ArmStageName = (typeof armStageNames)[number];

/** A stage in its case: `{ stage: 'construct', arm: 'control' }`; without an arm it serves all of them. */
export interface StagePlace {
  readonly stage: StageName;
  readonly arm?: string;
}

export function isArmStage(stage: StageName): stage is ArmStageName {
  return (armStageNames as readonly StageName[]).includes(stage);
}

/** All stages of a case whose arms have these names, in the order of the data. */
export function stagePlaces(arms: readonly string[]): StagePlace[] {
  return stageNames.flatMap((stage): StagePlace[] => (isArmStage(stage) ? arms.map((arm) => ({ stage, arm })) : [{ stage }]));
}

/** The place alone, of anything that has one. */
export function placeOf({ stage, arm }: { readonly stage: StageName; readonly arm?: string | undefined }): StagePlace {
  return { stage, ...(arm !== undefined && { arm }) };
}

/** `learn`, `construct control`. */
export function placeText({ stage, arm }: { readonly stage: string; readonly arm?: string | undefined }): string {
  return arm === undefined ? stage : `${stage} ${arm}`;
}
