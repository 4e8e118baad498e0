import type { BackendChoice, BackendRefusal } from '#engine/learning/backend/backend';
import type { LearningResult } from './case-result';
import type { DesignProblem } from './design-problem';
import type { LearnedProperty } from './stages/learn';

/** What was trained and how well it predicts, as reports show it. */
export function assembleLearning(
  { learning, objective }: DesignProblem,
  { trained, refusedBackends }: LearnedProperty,
  trainSeconds: number,
): LearningResult {
  const judged = trained.quality.filter(({ direction }) => objective.directions.includes(direction));
  return {
    network: learning.network,
    backend: trained.backend,
    backendReason: backendReason(learning.backend, refusedBackends),
    trainSeconds,
    split: trained.split,
    networks: trained.networks,
    quality: judged.filter(({ property }) => property === objective.property),
    otherQuality: judged.filter(({ property }) => property !== objective.property),
  };
}

function backendReason(wanted: BackendChoice, refused: readonly BackendRefusal[]): string {
  if (wanted !== 'auto') return 'as the case or the command asks';
  const others = refused.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  return others === '' ? 'the best backend there is' : `the best that worked; ${others}`;
}
