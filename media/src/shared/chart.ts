/*
 * ECharts in lit's templates: `<div ${chart(option, dependencies)}></div>`, with what the pointer does if it matters. Only the parts that panels use are in
 * the bundle. Tooltips are drawn on the canvas: as elements they would need inline styles, which the panel's
 * policy forbids.
 */
import { LineChart, ScatterChart, type LineSeriesOption, type ScatterSeriesOption } from 'echarts/charts';
import { GridComponent, PolarComponent, TooltipComponent, type GridComponentOption, type PolarComponentOption, type TooltipComponentOption } from 'echarts/components';
import { init, use, type ComposeOption, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { noChange, type ElementPart } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import { themeColors, themeFont } from './theme';

use([LineChart, ScatterChart, GridComponent, PolarComponent, TooltipComponent, CanvasRenderer]);

export type ChartSeries = LineSeriesOption | ScatterSeriesOption;
export type ChartOption = ComposeOption<ChartSeries | GridComponentOption | PolarComponentOption | TooltipComponentOption>;

/** What the pointer does over a chart with two linear axes; `place` is in pixels of the chart, and so is what `toPixels` returns. */
export interface ChartPointer {
  onMove(place: ChartPoint, toPixels: (point: ChartPoint) => ChartPoint): void;
  onLeave(): void;
  onClick(): void;
}

export type ChartPoint = readonly [x: number, y: number];

class Chart extends AsyncDirective {
  private instance: EChartsType | undefined;
  private pointer: ChartPointer | undefined;
  private observer: ResizeObserver | undefined;
  private drawn: readonly unknown[] = [];

  override render(_option: () => ChartOption, _dependencies: readonly unknown[], _pointer?: ChartPointer): unknown {
    return noChange;
  }

  override update(part: ElementPart, [option, dependencies, pointer]: [() => ChartOption, readonly unknown[], ChartPointer?]): unknown {
    this.pointer = pointer;
    const element = part.element as HTMLElement;
    if (this.instance === undefined) {
      const instance = init(element, null, { renderer: 'canvas' });
      this.instance = instance;
      this.observer = new ResizeObserver(() => instance.resize());
      this.observer.observe(element);
      this.follow(instance);
    }
    if (this.drawn.length !== dependencies.length || dependencies.some((each, i) => !Object.is(each, this.drawn[i]))) {
      this.drawn = dependencies;
      this.instance.setOption({ ...chartLook(), ...option() }, { notMerge: true });
    }
    return noChange;
  }

  private follow(instance: EChartsType): void {
    const canvas = instance.getZr();
    canvas.on('mousemove', ({ offsetX, offsetY }) => this.pointer?.onMove([offsetX, offsetY], linearMap(instance)));
    canvas.on('globalout', () => this.pointer?.onLeave());
    canvas.on('click', () => this.pointer?.onClick());
  }

  override disconnected(): void {
    this.observer?.disconnect();
    this.instance?.dispose();
    this.instance = undefined;
    this.drawn = [];
  }
}

/** From values to pixels, by two points: the chart's own conversion takes long for many. */
function linearMap(instance: EChartsType): (point: ChartPoint) => ChartPoint {
  const [[left, bottom], [right, top]] = [[0, 0], [1, 1]].map((point) => instance.convertToPixel({ gridIndex: 0 }, point)) as unknown as [ChartPoint, ChartPoint];
  return ([x, y]) => [left + (right - left) * x, bottom + (top - bottom) * y];
}

/** Draws the option again when a dependency changes. */
export const chart = directive(Chart);

function chartLook(): ChartOption {
  const { ink } = themeColors();
  return { animation: false, textStyle: { fontFamily: themeFont(), color: ink } };
}

/** A tooltip in the theme's colors. */
export function tooltipLook(): TooltipComponentOption {
  const { ink, paper, line } = themeColors();
  return { renderMode: 'richText', backgroundColor: paper, borderColor: line, borderWidth: 1, padding: [6, 9], textStyle: { color: ink, fontSize: 12 } };
}

/** An axis in the theme's colors. */
export function axisLook(name: string, nameGap: number) {
  const { ink, muted, rule } = themeColors();
  return {
    name,
    nameLocation: 'middle' as const,
    nameGap,
    nameTextStyle: { color: ink, fontSize: 12 },
    axisLine: { show: true, onZero: false, lineStyle: { color: muted } },
    axisTick: { show: true, lineStyle: { color: muted } },
    axisLabel: { color: muted, fontSize: 11, hideOverlap: true },
    splitLine: { lineStyle: { color: rule } },
  };
}
