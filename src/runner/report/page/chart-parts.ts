/* Parts that all charts share: axes in the page's colors, clouds of points, lines. */
import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { MarkShape } from '#display/arms';
import { tickText } from '#display/numbers';
import { inkColor, mutedColor, paperColor, ruleColor } from './legend';

/** The rectangle between the axes: margins in pixels, held exactly, so that squares stay squares. */
export function plotArea(left: number, right: number, top: number, bottom: number) {
  return { left, right, top, bottom, outerBoundsMode: 'none' as const };
}

/** The smallest and the largest value shown on an axis. */
export interface AxisRange {
  readonly min: number;
  readonly max: number;
}

/** The values' range, widened by a share of itself on both sides; one value alone by a tenth of it. */
export function rangeOf(values: Iterable<number>, margin: number): AxisRange {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return { min: 0, max: 1 };
  const width = max > min ? max - min : Math.abs(max) * 0.2 || 1;
  return { min: min - margin * width, max: max + margin * width };
}

/** A linear axis with a title; ticks sit on round numbers inside the range. */
export function valueAxis(title: string, range: AxisRange, titleGap: number) {
  const interval = roundStep((range.max - range.min) / 7.5);
  const digits = Math.max(0, -Math.floor(Math.log10(interval) + 1e-9));
  return {
    ...axisLook(title, titleGap),
    type: 'value' as const,
    min: Math.floor(range.min / interval) * interval,
    max: Math.ceil(range.max / interval) * interval,
    interval,
    axisLabel: { color: mutedColor, fontSize: 12, formatter: (value: number) => tickText(value, digits) },
  };
}

/** A logarithmic axis over whole decades, labeled with powers of ten. */
export function logAxis(title: string, range: AxisRange, titleGap: number) {
  return {
    ...axisLook(title, titleGap),
    type: 'log' as const,
    min: 10 ** Math.floor(Math.log10(range.min)),
    max: 10 ** Math.ceil(Math.log10(range.max)),
    axisLabel: { color: mutedColor, fontSize: 12, formatter: (value: number) => String(Number(value.toPrecision(2))).replace('-', '−') },
  };
}

/** A linear axis whose ticks are at given places and have words. */
export function wordAxis(title: string, range: AxisRange, ticks: readonly { readonly at: number; readonly text: string }[], titleGap: number, rotate = 0) {
  const look = axisLook(title, titleGap);
  const places = ticks.map(({ at }) => at);
  return {
    ...look,
    type: 'value' as const,
    ...range,
    axisTick: { ...look.axisTick, customValues: places },
    axisLabel: { color: mutedColor, fontSize: 12, customValues: places, rotate, formatter: (value: number) => ticks.find(({ at }) => Math.abs(at - value) < 1e-9 * (range.max - range.min))?.text ?? '' },
    splitLine: { show: false },
  };
}

function axisLook(title: string, titleGap: number) {
  return {
    name: title,
    nameLocation: 'middle' as const,
    nameGap: titleGap,
    nameTextStyle: { color: inkColor, fontSize: 13 },
    axisLine: { show: true, onZero: false, lineStyle: { color: mutedColor } },
    axisTick: { show: true, lineStyle: { color: mutedColor } },
    splitLine: { lineStyle: { color: ruleColor } },
  };
}

/** 1, 2 or 5 times a power of ten, at least the step. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** A dot is a line with round ends; the renderer leaves lines of no length out and rounds this one to none. */
const dotLength = 0.01;

/**
 * Many small round points as one path of dots, so that tens of thousands stay small. Points
 * on the same half pixel are drawn once.
 */
export function cloud(points: readonly (readonly [number, number])[], color: string, diameter: number, opacity: number): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    data: [[0, 0]],
    renderItem: (_parameters, api) => {
      const dots = new Set<string>();
      for (const point of points) {
        const [x, y] = api.coord([...point]) as [number, number];
        dots.add(`M${Math.round(2 * x) / 2} ${Math.round(2 * y) / 2}h${dotLength}`);
      }
      return {
        type: 'path',
        shape: { pathData: [...dots].join('') },
        style: { fill: 'none', stroke: color, lineWidth: diameter, lineCap: 'round', opacity },
      };
    },
  };
}

