/* Words that all messages share. Numbers are in SI everywhere; rows of images count from the top. */
import type { Property } from '#domain/objective';

/** The stages of a case in the order of the data. */
export const stageNames = ['generate', 'solve', 'select', 'learn', 'explain', 'examine', 'propose', 'construct', 'validate'] as const;
export type StageName = (typeof stageNames)[number];

/** A stage in its case: `{ stage: 'construct', arm: 'control' }`; without an arm it serves all of them. */
export interface StagePlace {
  readonly stage: StageName;
  readonly arm?: string;
}

/** Stages that every arm has for itself. */
export const armStageNames: readonly StageName[] = ['propose', 'construct', 'validate'];

/** All stages of a case whose arms have these names, in the order of the data. */
export function stagePlaces(arms: readonly string[]): StagePlace[] {
  return stageNames.flatMap((stage): StagePlace[] => (armStageNames.includes(stage) ? arms.map((arm) => ({ stage, arm })) : [{ stage }]));
}

/** Of an event or a record what names the stage. */
export function placeOf({ stage, arm }: { readonly stage: StageName; readonly arm?: string | undefined }): StagePlace {
  return { stage, ...(arm !== undefined && { arm }) };
}

/** `learn`, `construct control`. */
export function placeText({ stage, arm }: { readonly stage: string; readonly arm?: string | undefined }): string {
  return arm === undefined ? stage : `${stage} ${arm}`;
}

/** A square of an image, pixels; it may wrap around the image's edges. */
export interface PatchPlace {
  readonly row: number;
  readonly column: number;
  readonly edge: number;
}

/** What a user did, or physics refused. `docs/findings.md` has a section for each code. */
export interface WireFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly remedy?: string;
}

/** How numbers of a property are shown: value × scale, with so many digits after the point, and the unit. */
export interface PropertyDisplay {
  readonly property: Property;
  /** In a sentence: `Young’s modulus`. */
  readonly name: string;
  /** `E`, `ν`, `α`. */
  readonly symbol: string;
  /** Empty for pure numbers. */
  readonly unit: string;
  readonly scale: number;
  readonly digits: number;
}
