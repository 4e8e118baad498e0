/* One case from its problem to validated designs: which stage takes what from which. */
import { createRng } from '#engine/core/rng';
import type { Result } from '#engine/core/finding';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import type { DesignProblem } from './design-problem';
import { runStage, stageNames, type Handle, type PipelinePorts, type Stage, type StageInputs, type StageName } from './stage';
import type { DesignCandidates } from './design-candidates';
import { construct } from './stages/construct';
import { control } from './stages/control';
import { explain, type CriticalRegions } from './stages/explain';
import { generate, type DatabaseImages } from './stages/generate';
import { learn, type LearnedProperty } from './stages/learn';
import { select } from './stages/select';
import { solve } from './stages/solve';
import { validate, type ArmTests } from './stages/validate';

/** The values of the stages that were reached. */
export interface CaseValues {
  readonly images?: DatabaseImages;
  readonly tests?: readonly VirtualTestResult[];
  readonly outliers?: Int32Array;
  readonly learned?: LearnedProperty;
  readonly regions?: CriticalRegions;
  readonly explained?: DesignCandidates;
  readonly control?: DesignCandidates;
  readonly armTests?: ArmTests;
}

type CaseHandles = { -readonly [N in keyof CaseValues]-?: Handle<NonNullable<CaseValues[N]>> };

/** Runs the stages up to and with `until`. Fails with the findings of the stage that was refused. */
export async function runCase(
  problem: DesignProblem,
  ports: PipelinePorts,
  until: StageName = 'validate',
): Promise<Result<CaseValues>> {
  const rng = createRng(problem.database.seed);
  const made = {} as CaseHandles;
  const step = async <I extends StageInputs, N extends keyof CaseValues>(
    name: N,
    stage: Stage<I, NonNullable<CaseValues[N]>>,
    inputs: I,
  ): Promise<Result<unknown>> => {
    const handle = await runStage(stage, problem, inputs, ports, rng);
    if (handle.ok) Object.assign(made, { [name]: handle.value });
    return handle;
  };

  const steps: Record<StageName, () => Promise<Result<unknown>>> = {
    generate: () => step('images', generate, {}),
    solve: () => step('tests', solve, { images: made.images }),
    select: () => step('outliers', select, { tests: made.tests }),
    learn: () => step('learned', learn, { images: made.images, tests: made.tests }),
    explain: () => step('regions', explain, { images: made.images, outliers: made.outliers, learned: made.learned }),
    construct: () => step('explained', construct, { images: made.images, regions: made.regions }),
    control: () => step('control', control, { images: made.images, regions: made.regions }),
    validate: () => step('armTests', validate, { explained: made.explained, control: made.control }),
  };
  for (const name of stageNames) {
    const done = await steps[name]();
    if (!done.ok) return done;
    if (name === until) break;
  }
  return { ok: true, value: Object.fromEntries(Object.entries(made).map(([name, handle]) => [name, handle.value])) as CaseValues };
}
