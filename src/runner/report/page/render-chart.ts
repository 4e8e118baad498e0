/*
 * Charts as SVG text for a page without scripts: ECharts lays out axes and series in this process, and attributes
 * for its own script are removed. Colors may be CSS variables, so one drawing serves light, dark and print.
 */
import { CustomChart, type CustomSeriesOption, LineChart, type LineSeriesOption } from 'echarts/charts';
import { GridComponent, type GridComponentOption } from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { escapeHtml, type Markup, rawMarkup } from './html';

use([CustomChart, LineChart, GridComponent, SVGRenderer]);

export type ChartOption = ComposeOption<CustomSeriesOption | LineSeriesOption | GridComponentOption>;

/** One chart, ready to be drawn. */
export interface Chart {
  /** Unique in the page; part of the ids inside the drawing. */
  readonly id: string;
  /** What the chart shows, for screen readers. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly option: ChartOption;
  /** Texts that browsers show under the pointer. */
  readonly hints?: readonly ChartHint[];
}

/** A hint in axis units. */
export interface ChartHint {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** The chart as an `<svg>` that scales with its surroundings. */
export function renderChart({ id, label, width, height, option, hints = [] }: Chart): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit' }, ...option });
  const drawing = chart.renderToSVGString();
  const overlay = hints.map((hint) => renderHint(hint, chart.convertToPixel({ gridIndex: 0 }, [hint.x, hint.y]) as number[]));
  chart.dispose();
  const inside = plainInside(drawing, id);
  return rawMarkup(
    `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}">${inside}${overlay.join('')}</svg>`,
  );
}

function renderHint(hint: ChartHint, [x = 0, y = 0]: readonly number[]): string {
  return `<circle class="hint" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="7"><title>${escapeHtml(hint.text)}</title></circle>`;
}

/** The drawing without its root, styles and attributes for scripts; dots written short; ids begin with the chart's. */
function plainInside(drawing: string, id: string): string {
  return drawing
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ (ecmeta_\w+|class|pointer-events|xml:space)="[^"]*"/g, '')
    .replace(/M(\S+ \S+?)L\1(?=[M"])/g, 'M$1h0')
    .replace(/\bzr\d+-/g, `${id}-`)
    .replace(/>\n</g, '><');
}
