/* Images of pixels on canvases, one canvas pixel for one of the image; style sheets scale them up, unsmoothed. */
import { type ElementPart, html, noChange, type TemplateResult } from 'lit';
import { directive, Directive } from 'lit/directive.js';
import { repeat } from '#display/cells-for-printing';
import { fadedBlack, fadedWhite, heatHex, heatOffset, heatTable } from '#display/colors';
import { type PackedImages, unpackImages } from '#protocol/packed';

/** One binary image: 0 black, 1 white, row-major from the top. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const unpacked = new WeakMap<PackedImages, readonly Pixels[]>();

/** The images of a batch; unpacked once. */
export function imagesOf(packed: PackedImages): readonly Pixels[] {
  let images = unpacked.get(packed);
  if (images === undefined) {
    const { count, width, height } = packed;
    const all = unpackImages(packed);
    const area = width * height;
    images = Array.from({ length: count }, (_, i) => ({ width, height, data: all.subarray(i * area, (i + 1) * area) }));
    unpacked.set(packed, images);
  }
  return images;
}

/** The only image of a batch of one. */
export function imageOf(packed: PackedImages): Pixels {
  return imagesOf(packed)[0]!;
}

/** Writes one pixel's red, green, blue and alpha, 0 … 255, at `to`. */
export type Coloring = (pixels: Uint8ClampedArray, to: number, p: number) => void;

/** Black and white in every theme: both phases mean matter. */
export function phaseColoring({ data }: Pixels): Coloring {
  return (pixels, to, p) => {
    const gray = data[p] === 1 ? 255 : 0;
    pixels[to] = pixels[to + 1] = pixels[to + 2] = gray;
    pixels[to + 3] = 255;
  };
}

/** Phases in grays, for what is drawn above them. */
export function fadedColoring({ data }: Pixels): Coloring {
  return (pixels, to, p) => {
    pixels.set(data[p] === 1 ? fadedWhite : fadedBlack, to);
    pixels[to + 3] = 255;
  };
}

/** Heat in [0, 1] over the phases; 1 hides the phases. */
export function heatColoring(image: Pixels, heat: (p: number) => number, opacity: number): Coloring {
  return (pixels, to, p) => {
    const level = heatOffset(heat(p));
    const gray = image.data[p] === 1 ? 255 : 0;
    for (let c = 0; c < 3; c++) pixels[to + c] = gray + (heatTable[level + c]! - gray) * opacity;
    pixels[to + 3] = 255;
  };
}

/** Fills a canvas with one image. */
export function drawPixels(canvas: HTMLCanvasElement, { width, height }: Pick<Pixels, 'width' | 'height'>, coloring: Coloring): void {
  canvas.width = width;
  canvas.height = height;
  const imageData = new ImageData(width, height);
  for (let p = 0; p < width * height; p++) coloring(imageData.data, 4 * p, p);
  canvas.getContext('2d')!.putImageData(imageData, 0, 0);
}

/** The image repeated `times` × `times`. */
export function tiled(image: Pixels, times: number): Pixels {
  return times === 1 ? image : repeat(image, { columns: times, rows: times });
}

/** A function that sets the size of a canvas and draws on it. */
export type Drawing = (canvas: HTMLCanvasElement) => void;

class Paint extends Directive {
  private drawn: readonly unknown[] | undefined;

  override render(_draw: Drawing, _dependencies: readonly unknown[]): unknown {
    return noChange;
  }

  override update(part: ElementPart, [draw, dependencies]: [Drawing, readonly unknown[]]): unknown {
    const same = this.drawn?.length === dependencies.length && dependencies.every((each, i) => Object.is(each, this.drawn![i]));
    if (!same) {
      this.drawn = dependencies;
      draw(part.element as HTMLCanvasElement);
    }
    return noChange;
  }
}

export const paint = directive(Paint);

/** A bar from dark to bright with the texts of its ends. */
export function heatLegend(label: string, low: string, high: string): TemplateResult {
  return html`<div class="heat-legend" role="img" aria-label=${`${label}: from ${low}, dark, to ${high}, bright`}>
    <span>${low}</span><canvas ${paint(drawBar, [])}></canvas><span>${high}</span><span class="label">${label}</span>
  </div>`;
}

function drawBar(canvas: HTMLCanvasElement): void {
  canvas.width = 128;
  canvas.height = 1;
  const context = canvas.getContext('2d')!;
  for (let x = 0; x < canvas.width; x++) {
    context.fillStyle = heatHex(x / (canvas.width - 1));
    context.fillRect(x, 0, 1, 1);
  }
}
