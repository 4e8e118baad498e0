/* What the marks mean, and which of them are shown. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ScatterView } from '#protocol/views/scatter-view';
import { families } from '#protocol/vocabulary';
import { checkbox } from '#media/shared/controls';
import { countText, percentText, quantityText } from '#protocol/numbers';
import type { Layer, DatabasePanel } from './choice';
import type { Clouds } from './cloud';
import { widest } from './limit-curve';

export function legend(panel: DatabasePanel, { limits, objective }: ScatterView, { images, explained, control }: Clouds): TemplateResult {
  const { hidden } = panel.choice;
  const row = (layer: Layer, label: string): TemplateResult => html`<li>
    ${checkbox(label, !hidden.includes(layer), (shown) => panel.choose({ hidden: shown ? hidden.filter((each) => each !== layer) : [...hidden, layer] }))}
    <svg class="mark ${layer}" viewBox="-9 -9 18 18" aria-hidden="true">${shapes[layer] ?? shapes.dot}</svg>
  </li>`;
  const counts = families.map((_, code) => images.families.reduce((sum, each) => sum + Number(each === code), 0));
  const [limit] = limits;
  return html`<aside class="legend" aria-label="Legend and filters">
    <ul>
      ${families.map((family, code) => (counts[code]! > 0 ? row(family, `${family}, ${countText(counts[code]!)}`) : nothing))}
      ${images.outliers.length > 0 ? row('outliers', `exceptional, ${countText(images.outliers.length)}`) : nothing}
      ${explained ? row('explained', `designs, ${countText(explained.x.length)}`) : nothing}
      ${control ? row('control', `of random patches, ${countText(control.x.length)}`) : nothing}
      ${limit ? row('limit', 'physical limit') : nothing}
    </ul>
    ${limit ? html`<small>${limitWords(limit, objective)}</small>` : nothing}
  </aside>`;
}

function limitWords(limit: ScatterView['limits'][number], objective: ScatterView['objective']): string {
  const { fraction, value } = widest(limit, objective);
  return `No arrangement of the phases passes ${quantityText(objective, value)} at ${percentText(fraction, 0)} white${limit.test === 'any' ? '' : `, by the ${limit.test} test`}.`;
}

const shapes: Readonly<Partial<Record<Layer | 'dot', TemplateResult<2>>>> = {
  dot: svg`<circle r="4"></circle>`,
  outliers: svg`<circle class="ring" r="5"></circle>`,
  explained: svg`<path d="M0-7L7 0L0 7L-7 0Z"></path>`,
  control: svg`<path d="M0-6L6 5H-6Z"></path>`,
  limit: svg`<path class="line" d="M-9 0H9"></path>`,
};
