/* Options of the command that replace what no case has. */
import type { CaseOverrides } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { CaseSpecification } from '#language/specification/specification';

/** A finding `override-without-effect` for each option about a training, where no case has one. */
export function idleOverrides(cases: readonly CaseSpecification[], overrides: CaseOverrides): readonly Finding[] {
  if (cases.some(({ case: { learning } }) => learning !== undefined)) return [];
  return (['epochs', 'backend'] as const).flatMap((option): Finding[] => {
    if (overrides[option] === undefined) return [];
    return [{
      code: 'override-without-effect',
      severity: 'warning',
      message: `\`--${option}\` changes nothing: ${cases.length === 1 ? 'the case explains' : 'the cases explain'} by exact contributions, so no network is trained.`,
      remedy: `Leave out \`--${option}\`.`,
    }];
  });
}
