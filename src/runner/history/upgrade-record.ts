/*
 * Records of earlier versions as those of today. Version 1 knew two arms, by the stages `construct` and
 * `control`, and tested their designs in one stage.
 */
import { armStageNames } from '#engine/api';
import type { CaseSpecification } from '#language/specification';
import { recordVersion, type RecordedStage, type RunRecord } from './run-record';

/** A case as version 1 kept it. */
type FormerSpecification = Omit<CaseSpecification, 'arms' | 'construct' | 'start'> & {
  readonly construct: CaseSpecification['construct'] & { readonly method: 'mirror' };
  readonly control: 'random-patches' | 'none';
  readonly start: Exclude<CaseSpecification['start'], { readonly kind: 'case' }> | { readonly kind: 'case'; readonly name: string; readonly specification: FormerSpecification };
};

type FormerRecord = Omit<RunRecord, 'version' | 'specification' | 'until' | 'stages' | 'upgraded'> & {
  readonly version: 1;
  readonly specification: FormerSpecification;
  readonly until: RunRecord['until'] | 'control';
  readonly stages: readonly (Omit<RecordedStage, 'stage' | 'arm'> & { readonly stage: RecordedStage['stage'] | 'control' })[];
};

/** The record; undefined where the JSON is not one, or one of a version to come. */
export function upgradeRecord(found: unknown): RunRecord | undefined {
  const record = found as Partial<RunRecord> | Partial<FormerRecord> | null;
  if (record?.process === undefined) return undefined;
  if (record.version === recordVersion) return record as RunRecord;
  return record.version === 1 ? fromVersion1(record as FormerRecord) : undefined;
}

function fromVersion1(record: FormerRecord): RunRecord {
  const specification = specificationOf(record.specification);
  const names = specification.arms.map(({ name }) => name);
  return {
    ...record,
    version: recordVersion,
    specification,
    until: record.until === 'control' ? 'construct' : record.until,
    stages: record.stages.flatMap((each) => stagesOf(each, names)),
    upgraded: true,
  };
}

function specificationOf({ control, construct: { method, ...construct }, start, ...rest }: FormerSpecification): CaseSpecification {
  const own = { name: 'explained', images: 'outliers', patches: 'regions', construct: method } as const;
  const compared = { name: 'control', images: 'outliers', patches: 'random', construct: method } as const;
  return {
    ...rest,
    construct,
    start: start.kind === 'case' ? { ...start, specification: specificationOf(start.specification) } : start,
    arms: control === 'none' ? [own] : [own, compared],
  };
}

/** The one test of all designs counts for the first arm, so that times still add up. */
function stagesOf({ stage, ...how }: FormerRecord['stages'][number], [own, ...others]: readonly string[]): RecordedStage[] {
  if (stage === 'control') return others.map((arm) => ({ stage: 'construct', arm, ...how }));
  if (!(armStageNames as readonly string[]).includes(stage)) return [{ stage, ...how }];
  const { seconds: _seconds, ...without } = how;
  return [{ stage, arm: own!, ...how }, ...(stage === 'validate' ? others.map((arm): RecordedStage => ({ stage, arm, ...without })) : [])];
}
