/* What a study will take, in one line, before it runs. */
import type { CaseOverrides } from '#domain/case';
import { roughDurationText } from '#display/durations';
import { counted } from '#display/numbers';
import type { StudySpecification } from '#language/specification/specification';
import { estimateStudy } from '#runner/estimate/estimate-study';

/** `Study Thresholds of Stiffness: 7 variants, about 4 min in all with 2 workers (26 min if nothing were shared).` */
export function studyEstimateText({ name, case: varied, variants }: StudySpecification, workers: number, overrides: CaseOverrides = {}): string {
  const { seconds, secondsApart } = estimateStudy(variants.map((variant) => variant.case), workers, overrides);
  const [together, apart] = [seconds, secondsApart].map((each) => roughDurationText(each));
  return `Study ${name} of ${varied}: ${counted(variants.length, 'variant')}, about ${together} in all with ${counted(workers, 'worker')}${apart === together ? '' : ` (${apart} if nothing were shared)`}.`;
}