/** Pixels from the middle of a mark to its farthest corner. */
const markRadius = 5.5;

/** Many marks as one path, smaller when they are many; the page's style puts the outline behind them. */
export function marks(points: readonly (readonly [number, number])[], shape: MarkShape, color: string): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    data: [[0, 0]],
    renderItem: (_parameters, api) => {
      const size = markRadius * Math.max(0.55, Math.min(1, Math.sqrt(300 / points.length)));
      const outlines = points.map((point) => {
        const [x, y] = api.coord([...point]) as [number, number];
        return `M${shape.map(([dx, dy]) => `${(x + size * dx).toFixed(1)} ${(y + size * dy).toFixed(1)}`).join('L')}Z`;
      });
      return {
        type: 'path',
        shape: { pathData: [...new Set(outlines)].join('') },
        style: { fill: color, stroke: paperColor, lineWidth: 1.4 },
      };
    },
  };
}

/** A thin line through points; values outside the axes are cut. */
export function curve(
  points: readonly (readonly [number, number])[],
  color: string,
  { dashed = false, width = 1.5, opacity = 1, step }: { readonly dashed?: boolean; readonly width?: number; readonly opacity?: number; readonly step?: 'end' } = {},
): LineSeriesOption {
  return {
    type: 'line',
    silent: true,
    showSymbol: false,
    clip: true,
    data: points.map((point) => [...point]),
    lineStyle: { color, width, type: dashed ? [6, 4] : 'solid', ...(opacity < 1 && { opacity }) },
    ...(step === undefined ? {} : { step }),
  };
}

/** A box plot without its outliers. */
export interface Box {
  readonly x: number;
  /** In axis units. */
  readonly halfWidth: number;
  /** Minimum, quartiles, maximum. */
  readonly values: readonly [number, number, number, number, number];
}

/** Boxes from quartile to quartile with a line at the median, and whiskers to the ends. */
export function boxes(all: readonly Box[], color: string): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    data: [[0, 0]],
    renderItem: (_parameters, api) => {
      const place = (x: number, y: number): string => api.coord([x, y]).map((value) => value.toFixed(1)).join(' ');
      const line = (x0: number, y0: number, x1: number, y1: number): string => `M${place(x0, y0)}L${place(x1, y1)}`;
      const paths = all.map(({ x, halfWidth, values: [least, lower, median, upper, most] }) => {
        const [left, right, cap] = [x - halfWidth, x + halfWidth, halfWidth / 2];
        return `M${place(left, lower)}L${place(right, lower)}L${place(right, upper)}L${place(left, upper)}Z${line(left, median, right, median)}${line(x, least, x, lower)}${line(x, upper, x, most)}${line(x - cap, least, x + cap, least)}${line(x - cap, most, x + cap, most)}`;
      });
      return { type: 'path', shape: { pathData: paths.join('') }, style: { fill: color, fillOpacity: 0.22, stroke: color, lineWidth: 1.5 } };
    },
  };
}

/** Straight lines, each by itself. */
export function segments(all: readonly (readonly [from: readonly [number, number], to: readonly [number, number]])[], color: string, { dashed = false, width = 1.5 }: { readonly dashed?: boolean; readonly width?: number } = {}): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    data: [[0, 0]],
    renderItem: (_parameters, api) => {
      const place = (point: readonly [number, number]): string => api.coord([...point]).map((value) => value.toFixed(1)).join(' ');
      return { type: 'path', shape: { pathData: all.map(([from, to]) => `M${place(from)}L${place(to)}`).join('') }, style: { fill: 'none', stroke: color, lineWidth: width, ...(dashed && { lineDash: [6, 4] }) } };
    },
  };
}

/** A filled area between the given corners. */
export function area(corners: readonly (readonly [number, number])[], color: string): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    clip: true,
    data: [[0, 0]],
    renderItem: (_parameters, api) => ({
      type: 'polygon',
      shape: { points: corners.map((corner) => api.coord([...corner])) },
      style: { fill: color },
    }),
  };
}
