/* Words that all messages share. Numbers are in SI everywhere; rows of images count from the top. */

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

export type Property = 'youngs-modulus' | 'poisson-ratio' | 'thermal-expansion';
export type Direction = 'x' | 'y';
export type TestKind = 'compression' | 'heating' | 'periodic';

/** The families of random microstructures, in the order of their codes 0 … 3. */
export const families = ['particles', 'fibers', 'cells', 'spinodal'] as const;
export type Family = (typeof families)[number];

/** The end of a network's `last` stage, of the stage that many before it, or a place by its torchvision name, such as `layer2.1`. */
export type Layer = 'last' | 'stage-1' | 'stage-2' | 'stage-3' | 'conv1' | 'maxpool' | `layer${string}`;

/** How feature maps are weighed. */
export type ExplainMethod = 'grad-ram' | 'hires-cam' | 'layer-cam';

/** One number along x and one along y, SI. */
export interface XY {
  readonly x: number;
  readonly y: number;
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
  readonly wayOut?: string;
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
