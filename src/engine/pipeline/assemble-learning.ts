import type { LearningResult } from './case-result';
import type { DesignProblem } from './design-problem';
import type { LearnedProperty } from './stages/learn';

/** What was trained and how well it predicts, as reports show it. */
export function assembleLearning(
  { learning, objective }: DesignProblem,
  { regressor, refusedBackends }: LearnedProperty,
  trainSeconds: number,
): LearningResult {
  const others = refusedBackends.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
  return {
    network: learning.network,
    backend: regressor.backend,
    backendReason: others === '' ? 'the best backend there is' : `the best that works here; ${others}`,
    trainSeconds,
    split: regressor.split,
    networks: regressor.networks,
    quality: regressor.quality.filter(({ direction }) => objective.directions.includes(direction)),
  };
}

