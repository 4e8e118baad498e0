/* Which variants of a study have finished, which are resumed, and which begin. */
import type { CaseSpecification, StudySpecification } from '#language/specification/specification';
import { isOfCase, type FoundRecord } from '#runner/history/record-files';
import { meaningOf } from '#server/cases/case-files';
import { whyNotResumable } from './refusals';
import type { RequestedCase } from './run-registry';

/** A variant as its study runs it, and its newest run where that is resumed. */
export type PlannedVariant = RequestedCase & { readonly resumed?: FoundRecord };

/** The variants of a study of a file; `records` are those of its run folder, the newest first. */
export function planStudy({ variants }: StudySpecification, file: string, records: readonly FoundRecord[]): readonly PlannedVariant[] {
  return variants.map((specification): PlannedVariant => {
    const newest = records.find((found) => isOfCase(found, file, specification.case.name));
    if (!newest || !isOf(newest, specification)) return { specification };
    if (newest.record.state === 'finished') return newest.record.upgraded ? { specification } : { specification, finished: true };
    return whyNotResumable(newest) === undefined ? { specification, run: newest.record.run, resumed: newest } : { specification };
  });
}

/** Whether a run is one of all stages with the settings of the variant. */
function isOf({ record: { until, overrides, specification } }: FoundRecord, variant: CaseSpecification): boolean {
  return until === 'validate' && Object.keys(overrides).length === 0 && meaningOf(specification) === meaningOf(variant);
}
