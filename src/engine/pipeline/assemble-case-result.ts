/* From the values of a case's stages to what reports, exports and views show. */
import type { Finding } from '#engine/core/finding';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { formatCount } from '#units/format-quantity';
import { assembleArm } from './assemble-arm';
import { assembleDatabase, demandsOf } from './assemble-database';
import type { ArmResult, CaseResult, SolverSummary, StageRecord } from './case-result';
import type { DesignProblem } from './design-problem';
import { assembleLearning } from './assemble-learning';
import { assembleFaithfulness } from './assemble-faithfulness';
import { compareArms } from './compare-arms';
import { physicalLimits } from './physical-limits';
import { findingsOfTests } from './test-findings';
import type { CaseValues } from './case-stages';
import type { StageName } from './stage';

/** What only the runner knows: it has the clock. */
export interface RunTimes {
  readonly stages: readonly StageRecord[];
  /** What a stage's value cost when it was computed, seconds. */
  secondsOf(stage: StageName): number;
}

/** The case's result; undefined while a stage is missing. */
export function assembleCaseResult(problem: DesignProblem, values: CaseValues, times: RunTimes): CaseResult | undefined {
  const { images, tests, outliers, learned, regions, examination, explained, control, armTests } = values;
  if (!images || !tests || !outliers || !learned || !regions || !examination || !explained || !control || !armTests) return undefined;

  const database = assembleDatabase(images, tests, problem.objective);
  const demands = demandsOf(problem, database.best.objectiveValue);
  const arm = (name: 'explained' | 'control'): ArmResult =>
    assembleArm({ arm: name, candidates: name === 'explained' ? explained : control, tests: armTests[name], images, regions }, problem, demands);
  const explainedArm = arm('explained');
  const controlArm = problem.control === 'none' ? undefined : arm('control');
  const significance = controlArm && compareArms(problem.objective, explainedArm, controlArm);
  return {
    problem,
    database,
    outliers,
    learning: assembleLearning(problem, learned, times.secondsOf('learn')),
    explainedOn: regions.backends,
    faithfulness: assembleFaithfulness(examination, problem.objective),
    explained: explainedArm,
    ...(controlArm && { control: controlArm }),
    ...(significance && { significance }),
    limits: physicalLimits(problem),
    stages: times.stages,
    solvers: [
      ...summarizeSolver('solve', tests),
      ...summarizeSolver('validate', [...armTests.explained.measured, ...armTests.control.measured]),
      ...summarizeSolver('validate', [...(armTests.explained.periodic ?? []), ...(armTests.control.periodic ?? [])]),
    ],
    findings: [...remarks(problem, outliers, explainedArm), ...findingsOfTests(values)],
  };
}

/** A line for each solver that tests of one kind took. */
function summarizeSolver(stage: StageName, tests: readonly VirtualTestResult[]): SolverSummary[] {
  return [...new Set(tests.map(({ statistics }) => statistics.solver))].map((solver) => {
    const own = tests.filter(({ statistics }) => statistics.solver === solver);
    const largest = (pick: (test: VirtualTestResult) => number): number => own.reduce((max, test) => Math.max(max, pick(test)), 0);
    const estimated = own.some(({ statistics }) => statistics.errorEstimate !== undefined);
    return {
      stage,
      test: own[0]!.kind,
      count: own.length,
      solver,
      unknowns: largest(({ statistics }) => statistics.unknowns),
      iterations: largest(({ statistics }) => statistics.iterations),
      residual: largest(({ statistics }) => statistics.residual),
      ...(estimated && { errorEstimate: largest(({ statistics }) => statistics.errorEstimate ?? 0) }),
    };
  });
}

/** Fewer exceptional images than this say little about what images have in common. */
const fewOutliers = 20;

function remarks(problem: DesignProblem, outliers: Int32Array, explained: ArmResult): Finding[] {
  const findings: Finding[] = [];
  if (outliers.length < fewOutliers) {
    findings.push({
      code: 'few-outliers',
      severity: 'warning',
      message: `Only ${outliers.length} of ${formatCount(problem.database.size, 'image')} ${outliers.length === 1 ? 'is' : 'are'} exceptional in every direction.`,
      wayOut: 'A larger database or a larger share of outliers gives the explanation more to learn from.',
    });
  }
  if (explained.designs.length === 0) {
    findings.push({
      code: 'no-designs',
      severity: 'warning',
      message: 'No critical region gave a design.',
      wayOut: 'Lower the threshold, allow smaller patches, or choose an earlier layer with a finer map.',
    });
  }
  return findings;
}
