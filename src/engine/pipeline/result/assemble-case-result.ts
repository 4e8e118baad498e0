/* From the values of a case's stages to what reports, exports and views show. */
import { areConstructionsOfOne, type ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { BackendChoice } from '#domain/learning';
import { type Attainability, attainableLimit } from '#domain/limits';
import { compareObjective, type Objective, objectiveValue, type Property } from '#domain/objective';
import type { StageRecord } from '#domain/run-state';
import type { StageName } from '#domain/stages';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { ensure } from '#engine/core/bug-error';
import { propertyOf, type VirtualTestResult } from '#engine/fem/virtual-test';
import type { BackendRefusal } from '#engine/learning/backend/backend';
import type { DesignRequirements } from '#engine/validation/validate-design';
import { formatCount } from '#units/format-quantity';
import type { CandidateOrigin } from '../arms/candidate';
import { completeValues, regionsOf, type CaseValues } from '../case-plan';
import type { DatabaseImages } from '../stages/database';
import type { LearnedProperty } from '../stages/learn';
import { testsOf } from '../stages/designs';
import { assembleArm, compareArms } from './assemble-arms';
import type { ArmComparison } from './arm-comparison';
import type { ArmResult, BestImage, CaseResult, DatabaseResult, LearningResult, PhysicalLimit, PropertyColumns, SolverSummary } from './case-result';
import { assembleFaithfulness } from './assemble-faithfulness';
import { assembleOptimization } from './assemble-optimization';
import { pairArms } from './pair-arms';
import { findingsOfTests } from './test-findings';

/** What only the runner knows: it has the clock. */
export interface RunTimes {
  readonly stages: readonly StageRecord[];
  /** What a shared stage's value cost when it was computed, seconds. */
  secondsOf(stage: StageName): number;
}

/** Designs of each arm whose way from the image a report may show. */
export const reportStrips = 12;

/**
 * The case's result; undefined while a stage is missing. Most of its time goes into the strips, which only reports
 * need: others ask for none.
 */
export function assembleCaseResult(problem: DesignCase, values: CaseValues, times: RunTimes, strips = reportStrips): CaseResult | undefined {
  const complete = completeValues(problem, values);
  if (!complete) return undefined;
  const { images, tests, outliers, learned, regions, examination } = complete;
  const database = assembleDatabase(images, tests, problem.objective);
  const demands = demandsOf(problem, database.best.objectiveValue);
  const groups = images.sources?.groups;
  const assemble = (spec: ArmSpec, role: ArmResult['role']): ArmResult => {
    const { candidates, cellTests, selected, proposals } = complete.arms[spec.name]!;
    const patchesOfOutliers = complete.arms[problem.arms[0].name]!.proposals.origins.length;
    const ownImages = selected && { images: selected.length, patches: proposals.origins.length, patchesOfOutliers };
    const arm = assembleArm({ spec, role, candidates, proposals: proposals.origins.length, tests: cellTests, images, regions: regionsOf(spec, complete), cellsOf: (name) => complete.arms[name]?.candidates, strips }, problem, demands);
    return { ...arm, ...(ownImages && { ownImages }) };
  };
  const [ownSpec, ...comparedSpecs] = problem.arms;
  const own = assemble(ownSpec, 'own');
  const compared = comparedSpecs.map((spec) => assemble(spec, 'compared'));
  const cellTests = problem.arms.map(({ name }) => complete.arms[name]!.cellTests);
  const optimization = assembleOptimization(problem, { values: complete.arms, arms: [own, ...compared], bestOfDatabase: database.best.objectiveValue });
  return {
    problem,
    database,
    outliers,
    ...(learned && { learning: assembleLearning(problem, learned, times.secondsOf('learn')) }),
    explainedOn: regions.backends,
    faithfulness: assembleFaithfulness(examination, regions, problem.objective),
    arms: [own, ...compared],
    comparisons: compared.flatMap((arm): ArmComparison[] => {
      const comparison = compareArms(problem.objective, own, arm, groups);
      if (!comparison) return [];
      const paired = areConstructionsOfOne(own.spec, arm.spec) && pairArms(problem.objective, complete.arms[own.name]!.proposals.origins.map(imageOfPatch).map((image) => groups?.[image] ?? image), own, arm);
      return [{ ...comparison, ...(paired && { paired }) }];
    }),
    ...(optimization && { optimization }),
    limits: physicalLimits(problem),
    stages: times.stages,
    solvers: [
      ...summarizeSolver('solve', tests),
      ...summarizeSolver('validate', cellTests.flatMap(({ measured }) => measured)),
      ...summarizeSolver('validate', cellTests.flatMap(({ periodic }) => periodic ?? [])),
    ],
    findings: [...findingsOf(problem, database.images.count, outliers, own), ...findingsOfTests({ tests, cells: cellTests })],
  };
}

function imageOfPatch(origin: CandidateOrigin): number {
  ensure(origin.kind === 'patch', 'constructions are compared on patches of images');
  return origin.image;
}

/** A line for each solver that tests of one kind used. */
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

function findingsOf(problem: DesignCase, imageCount: number, outliers: Int32Array, own: ArmResult): Finding[] {
  const findings: Finding[] = [];
  if (outliers.length < fewOutliers) {
    findings.push({
      code: 'few-outliers',
      severity: 'warning',
      message: `Only ${outliers.length} of ${formatCount(imageCount, 'image')} ${outliers.length === 1 ? 'is' : 'are'} exceptional in every direction.`,
      remedy: 'Use a larger database or a larger share of outliers.',
    });
  }
  if (own.designs.length === 0) {
    findings.push({
      code: 'no-designs',
      severity: 'warning',
      message: 'No critical region gave a design.',
      remedy: problem.explain.method === 'exact' ? 'Choose other edges of squares, or another contribution.' : 'Lower the threshold, allow smaller patches, or choose an earlier layer with a finer map.',
    });
  }
  return findings;
}

/* The database as a result shows it, what its best image demands of designs, and what physics allows them. */

export function assembleDatabase({ images, families, volumeFractions }: DatabaseImages, tests: readonly VirtualTestResult[], objective: Objective): DatabaseResult {
  return { images, families, volumeFractions, properties: columnsOf(tests), best: bestOfDatabase(tests, objective) };
}

/** The image whose worst direction is best. */
export function bestOfDatabase(tests: readonly VirtualTestResult[], objective: Objective): BestImage {
  const worst = tests.map((test) => objectiveValue(objective, propertyOf(test, objective.property)));
  const index = worst.reduce((best, value, i) => (compareObjective(objective, value, worst[best]!) < 0 ? i : best), 0);
  return { index, objectiveValue: worst[index]!, ...propertyOf(tests[index]!, objective.property) };
}

/** What the designs of a case are compared with. */
export function demandsOf({ phases, plane, objective, constraints, construct }: DesignCase, bestOfImages: number): DesignRequirements {
  return { phases, plane, objective, constraints, fraction: construct.fraction, bestOfDatabase: bestOfImages };
}

function columnsOf(tests: readonly VirtualTestResult[]): Partial<Record<Property, PropertyColumns>> {
  // A void may leave single images without a value.
  const has = (name: 'youngsModulus' | 'poissonRatio' | 'thermalExpansion'): boolean => tests.some((test) => test[name] !== undefined);
  const columns = (property: Property): PropertyColumns => ({
    x: Float64Array.from(tests, (test) => propertyOf(test, property).x),
    y: Float64Array.from(tests, (test) => propertyOf(test, property).y),
  });
  return {
    ...(has('youngsModulus') && { 'youngs-modulus': columns('youngs-modulus') }),
    ...(has('poissonRatio') && { 'poisson-ratio': columns('poisson-ratio') }),
    ...(has('thermalExpansion') && { 'thermal-expansion': columns('thermal-expansion') }),
  };
}

const curvePoints = 33;

const conditions: Readonly<Record<Attainability, string>> = {
  attained: 'No cell passes it; laminates come arbitrarily close.',
  bound: 'No cell passes it; whether a cell reaches it is not known.',
  periodic: 'Attained under periodicity; the free edges of the test may let a cell pass it a little.',
};

/** The limits of the objective over the white volume fraction: for the case's own test, then others shown with it. */
export function physicalLimits(problem: DesignCase): PhysicalLimit[] {
  const tests = new Set(problem.arms.flatMap((arm) => testsOf(problem.test, arm)));
  return [...tests].flatMap((test) => limitCurve(problem, test) ?? []);
}

function limitCurve({ phases, plane, objective, database, construct }: DesignCase, test: VirtualTestKind): PhysicalLimit | undefined {
  const lower = Math.min(database.fraction.lower, construct.fraction.lower);
  const upper = Math.max(database.fraction.upper, construct.fraction.upper);
  const volumeFractions = Float64Array.from({ length: curvePoints }, (_, i) => lower + ((upper - lower) * i) / (curvePoints - 1));
  const limits = Array.from(volumeFractions, (volumeFraction) => attainableLimit({ phases, plane, volumeFraction, test, ...objective }));
  const first = limits[0];
  if (!first || limits.some((limit) => !limit)) return undefined;
  return {
    name: first.name,
    test,
    bounds: 'worst-direction',
    condition: conditions[first.attainability],
    volumeFractions,
    values: Float64Array.from(limits, (limit) => limit!.value),
  };
}

/** What was trained and how well it predicts, as reports show it. */
export function assembleLearning(
  { learning, objective }: DesignCase,
  { trained, refusedBackends }: LearnedProperty,
  trainSeconds: number,
): LearningResult {
  ensure(learning !== undefined, 'what was trained has settings');
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
