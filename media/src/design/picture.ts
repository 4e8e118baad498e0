/* The cell large: alone or repeated, in its phases or coloured by strain energy, deformed or not. */
import { html, nothing, type TemplateResult } from 'lit';
import { unpackColumn, type PackedColumn } from '#protocol/packed';
import type { RankedDesign } from '#protocol/result';
import type { DesignView, LoadCaseName, LoadCaseView } from '#protocol/views/design-view';
import { checkbox, radios, select, slider } from '#media/shared/controls';
import { heatLegend } from '#media/shared/heat-legend';
import { fixed, noBreak, percentText } from '#protocol/numbers';
import { paint } from '#media/shared/paint';
import { drawPixels, heatColoring, phaseColoring, tiled, type Pixels } from '#media/shared/pixels';
import { drawDeformed } from './deformed';
import type { DesignPanel } from './choice';

/** Energies above this share of the pixels' are all drawn in the brightest colour: corners are singular. */
const energyShare = 0.99;

export function pictureSection(panel: DesignPanel, { arm, rank, name }: RankedDesign, image: Pixels | undefined): TemplateResult {
  const { choice } = panel;
  const view = panel.content('design', { arm, rank });
  const loadCase = view && (view.loadCases.find((each) => each === choice.loadCase) ?? view.loadCases[0]);
  const wantsFields = choice.deformed || choice.shown === 'energy';
  const fields = wantsFields && loadCase ? panel.content('design', { arm, rank, fields: loadCase })?.fields : undefined;
  const energy = choice.shown === 'energy' && fields ? energyOf(fields) : undefined;
  return html`<figure class="cell" aria-label=${`The cell of ${name}`}>
      ${image ? canvasOf(panel, name, image, fields, energy) : html`<div class="pixels empty"></div>`}
      ${energy ? heatLegend('strain energy density', '0', `≥ ${energyText(energy.top, fields!.name)}`) : nothing}
    </figure>
    ${pictureBar(panel, view, loadCase)}`;
}

function canvasOf({ choice }: DesignPanel, name: string, image: Pixels, fields: LoadCaseView | undefined, energy: Energy | undefined): TemplateResult {
  const tiles = Number(choice.tiles);
  if (choice.deformed && fields) {
    const picture = (canvas: HTMLCanvasElement): void =>
      drawDeformed(canvas, image, unpackedOf(fields.displacement), choice.displacement, energy && ((p) => energy.density[p]! / energy.top));
    return html`<canvas class="deformed" role="img" aria-label=${`${name} deformed by ${fields.name}`} ${paint(picture, [image, fields, energy, choice.displacement])}></canvas>`;
  }
  const label = tiles === 1 ? `The cell of ${name}` : `${tiles} by ${tiles} cells of ${name}`;
  const picture = (canvas: HTMLCanvasElement): void => {
    const all = tiled(image, tiles);
    const place = (p: number): number => (Math.floor(p / all.width) % image.height) * image.width + ((p % all.width) % image.width);
    drawPixels(canvas, all, energy ? heatColoring(all, (p) => energy.density[place(p)]! / energy.top, 1) : phaseColoring(all));
  };
  return html`<canvas class="pixels" role="img" aria-label=${label} ${paint(picture, [image, tiles, energy])}></canvas>`;
}

function pictureBar(panel: DesignPanel, view: DesignView | undefined, loadCase: LoadCaseName | undefined): TemplateResult {
  const { choice } = panel;
  const fieldsShown = choice.deformed || choice.shown === 'energy';
  return html`<div class="bar" role="toolbar" aria-label="What the picture shows">
    ${choice.deformed ? nothing : radios('cells', [['1', '1 × 1'], ['3', '3 × 3']], choice.tiles, (tiles) => panel.choose({ tiles }))}
    ${radios('colours', [['phases', 'phases'], ['energy', 'strain energy']], choice.shown, (shown) => panel.choose({ shown }))}
    ${checkbox('deformed', choice.deformed, (deformed) => panel.choose({ deformed }))}
    ${fieldsShown && view && loadCase ? select('load', view.loadCases.map((each) => [each, each] as const), loadCase, (chosen) => panel.choose({ loadCase: chosen })) : nothing}
    ${choice.deformed
      ? slider({
          label: 'largest displacement', min: 0, max: 0.2, step: 0.01, value: choice.displacement,
          text: `${percentText(choice.displacement, 0)}`, move: (displacement) => panel.choose({ displacement }),
        })
      : nothing}
  </div>`;
}

interface Energy {
  readonly density: Float32Array;
  /** What the brightest colour means. */
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
  const heated = loadCase === 'heating' || loadCase === 'held and heated';
  return heated ? `${fixed(density, 2)}${noBreak}Pa/K²` : `${fixed(density / 1e9, 0)}${noBreak}GPa at unit strain`;
}

const columns = new WeakMap<PackedColumn<'f32'>, Float32Array>();

function unpackedOf(column: PackedColumn<'f32'>): Float32Array {
  let values = columns.get(column);
  if (!values) columns.set(column, (values = unpackColumn(column)));
  return values;
}
