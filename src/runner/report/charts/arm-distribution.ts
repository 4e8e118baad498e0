/* How many designs of each arm reach a value: the comparison of arms without choosing bins. */
import { compareObjective } from '#domain/objective';
import { type ArmResult, type CaseResult } from '#engine/api';
import { type ArmInView, displayIn } from '../case-view';
import { widestLimit } from '#display/limits';
import { curve, plotArea, rangeOf, valueAxis } from './chart-parts';
import { colorOf, inkColor, limitColor } from './palette';
import type { Chart } from './render-chart';

type Point = readonly [number, number];

export function armDistribution(result: CaseResult, arms: readonly ArmInView[], id: string): Chart {
  const { objective, construct } = result.problem;
  const { symbol, unit, scale } = displayIn(result, objective.property);
  const limit = result.limits[0] && widestLimit(result.limits[0], objective, construct.fraction);
  const best = result.database.best.objectiveValue * scale;
  const values = arms.flatMap(({ arm: { designs } }) => designs.map((design) => design.objectiveValue * scale));
  const range = rangeOf([...values, best, ...(limit ? [limit.value * scale] : [])], 0.04);
  const worse = objective.directions.length > 1 ? ' in the worse direction' : '';
  return {
    id,
    label: `Share of the designs of each arm that reach a value of ${symbol}`,
    width: 560,
    height: 340,
    option: {
      grid: plotArea(60, 18, 16, 50),
      xAxis: valueAxis(`${symbol}${worse}${unit === '' ? '' : ` (${unit})`}`, range, 30),
      yAxis: { ...valueAxis('designs that reach it (%)', { min: 0, max: 100 }, 40) },
      series: [
        curve(vertical(best), inkColor, { dashed: true }),
        ...(limit ? [curve(vertical(limit.value * scale), limitColor, { width: 2 })] : []),
        ...arms.map(({ arm, look }) => curve(reaching(arm, result, scale), colorOf(look), { width: 2.4 })),
      ],
    },
  };
}

function vertical(value: number): Point[] {
  return [[value, 0], [value, 100]];
}

/** Steps from the best design (one of n reaches it) to the worst (all do). */
function reaching({ designs }: ArmResult, { problem: { objective } }: CaseResult, scale: number): Point[] {
  const values = designs.map((design) => design.objectiveValue).sort((a, b) => compareObjective(objective, a, b));
  return values.flatMap((value, i): Point[] => [
    [value * scale, (100 * i) / values.length],
    [value * scale, (100 * (i + 1)) / values.length],
  ]);
}
