/*
 * Tests of images whose properties came with them: the labels stand in place of the test where a case needs no others. A
 * few of these images are tested all the same, and how far the labels are off is kept with them.
 */
import type { DesignCase } from '#domain/case';
import type { Directional, Property } from '#domain/objective';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { propertyOf } from '#engine/fem/virtual-test';
import { labelsOfImage, type LabelColumns } from './file-images';

/** The name under which statistics have results that are labels. */
export const labelSolver = 'labels';

/** So many labels are checked by a test. */
const checkedLabels = 20;

/** Whether the labels of a case's database are those of its test, and have every property that the case asks for. */
export function takesLabels({ database, test, objective, constraints, learning }: Pick<DesignCase, 'database' | 'test' | 'objective' | 'constraints' | 'learning'>): boolean {
  if (database.kind !== 'files' || database.labels?.test !== test) return false;
  const needed = [objective.property, ...constraints.map(({ property }) => property), ...(learning?.properties ?? [])];
  const labeled = database.labels.columns.map(({ property }) => property);
  return needed.every((property) => labeled.includes(property));
}

/** The images that are tested: those without labels, and some of the others, at equal distances. */
export function imagesToTest(labels: LabelColumns, count: number): readonly number[] {
  const labeled = Array.from({ length: count }, (_, i) => i).filter((i) => labelsOfImage(labels, i) !== undefined);
  const checks = Math.min(checkedLabels, labeled.length);
  const checked = new Set(Array.from({ length: checks }, (_, c) => labeled[Math.floor(((c + 0.5) * labeled.length) / checks)]!));
  const isLabeled = new Set(labeled);
  return Array.from({ length: count }, (_, i) => i).filter((i) => checked.has(i) || !isLabeled.has(i));
}

/** All results: labels where there are any, and the tests of the other images; entry i of `tested` is of image `indices[i]`. */
export function joinLabels(kind: VirtualTestResult['kind'], volumeFractions: Float64Array, labels: LabelColumns, indices: readonly number[], tested: readonly VirtualTestResult[]): VirtualTestResult[] {
  const own = new Map(indices.map((image, i) => [image, tested[i]!]));
  return Array.from(volumeFractions, (volumeFraction, image): VirtualTestResult => {
    const found = labelsOfImage(labels, image);
    const test = own.get(image);
    if (found === undefined) return test!;
    const { 'youngs-modulus': youngsModulus, 'poisson-ratio': poissonRatio, 'thermal-expansion': thermalExpansion } = found;
    return {
      kind,
      volumeFraction,
      ...(youngsModulus && { youngsModulus }),
      ...(poissonRatio && { poissonRatio }),
      ...(thermalExpansion && { thermalExpansion }),
      statistics: { solver: labelSolver, unknowns: 0, iterations: 0, residual: 0, ...(test && { errorEstimate: differenceOf(found, test) }) },
    };
  });
}

/** The largest difference of a label from what the test measures, relative to that. */
function differenceOf(labels: Readonly<Partial<Record<Property, Directional>>>, test: VirtualTestResult): number {
  const differences = (Object.entries(labels) as [Property, Directional][]).flatMap(([property, label]) => {
    const measured = propertyOf(test, property);
    return (['x', 'y'] as const).map((direction) => Math.abs(label[direction] - measured[direction]) / Math.abs(measured[direction]));
  });
  return Math.max(...differences);
}
