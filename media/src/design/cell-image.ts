/* The cell large: alone or repeated, in its phases or colored by strain energy, deformed or not. */
import { html, nothing, type TemplateResult } from 'lit';
import { heatHex } from '#display/colors';
import { fittingDisplay, percentText, quantityText } from '#display/numbers';
import { checkbox, radios, select, slider } from '#media/shared/controls';
import { type GalleryViewOptions, initialGallery } from '#media/shared/gallery';
import { drawPixels, heatColoring, heatLegend, paint, phaseColoring, type Drawing, type Pixels, tiled } from '#media/shared/images';
import type { Panel } from '#media/shared/panel';
import { type PackedColumn, unpackColumn } from '#protocol/packed';
import type { RankedDesign } from '#protocol/result';
import type { LoadCaseName, LoadCaseView } from '#protocol/views/design-views';

/** Energies above this share of the pixels' have the brightest color: corners are singular. */
const energyShare = 0.99;

/** What is shown of a design, and saved as an image. */
interface ShownImage {
  readonly label: string;
  readonly draw: Drawing;
  /** It is drawn again when one of them changes. */
  readonly dependencies: readonly unknown[];
  /** Cells along each edge. */
  readonly tiles: number;
  readonly look: 'pixels' | 'deformed';
}

export function imageSection(panel: DesignPanel, design: RankedDesign, image: Pixels | undefined): TemplateResult {
  const fields = fieldsOf(panel, design);
  const energy = shownEnergy(panel, fields);
  const shown = image && shownImage(panel, design, image);
  return html`<figure class="cell" aria-label=${`The cell of ${design.name}`}>
      ${shown ? html`<canvas class=${shown.look} role="img" aria-label=${shown.label} ${paint(shown.draw, shown.dependencies)}></canvas>` : html`<div class="pixels empty"></div>`}
      ${energy ? heatLegend('strain energy density', '0', `≥ ${energyText(energy.top, fields!.name)}`) : nothing}
    </figure>
    ${imageBar(panel, design)}`;
}

export function shownImage(panel: DesignPanel, design: RankedDesign, image: Pixels): ShownImage {
  const { deformed, displacement, tiles: times } = panel.viewOptions;
  const { name } = design;
  const fields = fieldsOf(panel, design);
  const energy = shownEnergy(panel, fields);
  if (deformed && fields) {
    const draw: Drawing = (canvas) => drawDeformed(canvas, image, unpackedOf(fields.displacement), displacement, energy && ((p) => energy.density[p]! / energy.top));
    return { label: `${name} deformed by ${fields.name}`, draw, dependencies: [image, fields, energy, displacement], tiles: 1, look: 'deformed' };
  }
  const tiles = Number(times);
  const draw: Drawing = (canvas) => {
    const all = tiled(image, tiles);
    const place = (p: number): number => (Math.floor(p / all.width) % image.height) * image.width + ((p % all.width) % image.width);
    drawPixels(canvas, all, energy ? heatColoring(all, (p) => energy.density[place(p)]! / energy.top, 1) : phaseColoring(all));
  };
  return { label: tiles === 1 ? `The cell of ${name}` : `${tiles} by ${tiles} cells of ${name}`, draw, dependencies: [image, tiles, energy], tiles, look: 'pixels' };
}

function loadCaseOf(panel: DesignPanel, { arm, rank }: RankedDesign): LoadCaseName | undefined {
  const loadCases = panel.content('design', { arm, rank })?.loadCases;
  return loadCases?.find((each) => each === panel.viewOptions.loadCase) ?? loadCases?.[0];
}

/** The fields of the load case, if the image shows any. */
function fieldsOf(panel: DesignPanel, design: RankedDesign): LoadCaseView | undefined {
  const { viewOptions } = panel;
  const loadCase = viewOptions.deformed || viewOptions.shown === 'energy' ? loadCaseOf(panel, design) : undefined;
  return loadCase && panel.content('design', { arm: design.arm, rank: design.rank, fields: loadCase })?.fields;
}

function shownEnergy({ viewOptions }: DesignPanel, fields: LoadCaseView | undefined): Energy | undefined {
  return viewOptions.shown === 'energy' && fields ? energyOf(fields) : undefined;
}

function imageBar(panel: DesignPanel, design: RankedDesign): TemplateResult {
  const { viewOptions } = panel;
  const view = panel.content('design', { arm: design.arm, rank: design.rank });
  const loadCase = loadCaseOf(panel, design);
  const fieldsShown = viewOptions.deformed || viewOptions.shown === 'energy';
  return html`<div class="bar" role="toolbar" aria-label="What the image shows">
    ${viewOptions.deformed ? nothing : radios('cells', [['1', '1 × 1'], ['3', '3 × 3']], viewOptions.tiles, (tiles) => panel.setViewOptions({ tiles }))}
    ${radios('colors', [['phases', 'phases'], ['energy', 'strain energy']], viewOptions.shown, (shown) => panel.setViewOptions({ shown }))}
    ${checkbox('deformed', viewOptions.deformed, (deformed) => panel.setViewOptions({ deformed }))}
    ${fieldsShown && view && loadCase ? select('load', view.loadCases.map((each) => [each, each] as const), loadCase, (chosen) => panel.setViewOptions({ loadCase: chosen })) : nothing}
    ${viewOptions.deformed
      ? slider({
          label: 'largest displacement', min: 0, max: 0.2, step: 0.01, value: viewOptions.displacement,
          text: `${percentText(viewOptions.displacement, 0)}`, onMove: (displacement) => panel.setViewOptions({ displacement }),
        })
      : nothing}
  </div>`;
}

