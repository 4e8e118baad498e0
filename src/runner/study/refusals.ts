/* Why a study is not run: there is none of that name, or an override replaces what it varies, so that its variants would be equal. */
import type { CaseOverrides } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { StudySpecification } from '#language/specification/specification';

/** What each override replaces in a case. */
const replaced: { readonly [N in keyof Required<CaseOverrides>]: (variant: StudySpecification['variants'][number]) => number | string | undefined } = {
  size: ({ case: { database } }) => database.size,
  seed: ({ case: { database } }) => database.seed,
  epochs: ({ case: { learning } }) => learning?.epochs,
  backend: ({ case: { learning } }) => learning?.backend,
};

/** A finding `override-of-varied` for each override that the study varies. */
export function refuseOverrides({ name, settings, variants, place }: StudySpecification, overrides: CaseOverrides): readonly Finding[] {
  return Object.entries(replaced).flatMap(([option, valueOf]): Finding[] => {
    if (overrides[option as keyof CaseOverrides] === undefined) return [];
    const isVaried = settings.some((setting) => setting.name.split(' ').at(-1) === option) || new Set(variants.map(valueOf)).size > 1;
    if (!isVaried) return [];
    return [{
      code: 'override-of-varied',
      severity: 'error',
      message: `The study "${name}" varies ${option}, so \`--${option}\` cannot replace it.`,
      remedy: `Leave out \`--${option}\`, or run one variant with it by \`--case\`.`,
      place,
    }];
  });
}

export function unknownStudy(name: string, studies: readonly StudySpecification[]): Finding {
  const names = studies.map((each) => `"${each.name}"`).join(', ');
  return { code: 'unknown-study', severity: 'error', message: `There is no study "${name}".`, remedy: names === '' ? 'The file has no studies.' : `The file has ${names}.` };
}
