/*
 * Colors of charts as names of the page's CSS variables (see page-style.ts), which hold one value
 * for light and one for dark. Families follow Okabe & Ito (Color Universal Design, 2008), readable
 * with every common kind of color blindness; arms differ in shape too.
 */
import type { Family } from '#domain/microstructures';

export const familyColors: Readonly<Record<Family, string>> = {
  particles: 'var(--particles)',
  fibers: 'var(--fibers)',
  cells: 'var(--cells)',
  spinodal: 'var(--spinodal)',
};

/** What a chart is about, and what it is compared with: the colors of the first two arms. */
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
