/* Runs a case stage by stage; what the store has is not computed again. */
import { success, type Result } from '#engine/core/finding';
import { createRng } from '#engine/core/rng';
import { pretrainedFrom, type PretrainedWeights } from '#engine/learning/training/pretrained-weights';
import { caseStages, inputsOf, type CaseValues, type ValueName } from './case-stages';
import type { DesignProblem } from './design-problem';
import { runStage, stageNames, type Handle, type PipelinePorts, type StageName } from './stage';
import { stagesOfNetwork } from './stages/learn';

/** Runs the stages up to and with `until`. Fails with the findings of the stage that was refused. */
export async function runCase(
  problem: DesignProblem,
  ports: PipelinePorts,
  until: StageName = 'validate',
): Promise<Result<CaseValues>> {
  return runStages(problem, ports, stageNames.slice(0, stageNames.indexOf(until) + 1));
}

/** Runs as much of a case as another one needs that starts from its network: the weights that it ended with. */
export async function trainCase(problem: DesignProblem, ports: PipelinePorts): Promise<Result<PretrainedWeights>> {
  const values = await runStages(problem, ports, stagesOfNetwork);
  return values.ok ? success(pretrainedFrom(values.value.learned!.trained)) : values;
}

async function runStages(problem: DesignProblem, ports: PipelinePorts, names: readonly StageName[]): Promise<Result<CaseValues>> {
  const rng = createRng(problem.database.seed);
  const made: { [N in ValueName]?: Handle<unknown> } = {};
  for (const each of caseStages.filter(({ stage }) => names.includes(stage.name))) {
    const handle = await runStage(each.stage, problem, inputsOf<Handle<unknown>>(each, made), ports, rng);
    if (!handle.ok) return handle;
    made[each.gives] = handle.value;
  }
  return success(Object.fromEntries(Object.entries(made).map(([name, { value }]) => [name, value])) as CaseValues);
}
