/* Many small pictures of which one is chosen: a list box that the arrow keys walk through. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { paint } from './paint';
import { drawPixels, phaseColoring, type Pixels } from './pixels';

export interface Thumbnail {
  readonly key: number;
  readonly image: Pixels;
  /** Below the picture, short. */
  readonly caption: string;
  /** For screen readers and as a hint. */
  readonly label: string;
  /** Drawn back: it is not feasible, or the like. */
  readonly dim?: boolean;
}

export function thumbnails(label: string, pictures: readonly Thumbnail[], chosen: number, choose: (key: number) => void): TemplateResult {
  const walk = (event: KeyboardEvent): void => {
    const at = pictures.findIndex(({ key }) => key === chosen);
    const next = pictures[nextPlace(event, at, pictures.length)];
    if (!next || next.key === chosen) return;
    event.preventDefault();
    choose(next.key);
    const list = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()));
  };
  const active = pictures.some(({ key }) => key === chosen) ? chosen : pictures[0]?.key;
  return html`<div class="thumbnails" role="listbox" aria-label=${label} @keydown=${walk}>
    ${repeat(pictures, ({ key }) => key, ({ key, image, caption, label: name, dim }) => html`<div
      role="option" class=${dim ? 'thumbnail dim' : 'thumbnail'} aria-selected=${key === chosen} aria-label=${name} title=${name}
      tabindex=${key === active ? 0 : -1} @click=${() => choose(key)}><canvas ${paint((canvas) => drawPixels(canvas, image, phaseColoring(image)), [image])}></canvas><span>${caption}</span></div>`)}
  </div>`;
}

/** Where a key leads from a place; the row's length is measured from the pictures as they lie. */
function nextPlace(event: KeyboardEvent, at: number, count: number): number {
  const options = [...(event.currentTarget as HTMLElement).children] as HTMLElement[];
  const perRow = Math.max(1, options.filter(({ offsetTop }) => offsetTop === options[0]!.offsetTop).length);
  const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + perRow, ArrowUp: at - perRow, Home: 0, End: count - 1 };
  const next = steps[event.key];
  return next === undefined || next < 0 || next >= count ? at : next;
}
