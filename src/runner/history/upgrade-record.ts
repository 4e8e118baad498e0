/*
 * Reads records of earlier versions. Version 1 knew two arms, by the stages `construct` and `control`, and tested
 * their designs in one stage. Versions 1 and 2 kept a case together with its place in the file, and the name of its
 * database in the database. Versions 1 to 3 named the remedy of a finding `wayOut`. Versions 1 to 4
 * said `done` of a stage that has finished. Up to version 5 an arm named what it proposes `patches`, and no case
 * optimized.
 */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import type { Finding, Place } from '#domain/finding';
import type { IsotropicMaterial } from '#domain/materials';
import type { RandomDatabase } from '#domain/microstructures';
import type { StageStatus } from '#domain/run-state';
import { isArmStage, type StageName } from '#domain/stages';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import { recordVersion, type RunRecord } from './run-record';

/** An arm and a case as versions 3 to 5 kept them. */
type Version5Arm = Omit<ArmSpec, 'proposals'> & { readonly patches: ArmSpec['proposals'] };
interface Version5Case extends Omit<DesignCase, 'arms' | 'database' | 'optimization' | 'pictures' | 'start'> {
  readonly database: RandomDatabase;
  readonly arms: readonly Version5Arm[];
  readonly start: { readonly kind: 'random' } | ({ readonly kind: 'file' } & FilePath) | { readonly kind: 'case'; readonly case: Version5Case };
}

/** A case as version 2 kept it. */
interface Version2Case extends Omit<Version5Case, 'phases' | 'database' | 'start'> {
  readonly place: Place;
  readonly white: IsotropicMaterial;
  readonly black: IsotropicMaterial;
  readonly database: RandomDatabase & { readonly name: string };
  readonly start: FormerStart<Version2Case>;
}

/** A case as version 1 kept it. */
interface Version1Case extends Omit<Version2Case, 'arms' | 'construct' | 'start'> {
  readonly construct: DesignCase['construct'] & { readonly method: 'mirror' };
  readonly control: 'random-patches' | 'none';
  readonly start: FormerStart<Version1Case>;
}

type FormerStart<Case> = { readonly kind: 'random' } | ({ readonly kind: 'file' } & FilePath) | { readonly kind: 'case'; readonly specification: Case };

/** A stage as versions 1 to 4 kept it. */
interface FormerStage extends Omit<StageStatus, 'state'> {
  readonly state: 'running' | 'done';
}

interface Version5Record extends Omit<RunRecord, 'version' | 'specification'> {
  readonly version: 5;
  readonly specification: Omit<CaseSpecification, 'case'> & { readonly case: Version5Case };
}

interface Version4Record extends Omit<Version5Record, 'version' | 'stages'> {
  readonly version: 4;
  readonly stages: readonly FormerStage[];
}

interface Version3Record extends Omit<Version4Record, 'version' | 'findings'> {
  readonly version: 3;
  readonly findings: readonly (Omit<Finding, 'remedy'> & { readonly wayOut?: string })[];
}

interface Version2Record extends Omit<Version3Record, 'version' | 'specification'> {
  readonly version: 2;
  readonly specification: Version2Case;
}

interface Version1Record extends Omit<Version2Record, 'version' | 'specification' | 'until' | 'stages' | 'upgraded'> {
  readonly version: 1;
  readonly specification: Version1Case;
  readonly until: RunRecord['until'] | 'control';
  readonly stages: readonly (Omit<FormerStage, 'stage' | 'arm'> & { readonly stage: StageName | 'control' })[];
}

/** The record; undefined where the JSON is not one, or one of a version to come. */
export function upgradeRecord(found: unknown): RunRecord | undefined {
  const record = found as Partial<RunRecord | Version5Record | Version4Record | Version3Record | Version2Record | Version1Record> | null;
  if (record?.process === undefined || record.specification === undefined) return undefined;
  switch (record.version) {
    case recordVersion:
      return record as RunRecord;
    case 5:
      return fromVersion5(record as Version5Record);
    case 4:
      return fromVersion5(fromVersion4(record as Version4Record));
    case 3:
      return fromVersion5(fromVersion4(fromVersion3(record as Version3Record)));
    case 2:
      return fromVersion5(fromVersion4(fromVersion3(fromVersion2(record as Version2Record))));
    case 1:
      return fromVersion5(fromVersion4(fromVersion3(fromVersion2(fromVersion1(record as Version1Record)))));
    default:
      return undefined;
  }
}

