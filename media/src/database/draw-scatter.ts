/*
 * The scatter on a canvas of its own: 20 000 points follow the pointer without dropped frames, which ECharts does not
 * achieve (docs/decisions/0018).
 */
import { tickText } from '#display/numbers';
import { imageKinds } from '#domain/microstructures';
import type { ThemeColors } from '#media/shared/theme';
import { colorWord, putDensePoints } from './dense-points';
import { type ArmCloud, cloudAt, type Clouds, isInside } from './points';
import { type ArmLayer, type Layer, type Mapping, mappingOf, type PlotArea, type Viewport } from './viewport';

/** Everything that is drawn. */
export interface Scene {
  readonly clouds: Clouds;
  readonly hidden: ReadonlySet<Layer>;
  readonly brush: Viewport | undefined;
  readonly limit: readonly (readonly [number, number])[];
  /** A diagonal where both directions are equal. */
  readonly diagonal: boolean;
  readonly titles: readonly [x: string, y: string];
  readonly colors: ThemeColors;
  readonly font: string;
}

/** The point under the pointer. */
export interface Marked {
  readonly of: 'images' | ArmLayer;
  readonly index: number;
}

/** The points are drawn in batches, each with all families, so that none hides the others. */
const batches = 16;

/** From this number of points on they are squares, written as pixels. */
const many = 4000;

/** Opacity of points, and of those that a brush leaves out. */
const opacity = { full: 0.8, pale: 0.12 } as const;

/** Radius of the ring around an exceptional point. */
const ringRadius = 4;

export function plotArea(width: number, height: number): PlotArea {
  return { x: 58, y: 10, width: Math.max(1, width - 72), height: Math.max(1, height - 56) };
}

export function drawScatter(context: CanvasRenderingContext2D, width: number, height: number, scene: Scene, viewport: Viewport, marked: Marked | undefined): void {
  const area = plotArea(width, height);
  const mapping = mappingOf(viewport, area);
  const { colors, clouds, hidden } = scene;
  const dense = clouds.images.x.length >= many;
  context.clearRect(0, 0, width, height);
  context.save();
  if (dense) {
    drawDense(context, scene, area, mapping);
    // Pixels replace what is there, so what lies below them is drawn after them.
    context.globalCompositeOperation = 'destination-over';
  }
  drawAxes(context, scene, viewport, area, mapping);
  if (scene.diagonal) drawDiagonal(context, viewport, area, mapping, colors);
  context.restore();

  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.width, area.height);
  context.clip();
  if (!dense) drawImages(context, scene, mapping);
  if (!dense && !hidden.has('outliers')) drawRings(context, clouds, hidden, mapping, colors);
  if (!hidden.has('limit')) line(context, scene.limit, mapping, colors.limit, 2, []);
  // The case's own arm is drawn last, on top.
  for (const arm of clouds.arms.toReversed()) if (!hidden.has(arm.layer)) drawMarks(context, arm, mapping, colors);
  if (scene.brush) drawBrush(context, scene.brush, mapping, colors.accent);
  if (marked) drawMarked(context, clouds, marked, mapping, colors);
  context.restore();
}

function drawDiagonal(context: CanvasRenderingContext2D, { left, right }: Viewport, area: PlotArea, mapping: Mapping, { muted }: ThemeColors): void {
  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.width, area.height);
  context.clip();
  line(context, [[left, left], [right, right]], mapping, muted, 1, [4, 4]);
  context.restore();
}

function pointSize(count: number): number {
  return Math.max(2, 5.5 * Math.min(1, (900 / count) ** 0.25));
}

function drawDense(context: CanvasRenderingContext2D, { clouds: { images }, hidden, brush, colors }: Scene, area: PlotArea, mapping: Mapping): void {
  const wordsOf = (share: number): number[] => imageKinds.map((family) => colorWord(colors[family], share));
  const isPale = brush && ((i: number): boolean => !isInside(brush, images.x[i]!, images.y[i]!));
  const words = { full: wordsOf(opacity.full), pale: wordsOf(opacity.pale), ring: colorWord(colors.ink, 1) };
  putDensePoints(context, area, { images, hidden, isPale, edge: pointSize(images.x.length), radius: ringRadius, batches, colors: words }, mapping);
}

function drawImages(context: CanvasRenderingContext2D, { clouds, hidden, brush, colors }: Scene, { scaleX, shiftX, scaleY, shiftY }: Mapping): void {
  const { x, y, families: codes } = clouds.images;
  const size = pointSize(x.length);
  const pale = (i: number): boolean => brush !== undefined && !isInside(brush, x[i]!, y[i]!);
  for (let batch = 0; batch < batches; batch++) {
    imageKinds.forEach((family, code) => {
      if (hidden.has(family)) return;
      context.fillStyle = colors[family];
      for (const selected of brush ? [false, true] : [true]) {
        context.globalAlpha = selected ? opacity.full : opacity.pale;
        context.beginPath();
        for (let i = Math.floor((batch * x.length) / batches); i < Math.floor(((batch + 1) * x.length) / batches); i++) {
          if (codes[i] !== code || pale(i) === selected) continue;
          const [atX, atY] = [x[i]! * scaleX + shiftX, y[i]! * scaleY + shiftY];
          context.moveTo(atX + size / 2, atY);
          context.arc(atX, atY, size / 2, 0, 2 * Math.PI);
        }
        context.fill();
      }
    });
  }
  context.globalAlpha = 1;
}

