/* The image with its heat, the critical region and its patch. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { mapText } from '#display/maps';
import { outlinePath, patchPath } from '#display/outlines';
import { drawPixels, heatColoring, heatLegend, imageOf, paint, type Pixels } from '#media/shared/images';
import { unpackColumn } from '#protocol/packed';
import type { HeatMapView } from '#protocol/views/network-views';
import { type HeatMapViewOptions, regionAt } from './controls';

export function mapFigure(viewOptions: HeatMapViewOptions, view: HeatMapView, threshold: number | undefined): TemplateResult {
  const image = imageOf(view.image);
  const edge = image.width;
  const at = regionAt(view, threshold);
  // The region of a square is the square.
  const path = threshold === undefined ? '' : outlinePath(regionOf(view, edge, threshold));
  const square = at?.kind === 'found' && patchPath(at.patch, edge);
  return html`<figure>
    <div class="overlaid">
      <canvas class="pixels" role="img" aria-label=${labelOf(viewOptions, view)} ${paint((canvas) => drawHeat(canvas, viewOptions, view, image), [view, viewOptions.shown, viewOptions.resolution, viewOptions.opacity])}></canvas>
      <svg viewBox="0 0 ${edge} ${edge}" aria-hidden="true">
        <path class="halo" d=${path}></path><path class="outline" d=${path}></path>
        ${square ? svg`<path class="halo" d=${square}></path><path class="patch" d=${square}></path>` : nothing}
      </svg>
    </div>
    <figcaption>
      ${heatLegend(viewOptions.shown === 'agreement' ? 'agreement of the maps' : `map of ${viewOptions.shown}, of its maximum`, '0', '1')}
      <p class="keys">${threshold === undefined ? nothing : html`<span><svg class="key" aria-hidden="true"><path class="outline" d="M0 6h22"></path></svg>critical region</span>`}
        <span><svg class="key" aria-hidden="true"><path class="patch" d="M0 6h22"></path></svg>${threshold === undefined ? 'the square that contributes most' : 'its patch'}, a quarter of the cell</span></p>
    </figcaption>
  </figure>`;
}

const regions = new WeakMap<HeatMapView, { readonly threshold: number; readonly region: Pixels }>();

function regionOf(view: HeatMapView, edge: number, threshold: number): Pixels {
  const known = regions.get(view);
  if (known?.threshold === threshold) return known.region;
  const region = criticalRegion(unpackColumn(view.agreement), edge, threshold);
  regions.set(view, { threshold, region });
  return region;
}

function drawHeat(canvas: HTMLCanvasElement, { shown, resolution, opacity }: HeatMapViewOptions, view: HeatMapView, image: Pixels): void {
  drawPixels(canvas, image, heatColoring(image, heatOf(view, shown, resolution, image.width), opacity));
}

/** Heat in [0, 1] of pixel p. The agreement of the maps has no resolution of its own, so it is always smooth. */
function heatOf(view: HeatMapView, shown: HeatMapViewOptions['shown'], resolution: HeatMapViewOptions['resolution'], edge: number): (p: number) => number {
  const map = view.maps.find(({ direction }) => direction === shown);
  if (!map) return reader(unpackColumn(view.agreement));
  if (resolution === 'smooth') return reader(unpackColumn(map.smooth));
  const native = unpackColumn(map.native);
  const most = native.reduce((max, value) => Math.max(max, value), 0) || 1;
  const scale = view.nativeEdge / edge;
  return (p) => native[Math.floor(Math.floor(p / edge) * scale) * view.nativeEdge + Math.floor((p % edge) * scale)]! / most;
}

function reader(values: Float32Array): (p: number) => number {
  return (p) => values[p]!;
}

function labelOf({ shown }: HeatMapViewOptions, { index, layer, method, nativeEdge }: HeatMapView): string {
  const [map, maps] = method === 'exact' ? ['map of exact contributions', 'maps of exact contributions'] : ['activation map', 'activation maps'];
  const what = shown === 'agreement' ? `the agreement of the ${maps} of both directions` : `the ${map} of ${shown}`;
  return `Image ${index} with ${what}, ${mapText(layer)}, ${nativeEdge} by ${nativeEdge}; ${method === 'exact' ? 'the square that contributes most' : 'the critical region'} is outlined`;
}

/** The largest piece (pixels joined by their edges) of where `agreement` reaches the threshold; the first of equal ones. */
export function criticalRegion(agreement: Float32Array, edge: number, threshold: number): Pixels {
  // Heat has single precision, and so has a threshold that it is to reach exactly.
  const least = Math.fround(threshold);
  const region = new Uint8Array(agreement.length);
  const seen = new Uint8Array(agreement.length);
  let largest: readonly number[] = [];
  for (let start = 0; start < agreement.length; start++) {
    if (seen[start] === 1 || agreement[start]! < least) continue;
    const piece = [start];
    seen[start] = 1;
    for (let i = 0; i < piece.length; i++) {
      for (const next of neighbors(piece[i]!, edge)) {
        if (seen[next] === 1 || agreement[next]! < least) continue;
        seen[next] = 1;
        piece.push(next);
      }
    }
    if (piece.length > largest.length) largest = piece;
  }
  for (const pixel of largest) region[pixel] = 1;
  return { width: edge, height: edge, data: region };
}

function neighbors(pixel: number, edge: number): number[] {
  const column = pixel % edge;
  return [
    ...(column > 0 ? [pixel - 1] : []),
    ...(column < edge - 1 ? [pixel + 1] : []),
    ...(pixel >= edge ? [pixel - edge] : []),
    ...(pixel < edge * (edge - 1) ? [pixel + edge] : []),
  ];
}
