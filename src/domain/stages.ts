/* The stages of a case, and what a run reports of each. */

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

/** How much of a stage's value came from the store. */
export type Reuse = 'nothing' | 'partly' | 'everything';

/** One stage of a run, as records, lists and the editor show it. */
export interface StageStatus extends StagePlace {
  readonly state: 'queued' | 'running' | 'finished';
  /** Wall time in this run so far; absent while the stage is queued. */
  readonly seconds?: number;
  /** There once the stage has finished. */
  readonly reused?: Reuse;
}

/** A finished stage, as results and manifests list it. */
export interface StageRecord extends StagePlace, Required<Pick<StageStatus, 'seconds' | 'reused'>> {
  /** Content address of its value, hex; absent for stages that keep none. */
  readonly key?: string;
}

/** How far a stage is. */
export interface StageProgress {
  /** Of `total` items: images, steps of a training, patches, tests. */
  readonly done: number;
  readonly total: number;
  /** A short remark such as a loss. */
  readonly note?: string;
  /** Items that an earlier, unfinished run had left; the first progress of a stage says it. */
  readonly resumed?: number;
}

/** What a run reports of a stage: once that it is running, then its progress, then that it has finished. */
export type StageEvent<Key extends string = string> = StagePlace & { readonly key: Key } & (
    | { readonly state: 'running'; readonly progress?: StageProgress }
    | ({ readonly state: 'finished' } & Required<Pick<StageStatus, 'reused'>>)
  );
