/* What the marks mean and which of them are shown; the image and the numbers of the point under the pointer. */
import { type ElementPart, html, noChange, nothing, svg, type TemplateResult } from 'lit';
import { directive, Directive } from 'lit/directive.js';
import { countText, percentText, quantityText } from '#display/numbers';
import { subscript, testName } from '#display/properties';
import { imageKinds } from '#domain/microstructures';
import { checkbox } from '#media/shared/controls';
import { drawPixels, imagesOf, paint, phaseColoring, type Pixels } from '#media/shared/images';
import { shapePath } from '#media/shared/shapes';
import { unpackColumn } from '#protocol/packed';
import type { PointColumns, ScatterView } from '#protocol/views/database-views';
import type { Marked } from './draw-scatter';
import type { Place } from './plot';
import type { ArmCloud, Clouds } from './points';
import type { DatabasePanel, Layer } from './viewport';

export function legend(panel: DatabasePanel, { limits, objective }: ScatterView, { images, arms }: Clouds): TemplateResult {
  const { hidden } = panel.viewOptions;
  const row = (layer: Layer, label: string, mark: TemplateResult<2>): TemplateResult => html`<li>
    ${checkbox(label, !hidden.includes(layer), (shown) => panel.setViewOptions({ hidden: shown ? hidden.filter((each) => each !== layer) : [...hidden, layer] }))}
    <svg class="mark ${layer}" viewBox="-9 -9 18 18" aria-hidden="true">${mark}</svg>
  </li>`;
  const counts = imageKinds.map((_, code) => images.families.reduce((sum, each) => sum + Number(each === code), 0));
  const [limit] = limits;
  return html`<aside class="legend" aria-label="Legend and filters">
    <ul>
      ${imageKinds.map((family, code) => (counts[code]! > 0 ? row(family, `${family}, ${countText(counts[code]!)}`, dot) : nothing))}
      ${images.outliers.length > 0 ? row('outliers', `exceptional, ${countText(images.outliers.length)}`, ring) : nothing}
      ${arms.map((arm) => row(arm.layer, `${arm.role === 'own' ? 'designs' : arm.look.designs}, ${countText(arm.x.length)}`, armMark(arm)))}
      ${limit ? row('limit', 'physical limit', line) : nothing}
    </ul>
    ${limit ? html`<small>${limitWords(limit, objective)}</small>` : nothing}
  </aside>`;
}

function limitWords(limit: ScatterView['limits'][number], objective: ScatterView['objective']): string {
  const { volumeFraction, value } = limit.widest;
  return `No arrangement of the phases passes ${quantityText(objective, value)} at ${percentText(volumeFraction)} white, by ${testName(limit.test)}.`;
}

const dot = svg`<circle r="4"></circle>`;
const ring = svg`<circle class="ring" r="5"></circle>`;
const line = svg`<path class="line" d="M-9 0H9"></path>`;

/** Colors come by classes: the content security policy lets no style attributes in. */
function armMark({ look: { shape, color } }: ArmCloud): TemplateResult<2> {
  return svg`<path class=${color} d=${shapePath(shape, 7)}></path>`;
}

export interface Hovered {
  readonly marked: Marked;
  readonly place: Place;
}

export function tip(panel: DatabasePanel, view: ScatterView, clouds: Clouds, { marked, place }: Hovered): TemplateResult {
  const arm = view.arms[clouds.arms.findIndex(({ layer }) => layer === marked.of)];
  const image = pixelsOf(panel, marked, arm?.name);
  const { objective } = view;
  const values = valuesOf(arm?.points ?? view.images, marked.index);
  const name = arm === undefined
    ? `image ${marked.index}, ${imageKinds[unpackColumn(view.families)[marked.index]!]}`
    : arm.names?.[marked.index] ?? `${arm.role === 'own' ? 'design' : `${arm.look.design},`} ${marked.index + 1}`;
  return html`<div class="tip" role="tooltip" ${placed(place)}>
    ${image ? html`<canvas class="pixels" role="img" aria-label=${name} ${paint((canvas) => drawPixels(canvas, image, phaseColoring(image)), [image])}></canvas>` : html`<div class="pixels"></div>`}
    <p><strong>${name}</strong></p>
    ${objective.directions.map((direction) => html`<p>${objective.symbol}<sub>${subscript(objective.property, direction)}</sub> ${quantityText(objective, values[direction])}</p>`)}
    <p class="muted">${percentText(values.fraction)} white</p>
    ${arm === undefined ? html`<p class="muted">click: heat map</p>` : nothing}
  </div>`;
}

function pixelsOf({ content }: DatabasePanel, { index }: Marked, arm: string | undefined): Pixels | undefined {
  const page = arm === undefined ? content('database', { indices: [index] }) : content('gallery', { arm, from: index + 1, to: index + 1 });
  return page && imagesOf(page.images)[0];
}

function valuesOf({ x, y, volumeFraction }: PointColumns, index: number): { readonly x: number; readonly y: number; readonly fraction: number } {
  const [atX, atY, fraction] = [x, y, volumeFraction].map((column) => unpackColumn(column)[index]!) as [number, number, number];
  return { x: atX, y: atY, fraction };
}

/** Next to a point, on the side that has room. */
class Placed extends Directive {
  override render(_place: Place): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [{ x, y, width, height }]: [Place]): unknown {
    const { style } = element as HTMLElement;
    const [right, low] = [x > width / 2, y > height / 2];
    style.left = right ? 'auto' : `${x + 16}px`;
    style.right = right ? `${width - x + 16}px` : 'auto';
    style.top = low ? 'auto' : `${y + 8}px`;
    style.bottom = low ? `${height - y + 8}px` : 'auto';
    return noChange;
  }
}

const placed = directive(Placed);
