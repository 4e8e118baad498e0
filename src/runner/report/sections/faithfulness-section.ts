/* Whether the maps that the designs came from are to be trusted. */
import type { CaseResult } from '#engine/api';
import { otherColor, mainColor, limitColor } from '../charts/palette';
import { layerColors, randomizationChart } from '../charts/randomization-chart';
import { perturbationChart } from '../charts/perturbation-chart';
import { renderChart } from '../charts/render-chart';
import { countText } from '#display/numbers';
import { propertyText } from '#display/properties';
import { html, type Content, type Markup } from '../html/html';
import { meanText, trustInMaps, type Trust } from '../trust';
import { line } from './scatter-section';

const verdicts: Readonly<Record<Trust['verdict'], string>> = {
  trust: 'to be trusted, as far as this was examined',
  partly: 'to be trusted in part',
  'no-trust': 'not to be trusted',
};

export function faithfulnessSection(result: CaseResult, id: string): Markup {
  const { faithfulness, outliers } = result;
  const exact = faithfulness.perturbation.find(({ ranking }) => ranking === 'exact');
  return html`<section aria-labelledby="${id}-trust-title">
<h3 id="${id}-trust-title">Can the maps be trusted?</h3>
<p>A map says what the network looked at; the finite elements know what matters. ${countText(faithfulness.images.length)} of the ${countText(outliers.length)} exceptional images were examined, from the best to the least.</p>
${trustInMaps(result).map(
    ({ layer, verdict, sentences }) => html`<h4>Layer ${layer}: ${verdicts[verdict]}</h4>
<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`,
  )}
${numbers(result)}
<p>Exchanged regions are squares, an eighth of the image wide, that get another random image’s arrangement of exactly as many white pixels; 100 % is the advantage of the images over their exchanged selves${advantage(result)}. Chance is the same ranking laid elsewhere in the image. Rank correlations are means over the images ± standard errors: 1 is the same order, 0 no relation, below 0 the opposite.</p>
<div class="charts">
${faithfulness.perturbation
    .filter(({ ranking, finiteElements }) => ranking !== 'exact' && finiteElements !== undefined)
    .flatMap((perturbation, r) =>
      (['deletion', 'insertion'] as const).map(
        (way) => html`<figure>${renderChart(perturbationChart(perturbation, exact, way, `${id}-${way}-${r}`))}<figcaption><ul class="legend inline">
${entry(mainColor, false, 'map')}${entry(mainColor, true, 'map, as the network sees it')}${entry(otherColor, true, 'chance')}${entry(limitColor, false, 'exact sensitivities')}</ul>
${way === 'deletion' ? 'Deletion, most relevant regions first: lower is better.' : 'Insertion, most relevant regions first: higher is better.'} Layer ${perturbation.ranking}.</figcaption></figure>`,
      ),
    )}
<figure>${renderChart(randomizationChart(faithfulness, `${id}-weights`))}<figcaption><ul class="legend inline">${[...new Set(faithfulness.maps.map(({ layer }) => layer))].map((layer, l) => entry(layerColors[l % layerColors.length]!, false, layer))}</ul>
Size of the rank correlation with the maps of a network whose weights are random from the output back to the named part, for every fourth of these images: it should fall.</figcaption></figure>
</div>
</section>`;
}

function advantage({ problem, faithfulness }: CaseResult): Content {
  const known = faithfulness.perturbation.find(({ finiteElements }) => finiteElements)?.finiteElements;
  return known && html`, ${propertyText(problem.objective.property, known.advantage)} on the mean`;
}

function numbers({ faithfulness }: CaseResult): Markup {
  return html`<div class="scroll"><table><thead><tr><th scope="col">layer, direction</th><th scope="col">map</th><th scope="col">images</th><th scope="col">rank correlation</th><th scope="col">beyond the share of white</th><th scope="col">with random weights</th></tr></thead>
<tbody>${faithfulness.maps.map(
    ({ layer, direction, nativeResolution, correlation, partialCorrelation, randomized }) =>
      html`<tr><th scope="row">${layer}, ${direction}</th><td>${nativeResolution} × ${nativeResolution}</td><td>${countText(correlation.count)}</td><td>${meanText(correlation)}</td><td>${meanText(partialCorrelation)}</td><td>${randomized.length === 0 ? '–' : meanText(randomized.at(-1)!)}</td></tr>`,
  )}</tbody></table></div>`;
}

function entry(color: string, dashed: boolean, text: string): Markup {
  return html`<li><svg viewBox="0 0 22 16" width="22" height="16" aria-hidden="true">${line(color, dashed)}</svg><span>${text}</span></li>`;
}