function fromVersion5({ specification, ...record }: Version5Record): RunRecord {
  return { ...record, version: recordVersion, specification: { ...specification, case: withOptimization(specification.case) } };
}

/** The case with the settings that one without optimization has, in the order of the language: the entries that stay keep theirs. */
function withOptimization({ arms, ...former }: Version5Case): DesignCase<FilePath> {
  const [own, ...others] = arms.map(({ name, images, patches, ...arm }): ArmSpec => ({ name, ...(images && { images }), proposals: patches, ...arm }));
  const { start } = former;
  return {
    ...former,
    start: start.kind === 'case' ? { kind: 'case', case: withOptimization(start.case) } : start,
    optimization: { filter: 5, symmetry: 'mirror', best: 10, starts: 24, from: ['noise', 'cosines'] },
    arms: [own!, ...others],
  };
}

function fromVersion4(record: Version4Record): Version5Record {
  const stages = record.stages.map(({ state, ...stage }): StageStatus => ({ ...stage, state: state === 'done' ? 'finished' : state }));
  return { ...record, version: 5, stages };
}

function fromVersion3(record: Version3Record): Version4Record {
  const findings = record.findings.map(({ wayOut, ...finding }): Finding => ({ ...finding, ...(wayOut !== undefined && { remedy: wayOut }) }));
  return { ...record, version: 4, findings };
}

function fromVersion2(record: Version2Record): Version3Record {
  const { place, database } = record.specification;
  const specification = { place, database: database.name, case: caseOf(record.specification) };
  return { ...record, version: 3, specification };
}

/** Its entries in the order in which the language gives them: cases are compared by their JSON. */
function caseOf(former: Version2Case): Version5Case {
  const { name, white, black, plane, test, objective, constraints, learning, start, explain, construct, arms } = former;
  const { name: _name, ...database } = former.database;
  return {
    name,
    phases: { white, black },
    plane,
    test,
    database,
    objective,
    constraints,
    ...(learning && { learning }),
    start: start.kind === 'case' ? { kind: 'case', case: caseOf(start.specification) } : start,
    explain,
    construct,
    arms,
  };
}

function fromVersion1(record: Version1Record): Version2Record {
  const specification = withArms(record.specification);
  const names = specification.arms.map(({ name }) => name);
  return {
    ...record,
    version: 2,
    specification,
    until: record.until === 'control' ? 'construct' : record.until,
    stages: record.stages.flatMap((each) => stagesOf(each, names)),
    upgraded: true,
  };
}

function withArms({ control, construct: { method, ...construct }, start, ...rest }: Version1Case): Version2Case {
  const own = { name: 'explained', images: 'outliers', patches: 'regions', construct: method } as const;
  const compared = { name: 'control', images: 'outliers', patches: 'random', construct: method } as const;
  return {
    ...rest,
    construct,
    start: start.kind === 'case' ? { ...start, specification: withArms(start.specification) } : start,
    arms: control === 'none' ? [own] : [own, compared],
  };
}

/** The one test of all designs counts for the first arm, so that times still add up. */
function stagesOf({ stage, ...how }: Version1Record['stages'][number], [own, ...others]: readonly string[]): FormerStage[] {
  if (stage === 'control') return others.map((arm) => ({ stage: 'construct', arm, ...how }));
  if (!isArmStage(stage)) return [{ stage, ...how }];
  const { seconds: _seconds, ...without } = how;
  return [{ stage, arm: own!, ...how }, ...(stage === 'validate' ? others.map((arm): FormerStage => ({ stage, arm, ...without })) : [])];
}
