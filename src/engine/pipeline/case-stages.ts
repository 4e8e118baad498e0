/* One case from its problem to validated designs: which stage takes what from which. */
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import type { ArtifactKey } from './artifact-store';
import type { DesignCandidates } from './design-candidates';
import type { Handle, Stage, StageInputs } from './stage';
import { construct } from './stages/construct';
import { control } from './stages/control';
import { examine, type Examination } from './stages/examine';
import { explain, type CriticalRegions } from './stages/explain';
import { generate, type DatabaseImages } from './stages/generate';
import { learn, type LearnedProperty } from './stages/learn';
import { select } from './stages/select';
import { solve } from './stages/solve';
import { validate, type ArmTests } from './stages/validate';

/** The values of the stages that were reached. */
export interface CaseValues {
  readonly images?: DatabaseImages;
  readonly tests?: readonly VirtualTestResult[];
  readonly outliers?: Int32Array;
  readonly learned?: LearnedProperty;
  readonly regions?: CriticalRegions;
  readonly examination?: Examination;
  readonly explained?: DesignCandidates;
  readonly control?: DesignCandidates;
  readonly armTests?: ArmTests;
}

export type ValueName = keyof CaseValues;

/** A stage in its place. */
export interface CaseStage {
  readonly stage: Stage<StageInputs, unknown>;
  readonly gives: ValueName;
  readonly takes: readonly ValueName[];
}

/** All stages, in the order in which they run. */
export const caseStages: readonly CaseStage[] = [
  link(generate, 'images', []),
  link(solve, 'tests', ['images']),
  link(select, 'outliers', ['tests']),
  link(learn, 'learned', ['images', 'tests']),
  link(explain, 'regions', ['images', 'outliers', 'learned']),
  link(examine, 'examination', ['images', 'outliers', 'learned']),
  link(construct, 'explained', ['images', 'regions']),
  link(control, 'control', ['images', 'regions']),
  link(validate, 'armTests', ['explained', 'control']),
];

/** A stage whose inputs and value have the types of its place. */
function link<N extends ValueName, T extends ValueName>(
  stage: Stage<{ readonly [name in T]: Handle<NonNullable<CaseValues[name]>> }, NonNullable<CaseValues[N]>>,
  gives: N,
  takes: readonly T[],
): CaseStage {
  return { stage, gives, takes };
}

/** What of the values made so far a stage takes, by name. */
export function inputsOf<V extends Handle<unknown> | ArtifactKey>({ takes }: CaseStage, made: { readonly [N in ValueName]?: V }): { readonly [name: string]: V } {
  return Object.fromEntries(takes.map((name) => [name, made[name]!]));
}
