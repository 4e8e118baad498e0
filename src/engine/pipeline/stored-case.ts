/* What a store has of a case, without computing anything: keys follow from settings alone. */
import type { ArtifactKey, ArtifactStore } from './artifact-store';
import { caseStages, inputsOf, type CaseStage, type CaseValues, type ValueName } from './case-stages';
import type { DesignProblem } from './design-problem';
import { describeStage, stageNames, type StageName } from './stage';

/** The key of each stage's value. */
export type CaseKeys = Readonly<Record<StageName, ArtifactKey>>;

/** The keys of all stages of a case, whether their values are there or not. */
export function caseKeys(problem: DesignProblem, keyOf: ArtifactStore['keyOf']): CaseKeys {
  const made: { [N in ValueName]?: ArtifactKey } = {};
  for (const each of caseStages) made[each.gives] = keyOf(describeStage(each.stage, problem, inputsOf<ArtifactKey>(each, made)));
  return Object.fromEntries(caseStages.map(({ stage, gives }) => [stage.name, made[gives]!])) as CaseKeys;
}

/** The earliest stage whose value differs between two cases; undefined when they have all values in common. */
export function firstDifference(a: CaseKeys, b: CaseKeys): StageName | undefined {
  return stageNames.find((stage) => a[stage] !== b[stage]);
}

/** The values of a case that its store has; each is read when it is first asked for, and then kept. */
export interface StoredCase {
  readonly problem: DesignProblem;
  readonly keys: CaseKeys;
  /** The value; undefined as long as it is not stored. */
  read<N extends ValueName>(name: N): CaseValues[N];
}

/** Values that were read before, by their keys: cases that differ in late settings have the early values in common. */
export type ReadValues = Map<ArtifactKey, unknown>;

export function openStoredCase(problem: DesignProblem, store: Pick<ArtifactStore, 'keyOf' | 'get'>, values: ReadValues = new Map()): StoredCase {
  const keys = caseKeys(problem, store.keyOf);
  const places = Object.fromEntries(caseStages.map((each) => [each.gives, each])) as Record<ValueName, CaseStage>;
  return {
    problem,
    keys,
    read<N extends ValueName>(name: N) {
      const { stage } = places[name];
      const key = keys[stage.name];
      const artifact = values.has(key) ? undefined : store.get(key);
      if (artifact) values.set(key, stage.read(artifact));
      return values.get(key) as CaseValues[N];
    },
  };
}

/** The stage that gives a value. */
export function stageOf(name: ValueName): StageName {
  return caseStages.find(({ gives }) => gives === name)!.stage.name;
}
