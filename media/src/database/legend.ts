/* What the marks mean, and which of them are shown. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { families } from '#domain/microstructures';
import type { ScatterView } from '#protocol/views/database-views';
import { checkbox } from '#media/shared/controls';
import { countText, percentText, quantityText } from '#display/numbers';
import type { Layer, DatabasePanel } from './choice';
import type { ArmCloud, Clouds } from './cloud';
import { testName } from '#display/properties';

export function legend(panel: DatabasePanel, { limits, objective }: ScatterView, { images, arms }: Clouds): TemplateResult {
  const { hidden } = panel.choice;
  const row = (layer: Layer, label: string, mark: TemplateResult<2>): TemplateResult => html`<li>
    ${checkbox(label, !hidden.includes(layer), (shown) => panel.choose({ hidden: shown ? hidden.filter((each) => each !== layer) : [...hidden, layer] }))}
    <svg class="mark ${layer}" viewBox="-9 -9 18 18" aria-hidden="true">${mark}</svg>
  </li>`;
  const counts = families.map((_, code) => images.families.reduce((sum, each) => sum + Number(each === code), 0));
  const [limit] = limits;
  return html`<aside class="legend" aria-label="Legend and filters">
    <ul>
      ${families.map((family, code) => (counts[code]! > 0 ? row(family, `${family}, ${countText(counts[code]!)}`, dot) : nothing))}
      ${images.outliers.length > 0 ? row('outliers', `exceptional, ${countText(images.outliers.length)}`, ring) : nothing}
      ${arms.map((arm) => row(arm.layer, `${arm.role === 'own' ? 'designs' : `of ${arm.look.sources}`}, ${countText(arm.x.length)}`, armMark(arm)))}
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
  return svg`<path class=${color} d="M${shape.map(([x, y]) => `${7 * x} ${7 * y}`).join('L')}Z"></path>`;
}
