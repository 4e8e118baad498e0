/*
 * One case from its problem to tested designs: which stage takes what from which. Images, their tests, the
 * network and its maps serve all arms; what an arm proposes, constructs and tests is its own.
 */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { stageNames, takesOwnImages, type OwnImagesOfArm, type StageName } from '#domain/stages';
import { ensure } from '#engine/core/bug-error';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import type { DesignCandidates, Proposals } from './arms/candidate';
import { type ProposalInputs, proposalSources } from './arms/proposal-sources';
import type { CriticalRegions } from './arms/regions';
import type { Stage, StageInputs } from './stage';
import { construct, propose, validate } from './stages/designs';
import { examine, type Examination } from './stages/examine';
import { explain, explainFor } from './stages/explain';
import { type DatabaseImages, generate, select, selectModerate, solve } from './stages/database';
import { learn, type LearnedProperty } from './stages/learn';
import type { CellTests } from './test-columns';

/** The values of all arms together. */
export interface SharedValues {
  readonly images: DatabaseImages;
  readonly tests: readonly VirtualTestResult[];
  readonly outliers: Int32Array;
  readonly learned: LearnedProperty;
  readonly regions: CriticalRegions;
  readonly examination: Examination;
}

/** The values of one arm. */
export interface ArmValues {
  /** Indices of its images and their regions; absent where it takes the exceptional ones, or none. */
  readonly selected?: Int32Array;
  readonly regions?: CriticalRegions;
  readonly proposals: Proposals;
  readonly candidates: DesignCandidates;
  readonly cellTests: CellTests;
}

export type ValueName = keyof SharedValues;
export type ArmValueName = keyof ArmValues;

/** The values of the stages that were reached, those of arms by their names. */
export interface CaseValues extends Partial<SharedValues> {
  readonly arms: { readonly [arm: string]: Partial<ArmValues> };
}

/** The values of all stages; a case that explains without a network has none. */
export interface CompleteValues extends Omit<SharedValues, 'learned'>, Partial<Pick<SharedValues, 'learned'>> {
  readonly arms: { readonly [arm: string]: ArmValues };
}

/** A value of a case: `images`, `control/candidates`. */
export type ValuePlace = ValueName | `${string}/${ArmValueName}`;

/** A stage in its place; `takes` are the places of its inputs. */
export interface CaseStep {
  readonly stage: Stage<StageInputs, unknown>;
  readonly gives: ValuePlace;
  readonly takes: { readonly [input: string]: ValuePlace };
}

const databaseSteps = [shared(generate, 'images', []), shared(solve, 'tests', ['images']), shared(select, 'outliers', ['tests'])] as const;

/** What serves all arms, with a network or without one. */
const sharedSteps = {
  network: [
    ...databaseSteps,
    shared(learn, 'learned', ['images', 'tests']),
    shared(explain, 'regions', ['images', 'outliers', 'learned']),
    shared(examine, 'examination', ['images', 'outliers', 'learned']),
  ],
  exact: [...databaseSteps, shared(explain, 'regions', ['images', 'outliers']), shared(examine, 'examination', ['images', 'outliers'])],
} as const satisfies Readonly<Record<string, readonly CaseStep[]>>;

/** How images are selected that only one arm takes. */
const selections: Readonly<Record<OwnImagesOfArm, (arm: ArmSpec) => CaseStep['stage']>> = { moderate: selectModerate };

/** The place of the regions of the images that an arm takes; undefined where it takes none. */
export function regionsPlace(arm: ArmSpec): ValuePlace | undefined {
  if (arm.images === undefined) return undefined;
  return takesOwnImages(arm) ? armPlace(arm.name, 'regions') : 'regions';
}

/** Those regions among the values of its case. */
export function regionsOf(arm: ArmSpec, { regions, arms }: CaseValues): CriticalRegions | undefined {
  if (arm.images === undefined) return undefined;
  return takesOwnImages(arm) ? arms[arm.name]?.regions : regions;
}

/** The place of an arm's value. */
export function armPlace(arm: string, name: ArmValueName): ValuePlace {
  return `${arm}/${name}`;
}

/** What the steps of a case follow from. */
export interface PlannedCase extends Pick<DesignCase, 'arms'> {
  readonly explain: Pick<DesignCase['explain'], 'method'>;
}

/** All steps of a case in the order in which they run: stage by stage, an arm after the one that it begins with. */
export function planOf({ arms, explain: { method } }: PlannedCase): readonly CaseStep[] {
  checkArms(arms);
  const explainedBy = method === 'exact' ? 'exact' : 'network';
  const orderOf = ({ stage: { stage } }: CaseStep): number => stageNames.indexOf(stage);
  const waiting = [...sharedSteps[explainedBy], ...arms.flatMap((arm) => stepsOf(arm, explainedBy))].toSorted((a, b) => orderOf(a) - orderOf(b));
  const plan: CaseStep[] = [];
  const given = new Set<ValuePlace>();
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ takes }) => Object.values(takes).every((place) => given.has(place)));
    ensure(next >= 0, 'no arm begins with its own designs, or with those of an arm that is not there');
    const [step] = waiting.splice(next, 1);
    given.add(step!.gives);
    plan.push(step!);
  }
  return plan;
}