function drawRings(context: CanvasRenderingContext2D, { images }: Clouds, hidden: ReadonlySet<Layer>, { scaleX, shiftX, scaleY, shiftY }: Mapping, colors: ThemeColors): void {
  context.beginPath();
  for (const i of images.outliers) {
    if (hidden.has(imageKinds[images.families[i]!]!)) continue;
    const [atX, atY] = [images.x[i]! * scaleX + shiftX, images.y[i]! * scaleY + shiftY];
    context.moveTo(atX + ringRadius, atY);
    context.arc(atX, atY, ringRadius, 0, 2 * Math.PI);
  }
  context.strokeStyle = colors.ink;
  context.lineWidth = 1.2;
  context.stroke();
}

/** Pixels from the middle of a mark to its farthest corner. */
const markRadius = 5.5;

/** The best marks are drawn last, on top. */
function drawMarks(context: CanvasRenderingContext2D, { x, y, look }: ArmCloud, mapping: Mapping, colors: ThemeColors): void {
  context.fillStyle = colors[look.color];
  context.strokeStyle = colors.paper;
  context.lineWidth = 1;
  for (let i = x.length - 1; i >= 0; i--) {
    context.beginPath();
    for (const [dx, dy] of look.shape) context.lineTo(x[i]! * mapping.scaleX + mapping.shiftX + markRadius * dx, y[i]! * mapping.scaleY + mapping.shiftY + markRadius * dy);
    context.closePath();
    context.fill();
    context.stroke();
  }
}

function drawBrush(context: CanvasRenderingContext2D, { left, right, bottom, top }: Viewport, { scaleX, shiftX, scaleY, shiftY }: Mapping, color: string): void {
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.strokeRect(left * scaleX + shiftX, top * scaleY + shiftY, (right - left) * scaleX, (bottom - top) * scaleY);
  context.setLineDash([]);
}

function drawMarked(context: CanvasRenderingContext2D, clouds: Clouds, { of, index }: Marked, { scaleX, shiftX, scaleY, shiftY }: Mapping, colors: ThemeColors): void {
  const cloud = cloudAt(clouds, of);
  if (!cloud || index >= cloud.x.length) return;
  const [atX, atY] = [cloud.x[index]! * scaleX + shiftX, cloud.y[index]! * scaleY + shiftY];
  for (const [color, width] of [[colors.paper, 5], [colors.ink, 2]] as const) {
    context.beginPath();
    context.arc(atX, atY, 8, 0, 2 * Math.PI);
    context.strokeStyle = color;
    context.lineWidth = width;
    context.stroke();
  }
}

function line(context: CanvasRenderingContext2D, points: readonly (readonly [number, number])[], { scaleX, shiftX, scaleY, shiftY }: Mapping, color: string, width: number, dash: number[]): void {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x * scaleX + shiftX, y * scaleY + shiftY);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

function drawAxes(context: CanvasRenderingContext2D, { titles, colors, font }: Scene, viewport: Viewport, area: PlotArea, { scaleX, shiftX, scaleY, shiftY }: Mapping): void {
  const bottom = area.y + area.height;
  const across = ticksOf(viewport.left, viewport.right, area.width / 90);
  const up = ticksOf(viewport.bottom, viewport.top, area.height / 60);
  context.lineWidth = 1;
  context.strokeStyle = colors.rule;
  context.beginPath();
  for (const value of across.values) {
    const x = Math.round(value * scaleX + shiftX) + 0.5;
    context.moveTo(x, area.y);
    context.lineTo(x, bottom);
  }
  for (const value of up.values) {
    const y = Math.round(value * scaleY + shiftY) + 0.5;
    context.moveTo(area.x, y);
    context.lineTo(area.x + area.width, y);
  }
  context.stroke();
  context.strokeStyle = colors.muted;
  context.beginPath();
  context.moveTo(area.x + 0.5, area.y);
  context.lineTo(area.x + 0.5, bottom + 0.5);
  context.lineTo(area.x + area.width, bottom + 0.5);
  context.stroke();

  context.fillStyle = colors.muted;
  context.font = `11px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const value of across.values) context.fillText(tickText(value, across.digits), value * scaleX + shiftX, bottom + 6);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const value of up.values) context.fillText(tickText(value, up.digits), area.x - 6, value * scaleY + shiftY);
  context.fillStyle = colors.ink;
  context.font = `12px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.fillText(titles[0], area.x + area.width / 2, bottom + 42);
  context.save();
  context.translate(4, area.y + area.height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'top';
  context.fillText(titles[1], 0, 0);
  context.restore();
}

/** Round values inside a range, about `wanted` of them, with the digits that distinguish them. */
export function ticksOf(least: number, most: number, wanted: number): { readonly values: readonly number[]; readonly digits: number } {
  const rough = (most - least) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
  const first = Math.ceil(least / step - 1e-9);
  const count = Math.floor(most / step + 1e-9) - first + 1;
  return { values: Array.from({ length: count }, (_, i) => (first + i) * step), digits: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}
