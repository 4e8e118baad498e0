import type { CaseSpecification } from '#language/specification';

/** What a case says, wherever it stands and whatever it and its parts are called: equal texts mean equal results. */
export function meaningOf(specification: CaseSpecification): string {
  return JSON.stringify(specification.case, (key, value: unknown) => (key === 'name' || key === 'place' ? undefined : value));
}
