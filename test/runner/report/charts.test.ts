import { describe, expect, test } from 'vitest';
import { curve, plotArea, rangeOf, valueAxis } from '#runner/report/page/chart-parts';
import { propertyScatter } from '#runner/report/sections/scatter-section';
import { renderChart } from '#runner/report/page/render-chart';
import { syntheticCase } from '#test/runner/report/synthetic-case';

describe('renderChart', () => {
  const chart = (id: string) =>
    renderChart({
      id,
      label: 'a "line" <b>',
      width: 200,
      height: 100,
      option: { grid: plotArea(0, 0, 0, 0), xAxis: valueAxis('x', { min: 0, max: 10 }, 20), yAxis: valueAxis('y', { min: 0, max: 10 }, 20), series: [curve([[0, 0], [10, 10]], 'var(--ink)')] },
      hints: [{ x: 5, y: 5, text: '<script>' }],
    }).markup;

  test('points land where the axes say', () => {
    expect(chart('a')).toContain('<path d="M0 100L200 0"');
    expect(chart('a')).toContain('<circle class="hint" cx="100.0" cy="50.0" r="7"><title>&lt;script&gt;</title></circle>');
  });

  test('text is escaped, and nothing of the renderer’s own script is left', () => {
    expect(chart('a')).toContain('aria-label="a &quot;line&quot; &lt;b&gt;"');
    expect(chart('a')).not.toMatch(/<script|ecmeta|<style|zr\d+-|xmlns|NaN/);
  });

  test('charts drawn one after another differ in their ids alone', () => {
    expect(chart('b').replaceAll('b-', 'a-')).toBe(chart('a'));
  });
});

describe('propertyScatter', () => {
  /** Points of the line that is drawn in the limit's color, in pixels. */
  function limitPoints(wish: Parameters<typeof syntheticCase>[0]): number[][] {
    const { markup } = renderChart(propertyScatter(syntheticCase(wish), 's'));
    const path = /<path d="M([^"]*)"[^>]*stroke="var\(--limit\)"/.exec(markup)![1]!;
    return path.split('L').map((point) => point.split(' ').map(Number));
  }

  test('the bound of the worse direction is a corner on the diagonal', () => {
    const points = limitPoints({ property: 'poisson-ratio' });
    expect(points).toHaveLength(3);
    expect(points[0]![0]).toBeCloseTo(points[1]![0]!, 6);
    expect(points[2]![1]).toBeCloseTo(points[1]![1]!, 6);
  });

  test('the bound of the arithmetic mean falls by one for one', () => {
    const [[x0, y0], [x1, y1]] = limitPoints({ property: 'thermal-expansion' }) as [number[], number[]];
    expect((y1! - y0!) / (x1! - x0!)).toBeCloseTo(1, 3);
  });

  test('the bound of the harmonic mean is symmetric about the diagonal', () => {
    const points = limitPoints({ property: 'youngs-modulus' });
    // Pixels: x to the right from the left edge, y up from the bottom edge of a square of one size.
    const plane = points.map(([x, y]) => [x! - 68, 620 - 54 - y!] as const);
    const nearest = (x: number) => plane.reduce((best, point) => (Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best));
    for (const [x, y] of plane.filter(([, height]) => height > 300 && height < 540)) expect(Math.abs(nearest(y)[1] - x)).toBeLessThan(4);
  });
});

test('axes hold all values on round numbers', () => {
  const axis = valueAxis('E', rangeOf([101.3, 158.9], 0.05), 10);
  expect([axis.min, axis.max, axis.interval]).toEqual([90, 170, 10]);
  expect(axis.axisLabel.formatter(-0.5)).toBe('−1');
  expect(valueAxis('ν', { min: 0.28, max: 0.4404 }, 10).axisLabel.formatter(0.3)).toBe('0.30');
  expect(rangeOf([5, NaN], 0)).toEqual({ min: 5, max: 5 });
  expect(rangeOf([], 0)).toEqual({ min: 0, max: 1 });
});
