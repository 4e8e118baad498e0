/* Constraint checks, told in words and signs, never by color alone. */
import type { ConstraintCheck } from '#engine/api';
import { percentText } from '#display/numbers';
import { propertyText } from '#display/properties';
import { html, type Markup } from '../html/html';

/** `✓ 3.2 %` or `✗ 14.0 %`. */
export function checkCell({ satisfied, quantity, measured }: ConstraintCheck): Markup {
  const sign = satisfied ? html`<span class="yes">✓</span>` : html`<span class="no">✗</span>`;
  const value = quantity === 'share' ? percentText(measured, 2) : propertyText(quantity, measured);
  return html`${sign} ${value}<span class="hidden"> ${satisfied ? 'satisfied' : 'broken'}</span>`;
}

/** All checks of a design in one line. */
export function checkList(checks: readonly ConstraintCheck[]): Markup {
  return html`<p class="checks">${checks.map((check) => html`<span>${check.name}: ${checkCell(check)}</span>`)}</p>`;
}
