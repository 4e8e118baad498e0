import { attainableLimit, type LimitStanding } from '#engine/homogenization/attainable-limits';
import type { VirtualTestKind } from '#engine/fem/virtual-test';
import type { PhysicalLimit } from './case-result';
import type { DesignProblem } from './design-problem';

const curvePoints = 33;

const conditions: Readonly<Record<LimitStanding, string>> = {
  attained: 'No cell passes it; laminates come as near as one likes.',
  bound: 'No cell passes it; whether a cell reaches it is not known.',
  periodic: 'Attained under periodicity; the free edges of the test may let a cell pass it a little.',
};

/** The limits of the objective over the white volume fraction: for the case's own test, then others shown beside it. */
export function physicalLimits(problem: DesignProblem): PhysicalLimit[] {
  const tests: VirtualTestKind[] = problem.test === 'heating' ? ['heating', 'periodic'] : [problem.test];
  return tests.flatMap((test) => limitCurve(problem, test) ?? []);
}

function limitCurve({ phases, plane, objective, database, construct }: DesignProblem, test: VirtualTestKind): PhysicalLimit | undefined {
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
    condition: conditions[first.standing],
    volumeFractions,
    values: Float64Array.from(limits, (limit) => limit!.value),
  };
}
