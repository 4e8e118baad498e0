/* Studies as the language makes them, from cases and settings given by a test. */
import { variantName, type VariedSetting } from '#domain/study';
import type { CaseSpecification, StudySpecification } from '#language/specification/specification';

type Case = CaseSpecification['case'];

/** A setting with its values, and what each makes of a case. */
export interface TestSetting {
  readonly name: string;
  readonly values: readonly (number | string)[];
  apply(varied: Case, value: never): Case;
}

/** A study of a case with each combination, the values of the last setting next to each other. */
export function varyCase(specification: CaseSpecification, study: string, settings: readonly [TestSetting, ...TestSetting[]]): StudySpecification {
  const varied = settings.map(({ name, values }): VariedSetting => ({ name, values: values.map((value) => ({ text: String(value), ...(typeof value === 'number' && { number: value }) })) }));
  const combinations = settings.reduce<readonly (readonly (number | string)[])[]>((all, { values }) => all.flatMap((each) => values.map((value) => [...each, value])), [[]]);
  const variants = combinations.map((values): CaseSpecification => {
    const texts = Object.fromEntries(settings.map(({ name }, i) => [name, String(values[i])]));
    const changed = settings.reduce((each, { apply }, i) => apply(each, values[i] as never), specification.case);
    return { ...specification, case: { ...changed, name: variantName({ study, settings: texts }) }, variant: { study, case: specification.case.name, settings: texts } };
  });
  return { place: specification.place, name: study, case: specification.case.name, settings: varied as [VariedSetting, ...VariedSetting[]], variants };
}

export const thresholdSetting = (...values: number[]): TestSetting => ({ name: 'threshold', values, apply: (varied, value: number) => ({ ...varied, explain: { ...varied.explain, thresholds: [value] } }) });
export const seedOf = (...values: number[]): TestSetting => ({ name: 'seed', values, apply: (varied, value: number) => ({ ...varied, database: { ...varied.database, seed: value } }) });
export const outlierSetting = (...values: number[]): TestSetting => ({ name: 'outliers', values, apply: (varied, value: number) => ({ ...varied, explain: { ...varied.explain, outlierShare: value } }) });
export const epochsSetting = (...values: number[]): TestSetting => ({ name: 'epochs', values, apply: (varied, value: number) => ({ ...varied, learning: { ...varied.learning!, epochs: value } }) });
