/* The image of each step: pixels, and lines over them. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { skeletonColor, spurColor } from '#display/colors';
import { outlinePath, patchPath } from '#display/outlines';
import { type GalleryViewOptions, initialGallery } from '#media/shared/gallery';
import { type Coloring, drawPixels, fadedColoring, imageOf, paint, phaseColoring, type Pixels } from '#media/shared/images';
import type { Panel } from '#media/shared/panel';
import { unpackColumn } from '#protocol/packed';
import type { CellPoint, RedrawingView, SkeletonNodeView, SkeletonView } from '#protocol/views/design-views';

type Layers = Pick<SkeletonViewOptions, 'spurs' | 'nodes' | 'curves' | 'ends' | 'thickness'>;

/** The layers of the small images of the strip. */
export const plainLayers: Layers = { spurs: false, nodes: false, curves: false, ends: false, thickness: 1 };

export function stepImage(step: StepName, view: SkeletonView, layers: Layers, label: string): TemplateResult {
  const edge = (step === 'region' || step === 'skeleton' ? view.image : view.cell).width;
  const { width, coloring } = groundOf(step, view, layers);
  return html`<div class="overlaid">
    <canvas class="pixels" role="img" aria-label=${label} ${paint((canvas) => drawPixels(canvas, { width, height: width }, coloring), [view, step, layers.spurs, layers.curves, step === 'thickened' ? layers.thickness : 0])}></canvas>
    <svg viewBox="0 0 ${edge} ${edge}" aria-hidden="true">${linesOf(step, view, layers, edge)}</svg>
  </div>`;
}

function groundOf(step: StepName, view: SkeletonView, { spurs, curves, thickness }: Layers): { readonly width: number; readonly coloring: Coloring } {
  const { width } = view.image;
  switch (step) {
    case 'region':
      return { width, coloring: phaseColoring(imageOf(view.image)) };
    case 'skeleton': {
      const skeleton = imageOf(view.skeleton);
      const cut = imageOf(view.spurs);
      // Smooth curves are drawn as lines in place of the pixels.
      return { width, coloring: over(fadedColoring(imageOf(view.image)), (p) => (!curves && skeleton.data[p] === 1 ? skeletonColor : spurs && cut.data[p] === 1 ? spurColor : undefined)) };
    }
    case 'periodic': {
      const skeleton = imageOf(view.cellSkeleton);
      return { width: skeleton.width, coloring: over(fadedColoring({ ...skeleton, data: new Uint8Array(skeleton.data.length) }), (p) => (skeleton.data[p] === 1 ? skeletonColor : undefined)) };
    }
    case 'thickened': {
      const skeleton = imageOf(view.cellSkeleton);
      const cell = thickness === 1 ? imageOf(view.cell) : thickened(unpackColumn(view.distance), skeleton.width, thickness * view.halfWidth);
      return { width: cell.width, coloring: over(thickness === 1 ? phaseColoring(cell) : fadedColoring(cell), (p) => (thickness < 1 && skeleton.data[p] === 1 ? skeletonColor : undefined)) };
    }
  }
}

function over(ground: Coloring, color: (p: number) => readonly number[] | undefined): Coloring {
  return (pixels, to, p) => {
    ground(pixels, to, p);
    const above = color(p);
    if (above) pixels.set(above, to);
  };
}

function linesOf(step: StepName, view: SkeletonView, { nodes, curves, ends }: Layers, edge: number): unknown {
  const patch = patchPath(view.patch, edge);
  const frame = svg`<path class="halo" d=${patch}></path><path class="patch" d=${patch}></path>`;
  switch (step) {
    case 'region': {
      const region = view.region && outlinePath(imageOf(view.region));
      return [region ? svg`<path class="halo" d=${region}></path><path class="outline" d=${region}></path>` : nothing, frame];
    }
    case 'skeleton':
      return [curves ? svg`<path class="curve" d=${view.curves.map((curve) => curvePath(unpackColumn(curve), 0.5)).join('')}></path>` : nothing, frame, nodes ? view.nodes.map((node) => nodeMark(node, edge)) : nothing];
    case 'periodic':
      if (view.construct === 'graph') return [svg`<path class="patch" d="M0 0h${edge}v${edge}h${-edge}z"></path>`, ends && view.redrawing ? redrawnLines(view.redrawing, edge) : nothing];
      return svg`<path class="middle" d="M0 ${edge / 2}h${edge}M${edge / 2} 0v${edge}"></path><path class="patch" d="M0 0h${edge / 2}v${edge / 2}h${-edge / 2}z"></path>`;
    case 'thickened':
      return nothing;
  }
}

