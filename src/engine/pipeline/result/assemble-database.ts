/* The database as a result shows it, what its best image demands of designs, and what physics allows them. */
import type { DesignCase } from '#domain/case';
import { attainableLimit, type Attainability } from '#domain/limits';
import { compareObjective, objectiveValue, type Objective, type Property } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { propertyOf, type VirtualTestResult } from '#engine/fem/virtual-test';
import type { DesignRequirements } from '#engine/validation/validate-design';
import type { BestImage, DatabaseResult, PhysicalLimit, PropertyColumns } from './case-result';
import type { DatabaseImages } from '../stages/generate';
import { testsOf } from '../stages/validate';

export function assembleDatabase({ images, families, volumeFractions }: DatabaseImages, tests: readonly VirtualTestResult[], objective: Objective): DatabaseResult {
  return { images, families, volumeFractions, properties: columnsOf(tests), best: bestOfDatabase(tests, objective) };
}

/** The image whose worst direction is best. */
export function bestOfDatabase(tests: readonly VirtualTestResult[], objective: Objective): BestImage {
  const worst = tests.map((test) => objectiveValue(objective, propertyOf(test, objective.property)));
  const index = worst.reduce((best, value, i) => (compareObjective(objective, value, worst[best]!) < 0 ? i : best), 0);
  return { index, objectiveValue: worst[index]!, ...propertyOf(tests[index]!, objective.property) };
}

/** What the designs of a case are held against. */
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
  attained: 'No cell passes it; laminates come as near as one likes.',
  bound: 'No cell passes it; whether a cell reaches it is not known.',
  periodic: 'Attained under periodicity; the free edges of the test may let a cell pass it a little.',
};

/** The limits of the objective over the white volume fraction: for the case's own test, then others shown beside it. */
export function physicalLimits(problem: DesignCase): PhysicalLimit[] {
  return testsOf(problem.test).flatMap((test) => limitCurve(problem, test) ?? []);
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
