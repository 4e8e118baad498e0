/*
 * Colors of charts and the marks of their legends. Colors are names of the page's CSS variables (see page-style.ts),
 * which have one value for light and one for dark. Families follow Okabe & Ito (Color Universal Design, 2008),
 * readable with every common kind of color blindness; arms differ in shape too.
 */
import type { ArmLook } from '#display/arms';
import type { ImageKind } from '#domain/microstructures';
import { html, rawMarkup, type Markup } from './html';

export const familyColors: Readonly<Record<ImageKind, string>> = {
  particles: 'var(--particles)',
  fibers: 'var(--fibers)',
  cells: 'var(--cells)',
  spinodal: 'var(--spinodal)',
  files: 'var(--files)',
};

/** The subject of a chart, and its comparison: the colors of the first two arms. */
export const mainColor = 'var(--series-1)';
export const otherColor = 'var(--series-2)';
export const limitColor = 'var(--limit)';
export const inkColor = 'var(--ink)';
export const mutedColor = 'var(--muted)';
export const ruleColor = 'var(--rule)';
export const paperColor = 'var(--paper)';
/** The band in which the two directions differ less than a constraint allows. */
export const bandColor = 'var(--band)';

/** The color of an arm's look. */
export function colorOf({ color }: { readonly color: string }): string {
  return `var(--${color})`;
}

/** One entry of a chart's legend: a mark of 22 × 16 pixels and its meaning. */
export function legendEntry(mark: Markup, text: string): Markup {
  return html`<li><svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">${mark}</svg><span>${text}</span></li>`;
}

export function lineMark(color: string, dashed: boolean): Markup {
  return rawMarkup(`<path d="M1 8h20" stroke="${color}" stroke-width="2"${dashed ? ' stroke-dasharray="5 3"' : ''}/>`);
}

export function dotMark(color: string): Markup {
  return rawMarkup(`<circle cx="11" cy="8" r="4" fill="${color}"/>`);
}

export function ringMark(): Markup {
  return rawMarkup(`<circle cx="11" cy="8" r="4" fill="none" stroke="${inkColor}"/>`);
}

export function armMark(look: Pick<ArmLook, 'shape'> & { readonly color: string }): Markup {
  const corners = look.shape.map(([x, y]) => `${11 + 7 * x} ${8 + 7 * y}`).join('L');
  return rawMarkup(`<path d="M${corners}z" fill="${colorOf(look)}"/>`);
}