/** `shift` is 0.5 where the centers of pixels are at whole numbers. */
function curvePath(curve: Float32Array, shift: number): string {
  const points = Array.from({ length: curve.length / 2 }, (_, i) => `${(curve[2 * i + 1]! + shift).toFixed(2)} ${(curve[2 * i]! + shift).toFixed(2)}`);
  return `M${points.join('L')}`;
}

/** The skeleton of the patch before, and each point on the border before and after, with an arrow where there is room for one. */
function redrawnLines({ patchCurves, moved, removed }: RedrawingView, edge: number): unknown {
  const r = edge / 80;
  const before = patchCurves.map((curve) => curvePath(unpackColumn(curve), 0)).join('');
  const arrows = moved.map(({ from, to }) => arrowPath(from, to, r)).join('');
  const crosses = removed.map(({ row, column }) => `M${column - r} ${row - r}l${2 * r} ${2 * r}M${column + r} ${row - r}l${-2 * r} ${2 * r}`).join('');
  return svg`<path class="before" d=${before}></path>
    <path class="halo" d=${arrows}></path><path class="shift" d=${arrows}></path>
    ${moved.map(({ from }) => svg`<circle class="end-before" cx=${from.column} cy=${from.row} r=${r}></circle>`)}
    ${moved.map(({ to }) => svg`<path class="end-after" d=${diamondPath(to.column, to.row, 1.3 * r)}></path>`)}
    <path class="halo" d=${crosses}></path><path class="left-out" d=${crosses}></path>`;
}

/** From mark to mark; nothing where these touch. */
function arrowPath(from: CellPoint, to: CellPoint, r: number): string {
  const [dx, dy] = [to.column - from.column, to.row - from.row];
  const length = Math.hypot(dx, dy);
  if (length < 3.5 * r) return '';
  const [ux, uy] = [dx / length, dy / length];
  const [x, y] = [to.column - 1.5 * r * ux, to.row - 1.5 * r * uy];
  const wing = (side: number): string => `M${x} ${y}l${r * (-1.5 * ux - side * uy)} ${r * (-1.5 * uy + side * ux)}`;
  return `M${from.column + r * ux} ${from.row + r * uy}L${x} ${y}${wing(1)}${wing(-1)}`;
}

function diamondPath(x: number, y: number, r: number): string {
  return `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;
}

/** A circle for an end, a square for a junction, a diamond for the rest. */
function nodeMark({ kind, row, column }: SkeletonNodeView, edge: number): unknown {
  const [x, y] = [wrap(column + 0.5, edge), wrap(row + 0.5, edge)];
  const r = Math.max(0.5, edge / 110);
  switch (kind) {
    case 'end':
      return svg`<circle class="node end" cx=${x} cy=${y} r=${r}></circle>`;
    case 'junction':
      return svg`<rect class="node junction" x=${x - r} y=${y - r} width=${2 * r} height=${2 * r}></rect>`;
    case 'loop':
    case 'point':
      return svg`<path class="node" d=${diamondPath(x, y, 1.3 * r)}></path>`;
  }
}

function wrap(position: number, edge: number): number {
  return ((position % edge) + edge) % edge;
}

export const stepNames = ['region', 'skeleton', 'periodic', 'thickened'] as const;
export type StepName = (typeof stepNames)[number];

/** The settings of the skeleton panel besides the design that is shown. */
interface SkeletonViewOptions extends GalleryViewOptions {
  readonly step: StepName;
  readonly spurs: boolean;
  readonly nodes: boolean;
  readonly curves: boolean;
  /** The points on the border that a redrawn skeleton was moved by. */
  readonly ends: boolean;
  /** How far the cell is thickened, as a share of its half width. */
  readonly thickness: number;
}

export const initialViewOptions: SkeletonViewOptions = { ...initialGallery, step: 'skeleton', spurs: true, nodes: true, curves: false, ends: true, thickness: 1 };

export type SkeletonPanel = Panel<'skeleton', SkeletonViewOptions>;

/** Distances are kept in single precision, `halfWidth` in double: equal ones may differ by this share. */
const roundOff = 1e-6;

/** Pixels whose center is within `halfWidth` of the cell's curves. */
export function thickened(distance: Float32Array, edge: number, halfWidth: number): Pixels {
  const data = Uint8Array.from(distance, (each) => Number(each <= halfWidth * (1 + roundOff)));
  return { width: edge, height: edge, data };
}

export function volumeFraction({ data }: Pixels): number {
  return data.reduce((sum, pixel) => sum + pixel, 0) / data.length;
}
