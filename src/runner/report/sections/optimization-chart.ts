/* The values of the cut cells over the iterations of all runs. */
import { imageWord } from '#display/database';
import { widestLimit } from '#display/limits';
import { propertyText } from '#display/properties';
import { type GroupLook, groupLook } from '#display/starts';
import { compareObjective, isBetter } from '#domain/objective';
import type { CaseResult, OptimizationResult, OptimizationRun } from '#engine/api';
import { displayIn } from '../case-view';
import { runsOf } from '../optimization-summary';
import { curve, marks, plotArea, rangeOf, valueAxis } from '../page/chart-parts';
import { html, type Markup } from '../page/html';
import { armMark, colorOf, inkColor, legendEntry, limitColor, lineMark } from '../page/legend';
import { type Chart, renderChart } from '../page/render-chart';

interface GroupInView {
  readonly look: GroupLook;
  readonly runs: readonly OptimizationRun[];
  /** The one with the best last cut, feasible before others. */
  readonly best: OptimizationRun | undefined;
}

export function optimizationFigure(result: CaseResult, optimization: OptimizationResult, id: string): Markup {
  const { objective, arms } = result.problem;
  const groups = optimization.groups.map((group): GroupInView => {
    const runs = runsOf(optimization, group);
    return { look: groupLook(group.name, arms), runs, best: bestRun(result, runs) };
  });
  const limit = result.limits[0];
  return html`<figure class="with-legend">
${renderChart(chart(result, groups, id))}
<figcaption><ul class="legend">
${groups.map(({ look, runs }) => legendEntry(armMark(look), `from ${look.title}, ${runs.length === 1 ? '1 run' : `${runs.length} runs`}`))}
${legendEntry(lineMark(inkColor, true), `best ${imageWord(result.problem.database)}, ${propertyText(objective.property, result.database.best.objectiveValue)}`)}
${limit ? legendEntry(lineMark(limitColor, false), `physical limit: ${limit.name}`) : undefined}
</ul><p>One thin line per run: every few iterations its densities are cut into a cell of two phases, which the case’s virtual test measures. The best run of each group is thick and ends in its mark. Cuts that break a constraint are included; the worst tenth of all cuts may lie outside the chart.</p></figcaption>
</figure>`;
}

/** The run of a group that ends best, feasible ones first. */
export function bestRun({ problem: { objective } }: CaseResult, runs: readonly OptimizationRun[]): OptimizationRun | undefined {
  const ends = runs.filter(({ cuts }) => Number.isFinite(cuts.values.at(-1)));
  const feasible = ends.filter(({ final }) => final !== undefined);
  const eligible = feasible.length > 0 ? feasible : ends;
  return eligible.reduce<OptimizationRun | undefined>((best, run) => (best === undefined || isBetter(objective, run.cuts.values.at(-1)!, best.cuts.values.at(-1)!) ? run : best), undefined);
}

/** The worst cuts, those of poor starts, may lie outside the chart: they would leave no room for what distinguishes the ends. */
const hiddenShare = 0.1;

function chart(result: CaseResult, groups: readonly GroupInView[], id: string): Chart {
  const { objective, construct } = result.problem;
  const { symbol, unit, scale } = displayIn(result, objective.property);
  const limit = result.limits[0] && widestLimit(result.limits[0], objective, construct.fraction);
  const image = result.database.best.objectiveValue * scale;
  const all = groups.flatMap(({ runs }) => runs);
  const cuts = all.flatMap((run) => Array.from(run.cuts.values).filter(Number.isFinite)).sort((a, b) => compareObjective(objective, a, b));
  const shown = cuts.slice(0, Math.ceil((1 - hiddenShare) * cuts.length));
  const values = rangeOf([image, ...(limit ? [limit.value * scale] : []), ...shown.map((value) => value * scale)], 0.03);
  const last = Math.max(1, ...all.map(({ iterations }) => iterations));
  const xAxis = valueAxis('iterations', { min: 0, max: last }, 30);
  const level = (value: number) => [[0, value], [xAxis.max, value]] as const;
  const points = ({ cuts }: OptimizationRun) => Array.from(cuts.values, (value, i) => [cuts.iterations[i]!, value * scale] as const).filter(([, value]) => Number.isFinite(value));
  const worse = objective.directions.length > 1 ? ' in the worse direction' : '';
  // The first group is drawn last, on top.
  const drawn = groups.toReversed();
  return {
    id,
    label: `${symbol} of the cut cell over the iterations of ${all.length} runs: ${groups.map(({ look, runs }) => `${runs.length} from ${look.title}`).join(', ')}`,
    width: 640,
    height: 440,
    option: {
      grid: plotArea(68, 22, 16, 50),
      xAxis,
      yAxis: valueAxis(`${symbol}${worse}${unit === '' ? '' : ` (${unit})`}`, values, 48),
      series: [
        curve(level(image), inkColor, { dashed: true }),
        ...(limit ? [curve(level(limit.value * scale), limitColor, { width: 2 })] : []),
        ...drawn.flatMap(({ look, runs, best }) => runs.filter((run) => run !== best).map((run) => curve(points(run), colorOf(look), { width: 1, opacity: 0.45 }))),
        ...drawn.flatMap(({ look, best }) => (best ? [curve(points(best), colorOf(look), { width: 2.6 })] : [])),
        ...drawn.flatMap(({ look, best }) => (best ? [marks(points(best).slice(-1), look.shape, colorOf(look))] : [])),
      ],
    },
  };
}
