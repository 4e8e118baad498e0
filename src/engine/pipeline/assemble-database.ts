/* The database as a result shows it, and what its best image demands of designs. */
import type { Property } from '#engine/core/material';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { compareObjective, objectiveValue, propertyOf, type Objective } from '#engine/validation/objective';
import type { DesignDemands } from '#engine/validation/validate-design';
import type { BestImage, DatabaseResult, PropertyColumns } from './case-result';
import type { DesignProblem } from './design-problem';
import type { DatabaseImages } from './stages/generate';

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
export function demandsOf({ phases, plane, objective, constraints, construct }: DesignProblem, bestOfImages: number): DesignDemands {
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
