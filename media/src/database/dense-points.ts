/*
 * Many points as pixels of one image. A browser would record each of twenty thousand shapes, send it to another
 * process and fill it there, once per frame.
 */
import { imageKinds } from '#domain/microstructures';
import type { Layer, Mapping, PlotArea } from './viewport';
import type { Clouds } from './points';

/** Pixels of the screen as 32-bit words, rows from the top. */
interface Raster {
  readonly width: number;
  readonly height: number;
  readonly words: Uint32Array;
}

export interface DensePoints {
  readonly images: Clouds['images'];
  readonly hidden: ReadonlySet<Layer>;
  /** Whether a point stands out from the others; pale ones are drawn first. */
  readonly isPale: ((index: number) => boolean) | undefined;
  /** Edge of a point, and radius of the ring around an exceptional one. */
  readonly edge: number;
  readonly radius: number;
  /** The points are drawn in batches, each with all families. */
  readonly batches: number;
  /** A word for each family, the same for pale points, and one for rings. */
  readonly colors: { readonly full: readonly number[]; readonly pale: readonly number[]; readonly ring: number };
}

/** Draws points, then rings. `toRaster` leads from units of the axes to pixels of the raster. */
export function rasterPoints(raster: Raster, { images, hidden, isPale, edge, radius, batches, colors }: DensePoints, { scaleX, shiftX, scaleY, shiftY }: Mapping): void {
  const { x, y, families: codes, outliers } = images;
  for (let batch = 0; batch < batches; batch++) {
    const [from, to] = [Math.floor((batch * x.length) / batches), Math.floor(((batch + 1) * x.length) / batches)];
    for (const pale of isPale ? [true, false] : [false]) {
      imageKinds.forEach((family, code) => {
        if (hidden.has(family)) return;
        const color = (pale ? colors.pale : colors.full)[code]!;
        for (let i = from; i < to; i++) {
          if (codes[i] === code && (isPale?.(i) ?? false) === pale) square(raster, x[i]! * scaleX + shiftX, y[i]! * scaleY + shiftY, edge, color);
        }
      });
    }
  }
  if (hidden.has('outliers')) return;
  const circle = circleOf(radius);
  for (const i of outliers) if (!hidden.has(imageKinds[codes[i]!]!)) ring(raster, x[i]! * scaleX + shiftX, y[i]! * scaleY + shiftY, circle, colors.ring);
}

function square({ width, height, words }: Raster, x: number, y: number, edge: number, color: number): void {
  const [left, top] = [Math.round(x - edge / 2), Math.round(y - edge / 2)];
  const right = Math.min(width, left + edge);
  const bottom = Math.min(height, top + edge);
  for (let row = Math.max(0, top); row < bottom; row++) words.fill(color, row * width + Math.max(0, left), Math.max(row * width, row * width + right));
}

function ring({ width, height, words }: Raster, x: number, y: number, circle: readonly (readonly [number, number])[], color: number): void {
  const [centerX, centerY] = [Math.round(x), Math.round(y)];
  for (const [dx, dy] of circle) {
    const [column, row] = [centerX + dx, centerY + dy];
    if (column >= 0 && row >= 0 && column < width && row < height) words[row * width + column] = color;
  }
}

/** Pixels whose centers are no further than half a pixel from a circle around 0, 0. */
function circleOf(radius: number): readonly (readonly [number, number])[] {
  const reach = Math.ceil(radius);
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  return steps.flatMap((dy) => steps.filter((dx) => Math.abs(Math.hypot(dx, dy) - radius) <= 0.5).map((dx) => [dx, dy] as const));
}

/** The raster over the plot's area, put onto a canvas that is empty there. */
export function putDensePoints(context: CanvasRenderingContext2D, area: PlotArea, points: DensePoints, { scaleX, shiftX, scaleY, shiftY }: Mapping): void {
  const ratio = context.getTransform().a;
  const [left, top] = [Math.round(area.x * ratio), Math.round(area.y * ratio)];
  const imageData = new ImageData(Math.max(1, Math.round(area.width * ratio)), Math.max(1, Math.round(area.height * ratio)));
  const raster = { width: imageData.width, height: imageData.height, words: new Uint32Array(imageData.data.buffer) };
  const toRaster = { scaleX: scaleX * ratio, shiftX: shiftX * ratio - left, scaleY: scaleY * ratio, shiftY: shiftY * ratio - top };
  rasterPoints(raster, { ...points, edge: Math.round(points.edge * ratio), radius: points.radius * ratio }, toRaster);
  context.putImageData(imageData, left, top);
}

const words = new Map<string, number>();

/** A CSS color as a word of `ImageData`, with an opacity. */
export function colorWord(color: string, opacity: number): number {
  const name = `${color} ${opacity}`;
  let word = words.get(name);
  if (word === undefined) {
    const context = new OffscreenCanvas(1, 1).getContext('2d')!;
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const { data } = context.getImageData(0, 0, 1, 1);
    data[3] = Math.round(255 * opacity);
    word = new Uint32Array(data.buffer)[0]!;
    words.set(name, word);
  }
  return word;
}
