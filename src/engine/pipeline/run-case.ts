/* Runs a case stage by stage; what the store has is not computed again. */
import type { DesignCase } from '#domain/case';
import { type StageName, stageNames } from '#domain/stages';
import { success, type Result } from '#domain/finding';
import { createRng } from '#engine/core/rng';
import { pretrainedFrom, type PretrainedWeights } from '#engine/learning/training/torch-weights';
import { collectValues, inputsOf, planOf, type CaseValues, type ValuePlace } from './case-plan';
import type { RunPorts } from './ports';
import { runStage, type Handle } from './stage';
import { stagesOfNetwork } from './stages/learn';

/** Runs the stages up to and with `until`, of all arms; `pretrained` is from the case that this one starts from. Fails with the findings of the stage that was refused. */
export async function runCase(
  problem: DesignCase,
  ports: RunPorts,
  until: StageName = 'validate',
  pretrained?: PretrainedWeights,
): Promise<Result<CaseValues>> {
  return runStages(problem, ports, stageNames.slice(0, stageNames.indexOf(until) + 1), pretrained);
}

/** Runs as much of a case as another one needs that starts from its network: the weights that it ended with. */
export async function trainCase(problem: DesignCase, ports: RunPorts, pretrained?: PretrainedWeights): Promise<Result<PretrainedWeights>> {
  const values = await runStages(problem, ports, stagesOfNetwork, pretrained);
  return values.ok ? success(pretrainedFrom(values.value.learned!.trained)) : values;
}

async function runStages(problem: DesignCase, ports: RunPorts, names: readonly StageName[], pretrained: PretrainedWeights | undefined): Promise<Result<CaseValues>> {
  const start = { rng: createRng(problem.database.seed), ...(pretrained && { pretrained }) };
  const made = new Map<ValuePlace, Handle<unknown>>();
  for (const step of planOf(problem)) {
    // An arm that begins with designs of another one has no inputs when those are not tested.
    const inputs = names.includes(step.stage.stage) ? inputsOf(step, made) : undefined;
    if (!inputs) continue;
    const handle = await runStage(step.stage, problem, inputs, ports, start);
    if (!handle.ok) return handle;
    made.set(step.gives, handle.value);
  }
  return success(collectValues(problem, (place) => made.get(place)?.value));
}
