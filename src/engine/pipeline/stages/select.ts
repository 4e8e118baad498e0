/* Stage 3: the exceptional images, best share in every direction of the objective at once. */
import type { DesignCase } from '#domain/case';
import { compareObjective, objectiveValue } from '#domain/objective';
import { failure, success } from '#domain/finding';
import { formatNumber } from '#units/format-quantity';
import { propertyOf, type VirtualTestResult } from '#engine/fem/virtual-test';
import type { Stage } from '../stage';
import { artifactAs, toJson } from '#engine/core/artifact';

export const select: Stage<{ readonly tests: readonly VirtualTestResult[] }, Int32Array> = {
  stage: 'select',
  version: 1,
  describe: ({ objective, explain }) => toJson({ objective, share: explain.outlierShare }),
  async run(_context, problem, { tests }) {
    const outliers = selectOutliers(tests, problem);
    if (outliers.length === 0) {
      return failure(
        'no-outliers',
        `No image is among the best ${formatNumber(100 * problem.explain.outlierShare)} % in every direction at once.`,
        'Make the database larger or the share of outliers larger.',
      );
    }
    return success({ header: {}, arrays: { outliers } });
  },
  read: (artifact) => artifactAs<unknown, { readonly outliers: Int32Array }>(artifact).arrays.outliers,
};

/**
 * Indices of the images that are within the best share in every direction, best worst direction first.
 * The share is a rank: of 800 images at 10 %, 80 count as exceptional in x and 80 in y.
 */
export function selectOutliers(
  tests: readonly VirtualTestResult[],
  { objective, explain }: Pick<DesignCase, 'objective' | 'explain'>,
): Int32Array {
  const values = tests.map((result) => propertyOf(result, objective.property));
  const rank = Math.max(1, Math.round(explain.outlierShare * values.length));
  const exceptional = values.map(() => true);
  for (const direction of objective.directions) {
    const order = values
      .map((_, i) => i)
      .sort((a, b) => compareObjective(objective, values[a]![direction], values[b]![direction]) || a - b);
    for (const i of order.slice(rank)) exceptional[i] = false;
  }
  const outliers = values.map((_, i) => i).filter((i) => exceptional[i]);
  const worst = (i: number): number => objectiveValue(objective, values[i]!);
  return Int32Array.from(outliers.sort((a, b) => compareObjective(objective, worst(a), worst(b)) || a - b));
}
