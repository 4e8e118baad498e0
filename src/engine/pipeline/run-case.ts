/* Runs a case stage by stage; what the store has is not computed again. */
import type { Result } from '#engine/core/finding';
import { createRng } from '#engine/core/rng';
import { caseStages, inputsOf, type CaseValues, type ValueName } from './case-stages';
import type { DesignProblem } from './design-problem';
import { runStage, type Handle, type PipelinePorts, type StageName } from './stage';

/** Runs the stages up to and with `until`. Fails with the findings of the stage that was refused. */
export async function runCase(
  problem: DesignProblem,
  ports: PipelinePorts,
  until: StageName = 'validate',
): Promise<Result<CaseValues>> {
  const rng = createRng(problem.database.seed);
  const made: { [N in ValueName]?: Handle<unknown> } = {};
  for (const each of caseStages) {
    const handle = await runStage(each.stage, problem, inputsOf<Handle<unknown>>(each, made), ports, rng);
    if (!handle.ok) return handle;
    made[each.gives] = handle.value;
    if (each.stage.name === until) break;
  }
  return { ok: true, value: Object.fromEntries(Object.entries(made).map(([name, { value }]) => [name, value])) as CaseValues };
}
