/* From the values of a case's stages to what reports, exports and views show. */
import type { DesignCase } from '#domain/case';
import type { StageName, StageRecord } from '#domain/stages';
import type { Finding } from '#domain/finding';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { formatCount } from '#units/format-quantity';
import type { CaseValues } from '../case-plan';
import { assembleArm, compareArms } from './assemble-arms';
import { assembleDatabase, demandsOf, physicalLimits } from './assemble-database';
import { assembleFaithfulness, assembleLearning } from './assemble-learning';
import type { ArmResult, CaseResult, SolverSummary } from './case-result';
import { findingsOfTests } from './test-findings';

/** What only the runner knows: it has the clock. */
export interface RunTimes {
  readonly stages: readonly StageRecord[];
  /** What a shared stage's value cost when it was computed, seconds. */
  secondsOf(stage: StageName): number;
}

/** The case's result; undefined while a stage is missing. */
export function assembleCaseResult(problem: DesignCase, values: CaseValues, times: RunTimes): CaseResult | undefined {
  const { images, tests, outliers, learned, regions, examination } = values;
  if (!images || !tests || !outliers || !learned || !regions || !examination) return undefined;

  const database = assembleDatabase(images, tests, problem.objective);
  const demands = demandsOf(problem, database.best.objectiveValue);
  const cellsOf = (arm: string) => values.arms[arm]?.candidates;
  const arms = problem.arms.flatMap((spec, i): ArmResult[] => {
    const { candidates, cellTests } = values.arms[spec.name] ?? {};
    if (!candidates || !cellTests) return [];
    return [assembleArm({ spec, role: i === 0 ? 'own' : 'compared', candidates, tests: cellTests, images, regions, cellsOf }, problem, demands)];
  });
  const [own, ...compared] = arms;
  if (!own || arms.length < problem.arms.length) return undefined;
  const cellTests = Object.values(values.arms).flatMap((arm) => arm.cellTests ?? []);
  return {
    problem,
    database,
    outliers,
    learning: assembleLearning(problem, learned, times.secondsOf('learn')),
    explainedOn: regions.backends,
    faithfulness: assembleFaithfulness(examination, problem.objective),
    arms: [own, ...compared],
    comparisons: compared.flatMap((arm) => compareArms(problem.objective, own, arm) ?? []),
    limits: physicalLimits(problem),
    stages: times.stages,
    solvers: [
      ...summarizeSolver('solve', tests),
      ...summarizeSolver('validate', cellTests.flatMap(({ measured }) => measured)),
      ...summarizeSolver('validate', cellTests.flatMap(({ periodic }) => periodic ?? [])),
    ],
    findings: [...findingsOf(problem, outliers, own), ...findingsOfTests({ tests, cells: cellTests })],
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

function findingsOf(problem: DesignCase, outliers: Int32Array, own: ArmResult): Finding[] {
  const findings: Finding[] = [];
  if (outliers.length < fewOutliers) {
    findings.push({
      code: 'few-outliers',
      severity: 'warning',
      message: `Only ${outliers.length} of ${formatCount(problem.database.size, 'image')} ${outliers.length === 1 ? 'is' : 'are'} exceptional in every direction.`,
      remedy: 'A larger database or a larger share of outliers gives the explanation more to learn from.',
    });
  }
  if (own.designs.length === 0) {
    findings.push({
      code: 'no-designs',
      severity: 'warning',
      message: 'No critical region gave a design.',
      remedy: 'Lower the threshold, allow smaller patches, or choose an earlier layer with a finer map.',
    });
  }
  return findings;
}