interface Energy {
  readonly density: Float32Array;
  /** What the brightest color means. */
  readonly top: number;
}

const energies = new WeakMap<LoadCaseView, Energy>();

function energyOf(fields: LoadCaseView): Energy {
  let energy = energies.get(fields);
  if (!energy) {
    const density = unpackColumn(fields.energyDensity);
    const sorted = density.toSorted();
    energy = { density, top: sorted[Math.floor(energyShare * (sorted.length - 1))]! || 1 };
    energies.set(fields, energy);
  }
  return energy;
}

/** Pa for a unit strain, or for one kelvin. */
function energyText(density: number, loadCase: LoadCaseName): string {
  const heated = loadCase === 'heating' || loadCase === 'constrained heating';
  const text = quantityText(fittingDisplay('stress', [density]), density);
  return heated ? `${text}/K²` : `${text} at unit strain`;
}

const columns = new WeakMap<PackedColumn<'f32'>, Float32Array>();

function unpackedOf(column: PackedColumn<'f32'>): Float32Array {
  let values = columns.get(column);
  if (!values) columns.set(column, (values = unpackColumn(column)));
  return values;
}

/** The settings of the design panel besides the design that is shown. */
export interface DesignViewOptions extends GalleryViewOptions {
  readonly tiles: '1' | '3';
  /** What the colors of the pixels show. */
  readonly shown: 'phases' | 'energy';
  readonly deformed: boolean;
  /** The largest displacement as drawn, in edges of the cell. */
  readonly displacement: number;
  /** The load case of the fields; the test's first one when absent. */
  readonly loadCase?: LoadCaseName;
  readonly modulus: 'youngsModulus' | 'poissonRatio' | 'shearModulus';
}

export const initialViewOptions: DesignViewOptions = {
  ...initialGallery,
  tiles: '1',
  shown: 'phases',
  deformed: false,
  displacement: 0.08,
  modulus: 'youngsModulus',
};

export type DesignPanel = Panel<'design', DesignViewOptions>;

/** Pixels of the canvas's edge. */
const size = 768;

/** Room around the undeformed cell, share of the canvas. */
const margin = 0.13;

/** Positions of the (n + 1)² nodes in edges of the cell, y downward from the top left, x before y. */
export function displacedNodes(edge: number, displacement: Float32Array, largest: number): Float32Array {
  const most = displacement.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const factor = most > 0 ? largest / most : 0;
  const nodes = new Float32Array(displacement.length);
  for (let row = 0, at = 0; row <= edge; row++) {
    for (let column = 0; column <= edge; column++, at += 2) {
      nodes[at] = column / edge + factor * displacement[at]!;
      nodes[at + 1] = 1 - row / edge - factor * displacement[at + 1]!;
    }
  }
  return nodes;
}

/**
 * Draws each pixel as the quadrilateral of its displaced nodes, in its phase's color or by `heat` in [0, 1]; the
 * undeformed cell is framed. `displacement` is that of `LoadCaseView`; its largest component is drawn as `largest`
 * edges of the cell.
 */
function drawDeformed(
  canvas: HTMLCanvasElement, { width: edge, data }: Pixels, displacement: Float32Array, largest: number, heat: ((p: number) => number) | undefined,
): void {
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d')!;
  const nodes = displacedNodes(edge, displacement, largest);
  const at = (share: number): number => size * (margin + (1 - 2 * margin) * share);
  context.lineWidth = 0.7;
  for (let p = 0; p < edge * edge; p++) {
    const lower = edge - 1 - Math.floor(p / edge);
    const left = 2 * (lower * (edge + 1) + (p % edge));
    const above = left + 2 * (edge + 1);
    context.fillStyle = heat ? heatHex(heat(p)) : data[p] === 1 ? '#ffffff' : '#000000';
    // An outline of the same color covers the gaps between neighboring pixels.
    context.strokeStyle = context.fillStyle;
    context.beginPath();
    for (const node of [left, left + 2, above + 2, above]) context.lineTo(at(nodes[node]!), at(nodes[node + 1]!));
    context.closePath();
    context.fill();
    context.stroke();
  }
  context.setLineDash([8, 6]);
  context.lineWidth = 1.5;
  context.strokeStyle = '#8a8f98';
  context.strokeRect(at(0), at(0), at(1) - at(0), at(1) - at(0));
}
