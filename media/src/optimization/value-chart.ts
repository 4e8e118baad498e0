/* Values of the cut cells over the iterations: one line per run, in the color of its group. */
import { html, type TemplateResult } from 'lit';
import { counted, quantityText } from '#display/numbers';
import { axisLook, chart, type ChartOption, type ChartSeries } from '#media/shared/chart';
import { themeColors } from '#media/shared/theme';
import { shapePath } from '#media/shared/shapes';
import type { ObjectiveView } from '#protocol/result';
import type { OptimizationView } from '#protocol/views/optimization-views';
import { isSame, nearestLine, type Run } from './runs';
import type { OptimizationPanel, OptimizationViewOptions } from './view-options';

/** Pixels from the pointer to a line that it points at. */
const reach = 24;

/** The axis of iterations ends at a multiple. */
const tick = 20;

/** The line under the pointer: it leaves with the pointer, so it is not one of the view options. */
let hovered: Run['view'] | undefined;

/** `runs` are those that are shown, the best first. */
export function valueChart(panel: OptimizationPanel, view: OptimizationView, runs: readonly Run[], shown: Run): TemplateResult {
  const { objective } = view;
  const pointed = runs.find((run) => isSame(run.view, hovered));
  const point = (run: Run | undefined): void => {
    if (hovered === run?.view) return;
    hovered = run?.view;
    panel.redraw();
  };
  const choose = (run: Run | undefined): void => {
    if (run) panel.go({ run: { arm: run.view.arm, candidate: run.view.candidate } });
  };
  const walk = (event: KeyboardEvent): void => {
    const at = runs.indexOf(shown);
    const next = runs[{ ArrowUp: at - 1, ArrowLeft: at - 1, ArrowDown: at + 1, ArrowRight: at + 1, Home: 0, End: runs.length - 1 }[event.key] ?? -1];
    if (!next) return;
    event.preventDefault();
    choose(next);
  };
  const label = `${objective.name} of the cells of ${counted(runs.length, 'run')} over the iterations; the best one ${runs[0] ? runWords(runs[0], objective) : ''}. Use the arrow keys to move through the runs, the best first.`;
  return html`<div class="chart" tabindex="0" role="application" aria-label=${label} @keydown=${walk}
      ${chart(() => valueOption(view, runs, shown, pointed, panel.viewOptions.range), [view, shown, pointed, panel.theme, runs.length, panel.viewOptions.range, panel.viewOptions.hidden], {
        onMove(place, toPixels) {
          const line = nearestLine(runs.map((run) => pointsOf(run, objective).map(toPixels)), place, reach);
          point(line === undefined ? undefined : runs[line]);
        },
        onLeave: () => point(undefined),
        onClick: () => choose(runs.find((run) => isSame(run.view, hovered))),
      })}></div>
    <p class="pointed" role="status">${runWords(pointed ?? shown, objective)}</p>`;
}

/** `explained designs, design-003: 85 iterations, 153.2 GPa`; the name of a start of a family says its group. */
export function runWords({ group, start, view: { iterations, state }, value, isFeasible }: Run, objective: ObjectiveView): string {
  const result = value === undefined ? 'no value' : quantityText(objective, value);
  const name = start.startsWith(group.title) ? start : `${group.title}, ${start}`;
  return `${name}: ${state === 'running' ? `${iterations} iterations so far` : counted(iterations, 'iteration')}, ${result}${isFeasible ? '' : ', breaks a constraint'}`;
}

function pointsOf({ iterations, values }: Run, { scale }: ObjectiveView): [number, number][] {
  return Array.from(values, (value, i): [number, number] => [iterations[i]!, value * scale]);
}

function valueOption({ objective, limit, bestImage }: OptimizationView, runs: readonly Run[], shown: Run, pointed: Run | undefined, range: OptimizationViewOptions['range']): ChartOption {
  const colors = themeColors();
  const { scale, symbol, unit } = objective;
  const look = axisLook(`${symbol}${unit === '' ? '' : ` (${unit})`}`, 42);
  const last = tick * Math.ceil(runs.reduce((most, { view }) => Math.max(most, view.iterations), 1) / tick);
  const level = (value: number | undefined, color: string, type: 'solid' | 'dashed'): ChartSeries[] =>
    value === undefined ? [] : [{ type: 'line', data: [[0, value * scale], [last, value * scale]], showSymbol: false, silent: true, z: 1, lineStyle: { color, width: 1.6, type } }];
  // What is worse than the best image is cut off.
  const end = objective.sense === 'maximize' ? 'Min' : 'Max';
  const isBounded = range === 'better' && bestImage !== undefined;
  const bounds = isBounded ? { [end.toLowerCase()]: bestImage.objectiveValue * scale } : {};
  const series = [...Map.groupBy(runs, ({ group }) => group.name).values()].flatMap((some) => seriesOf(some, objective, colors, false));
  const above = runs.filter((run) => run === shown || run === pointed).flatMap((run) => seriesOf([run], objective, colors, true));
  return {
    grid: { left: 58, right: 14, top: 12, bottom: 42, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: 0, max: last, ...axisLook('iterations', 26) },
    // The end of a cut axis is no round number: it stays without a label.
    yAxis: { type: 'value', scale: true, ...bounds, ...look, axisLabel: { ...look.axisLabel, ...(isBounded && { [`show${end}Label`]: false }) } },
    series: [...level(limit?.widest.value, colors.limit, 'solid'), ...level(bestImage?.objectiveValue, colors.muted, 'dashed'), ...series, ...above],
  };
}

/** Runs of one group: as one line with gaps, since hundreds of lines take long to draw, and their last cells as marks, hollow where they break a constraint. */
function seriesOf(runs: readonly Run[], objective: ObjectiveView, colors: ReturnType<typeof themeColors>, isStrong: boolean): ChartSeries[] {
  const { color: name, shape } = runs[0]!.group;
  const color = colors[name as keyof typeof colors];
  const ends = runs.map((run) => ({ value: pointsOf(run, objective).at(-1)!, itemStyle: { color: run.isFeasible ? color : colors.paper } }));
  return [
    { type: 'line', data: runs.flatMap((run) => [...pointsOf(run, objective), [NaN, NaN]]), showSymbol: false, silent: true, z: isStrong ? 4 : 2, lineStyle: { color, width: isStrong ? 3 : 1.4, opacity: isStrong ? 1 : 0.55 } },
    { type: 'scatter', data: ends, silent: true, symbol: `path://${shapePath(shape, 1)}`, symbolSize: isStrong ? 12 : 8, z: isStrong ? 5 : 3, itemStyle: { borderColor: color, borderWidth: 1.4 } },
  ];
}

