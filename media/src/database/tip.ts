/* The picture and numbers of the point under the pointer. */
import { html, noChange, nothing, type ElementPart, type TemplateResult } from 'lit';
import { directive, Directive } from 'lit/directive.js';
import { families } from '#domain/microstructures';
import { unpackColumn } from '#protocol/packed';
import type { PointColumns, ScatterView } from '#protocol/views/database-views';
import { percentText, quantityText } from '#display/numbers';
import { subscript } from '#display/properties';
import { paint } from '#media/shared/paint';
import { drawPixels, imagesOf, phaseColoring, type Pixels } from '#media/shared/pixels';
import type { Clouds } from './cloud';
import type { Marked } from './draw-scatter';
import type { Place } from './plot';
import type { DatabasePanel } from './choice';

export interface Hovered {
  readonly marked: Marked;
  readonly place: Place;
}

export function tip(panel: DatabasePanel, view: ScatterView, clouds: Clouds, { marked, place }: Hovered): TemplateResult {
  const arm = view.arms[clouds.arms.findIndex(({ layer }) => layer === marked.of)];
  const image = pictureOf(panel, marked, arm?.name);
  const { objective } = view;
  const values = valuesOf(arm?.points ?? view.images, marked.index);
  const name = arm === undefined
    ? `image ${marked.index}, ${families[unpackColumn(view.families)[marked.index]!]}`
    : `${arm.role === 'own' ? 'design' : arm.look.source} ${marked.index + 1}`;
  return html`<div class="tip" role="tooltip" ${placed(place)}>
    ${image ? html`<canvas class="pixels" role="img" aria-label=${name} ${paint((canvas) => drawPixels(canvas, image, phaseColoring(image)), [image])}></canvas>` : html`<div class="pixels"></div>`}
    <p><strong>${name}</strong></p>
    ${objective.directions.map((direction) => html`<p>${objective.symbol}<sub>${subscript(objective.property, direction)}</sub> ${quantityText(objective, values[direction])}</p>`)}
    <p class="muted">${percentText(values.fraction)} white</p>
    ${arm === undefined ? html`<p class="muted">click: heat map</p>` : nothing}
  </div>`;
}

function pictureOf({ content }: DatabasePanel, { index }: Marked, arm: string | undefined): Pixels | undefined {
  const page = arm === undefined ? content('database', { indices: [index] }) : content('gallery', { arm, from: index + 1, to: index + 1 });
  return page && imagesOf(page.images)[0];
}

function valuesOf({ x, y, volumeFraction }: PointColumns, index: number): { readonly x: number; readonly y: number; readonly fraction: number } {
  const [atX, atY, fraction] = [x, y, volumeFraction].map((column) => unpackColumn(column)[index]!) as [number, number, number];
  return { x: atX, y: atY, fraction };
}

/** Beside a place, on the side that has room. */
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