function checkArms(arms: readonly ArmSpec[]): void {
  ensure(arms.length > 0, 'a case has an arm of its own');
  ensure(new Set(arms.map(({ name }) => name)).size === arms.length, 'arms of a case have different names');
  ensure(arms.every(({ name }) => /^[a-z][a-z0-9-]*$/.test(name)), 'names of arms are parts of file names');
}

function stepsOf(arm: ArmSpec, explainedBy: keyof typeof sharedSteps): readonly CaseStep[] {
  const own = (name: ArmValueName): ValuePlace => armPlace(arm.name, name);
  const place = regionsPlace(arm);
  const regions = place !== undefined && { regions: place };
  const parent = arm.startFrom !== undefined && { parent: armPlace(arm.startFrom, 'candidates'), parentTests: armPlace(arm.startFrom, 'cellTests') };
  const inputs: { readonly [N in keyof ProposalInputs]?: ValuePlace } = { ...regions, ...parent, outlierRegions: 'regions', images: 'images', tests: 'tests' };
  const { takes } = proposalSources[arm.proposals];
  return [
    ...stepsOfImages(arm, explainedBy),
    { stage: propose(arm), gives: own('proposals'), takes: Object.fromEntries(takes.map((name) => [name, placeIn(inputs, name)])) },
    { stage: construct(arm), gives: own('candidates'), takes: { images: 'images', ...regions, proposals: own('proposals'), ...parent } },
    { stage: validate(arm), gives: own('cellTests'), takes: { candidates: own('candidates') } },
  ];
}

/** What selects and explains the images of an arm that does not take the exceptional ones. */
function stepsOfImages(arm: ArmSpec, explainedBy: keyof typeof sharedSteps): readonly CaseStep[] {
  if (!takesOwnImages(arm)) return [];
  const selected = armPlace(arm.name, 'selected');
  return [
    { stage: selections[arm.images](arm), gives: selected, takes: { tests: 'tests', outliers: 'outliers' } },
    { stage: explainFor(arm), gives: armPlace(arm.name, 'regions'), takes: { images: 'images', outliers: selected, ...(explainedBy === 'network' && { learned: 'learned' }) } },
  ];
}

function placeIn(inputs: { readonly [N in keyof ProposalInputs]?: ValuePlace }, name: keyof ProposalInputs): ValuePlace {
  const place = inputs[name];
  ensure(place !== undefined, `an arm whose proposals take ${name} says which`);
  return place;
}

/** A stage whose inputs and value have the types of its place. */
function shared<N extends ValueName, T extends ValueName>(stage: Stage<Pick<SharedValues, T>, SharedValues[N]>, gives: N, takes: readonly T[]): CaseStep {
  return { stage, gives, takes: Object.fromEntries(takes.map((name) => [name, name])) };
}

/** The inputs of a step by their names, among the values made so far; undefined while one is missing. */
export function inputsOf<V>({ takes }: CaseStep, made: ReadonlyMap<ValuePlace, V>): { readonly [name: string]: V } | undefined {
  const inputs = Object.entries(takes).flatMap(([name, place]): [string, V][] => (made.has(place) ? [[name, made.get(place)!]] : []));
  return inputs.length < Object.keys(takes).length ? undefined : Object.fromEntries(inputs);
}

/** The values that are there, as one object. */
export function collectValues(problem: DesignCase, read: (place: ValuePlace) => unknown): CaseValues {
  const shared: { [name: string]: unknown } = {};
  const arms = new Map(problem.arms.map(({ name }): [string, { [name: string]: unknown }] => [name, {}]));
  for (const step of planOf(problem)) {
    const value = read(step.gives);
    if (value !== undefined) (step.stage.arm === undefined ? shared : arms.get(step.stage.arm)!)[nameOf(step)] = value;
  }
  // The types of the plan ensure that a place has a value of its type.
  return { ...shared, arms: Object.fromEntries(arms) } as CaseValues;
}

/** The values, if each stage of the plan has given its own; undefined otherwise. */
export function completeValues(problem: DesignCase, values: CaseValues): CompleteValues | undefined {
  const isThere = (step: CaseStep): boolean => {
    const { arm } = step.stage;
    const owner: { readonly [name: string]: unknown } = arm === undefined ? { ...values } : { ...values.arms[arm] };
    return owner[nameOf(step)] !== undefined;
  };
  return planOf(problem).every(isThere) ? (values as CompleteValues) : undefined;
}

/** The value's name among the shared ones or those of its arm. */
function nameOf({ stage: { arm }, gives }: CaseStep): string {
  return arm === undefined ? gives : gives.slice(arm.length + 1);
}

/** The stage that gives a shared value. */
export function stageOf(name: ValueName): StageName {
  return sharedSteps.network.find(({ gives }) => gives === name)!.stage.stage;
}
