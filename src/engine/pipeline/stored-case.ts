/* What a store has of a case, without computing anything: keys follow from settings alone. */
import type { DesignCase } from '#domain/case';
import type { ArmSpec } from '#domain/arms';
import type { MapName } from '#domain/explanation';
import { placeText, type StagePlace } from '#domain/stages';
import { armPlace, collectValues, inputsOf, planOf, regionsPlace, type ArmValueName, type ArmValues, type CaseStep, type CaseValues, type SharedValues, type ValueName, type ValuePlace } from './case-plan';
import { toNativeMaps, type CriticalRegions, type NativeMaps } from './arms/regions';
import type { ArtifactKey, ArtifactStore } from './ports';
import { describeStage } from './stage';

/** The key of each stage's value, in the order in which stages run, by `placeText`. */
export type CaseKeys = ReadonlyMap<string, StagePlace & { readonly key: ArtifactKey }>;

/** The keys of all stages of a case, whether their values are there or not. */
export function caseKeys(problem: DesignCase, keyOf: ArtifactStore['keyOf']): CaseKeys {
  return keysOfPlan(planOf(problem), problem, keyOf);
}

function keysOfPlan(plan: readonly CaseStep[], problem: DesignCase, keyOf: ArtifactStore['keyOf']): CaseKeys {
  const made = new Map<ValuePlace, ArtifactKey>();
  return new Map(
    plan.map((step) => {
      const key = keyOf(describeStage(step.stage, problem, inputsOf(step, made)!));
      made.set(step.gives, key);
      return [placeText(step.stage), { ...placeOf(step), key }];
    }),
  );
}

function placeOf({ stage: { stage, arm } }: CaseStep): StagePlace {
  return { stage, ...(arm !== undefined && { arm }) };
}

/** The key of a stage's value. */
export function keyOfStage(keys: CaseKeys, place: StagePlace): ArtifactKey {
  return keys.get(placeText(place))!.key;
}

/** The earliest stage whose value differs between two cases, or that one of them lacks; undefined when they have all values in common. */
export function firstDifference(a: CaseKeys, b: CaseKeys): StagePlace | undefined {
  const differs = (one: CaseKeys, other: CaseKeys): StagePlace | undefined => {
    const found = [...one].find(([name, { key }]) => other.get(name)?.key !== key)?.[1];
    return found && { stage: found.stage, ...(found.arm !== undefined && { arm: found.arm }) };
  };
  return differs(a, b) ?? differs(b, a);
}

/** The values of a case that its store has; each is read when it is first requested, and then kept. */
export interface StoredCase {
  readonly problem: DesignCase;
  readonly keys: CaseKeys;
  /** The value; undefined as long as it is not stored. */
  read<N extends ValueName>(name: N): SharedValues[N] | undefined;
  /** The same of an arm. */
  readArm<N extends ArmValueName>(arm: string, name: N): ArmValues[N] | undefined;
  /** The regions of the images that an arm of the case takes: those that its patches count. */
  readRegions(arm: ArmSpec): CriticalRegions | undefined;
  /** All values that are there. */
  readAll(): CaseValues;
  /** The first stage whose value is not there. */
  missing(): StagePlace | undefined;
}

/** Values that were read before, by their keys: cases that differ in late settings have the early values in common. */
export type ReadValues = Map<ArtifactKey, unknown>;

export function openStoredCase(problem: DesignCase, store: Pick<ArtifactStore, 'keyOf' | 'get'>, values: ReadValues = new Map()): StoredCase {
  const plan = planOf(problem);
  const keys = keysOfPlan(plan, problem, store.keyOf);
  const steps = new Map(plan.map((step) => [step.gives, step]));
  const read = (place: ValuePlace): unknown => {
    const step = steps.get(place);
    if (!step) return undefined;
    const key = keyOfStage(keys, step.stage);
    const artifact = values.has(key) ? undefined : store.get(key);
    if (artifact) values.set(key, step.stage.read(artifact));
    return values.get(key);
  };
  return {
    problem,
    keys,
    // A place fixes the type of its value, as the types of the plan ensure.
    read: <N extends ValueName>(name: N) => read(name) as SharedValues[N] | undefined,
    readArm: <N extends ArmValueName>(arm: string, name: N) => read(armPlace(arm, name)) as ArmValues[N] | undefined,
    readRegions(arm) {
      const place = regionsPlace(arm);
      return place === undefined ? undefined : (read(place) as CriticalRegions | undefined);
    },
    readAll: () => collectValues(problem, read),
    missing() {
      const step = plan.find(({ gives }) => read(gives) === undefined);
      return step && placeOf(step);
    },
  };
}

/** The maps of an image that any arm of the case explained, in the order of `layers`; undefined unless all are stored. */
export function storedNativeMaps(stored: StoredCase, image: number, layers: readonly MapName[], directions: number): readonly NativeMaps[] | undefined {
  for (const arm of stored.problem.arms) {
    const regions = stored.readRegions(arm);
    const maps = regions && toNativeMaps(regions, image, layers, directions);
    if (maps) return maps;
  }
  return undefined;
}
