/* Whether the maps that the designs came from are to be trusted. */
import { countText } from '#display/numbers';
import { propertyText } from '#display/properties';
import { type CaseResult, type FaithfulnessResult, type PerturbationCurves, type PerturbationResult, replacedShares } from '#engine/api';
import { curve, plotArea, rangeOf, valueAxis } from '../page/chart-parts';
import { type Content, html, type Markup } from '../page/html';
import { familyColors, limitColor, mainColor, otherColor } from '../page/legend';
import { type Chart, renderChart } from '../page/render-chart';
import { meanText, type Trust, trustInMaps } from '../trust';
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

type Way = keyof PerturbationCurves;

/** Curves by the finite elements for a layer, beside chance and the exact ranking, and for the layer by the network. */
export function perturbationChart({ ranking, finiteElements, network }: PerturbationResult, exact: PerturbationResult | undefined, way: Way, id: string): Chart {
  const shares = [0, ...replacedShares, 1];
  const points = (curves: PerturbationCurves | undefined) => (curves?.[way] ?? []).map((advantage, k) => [100 * shares[k]!, Number((100 * advantage).toFixed(2))] as const);
  const all = [exact?.finiteElements?.own, finiteElements?.shifted, network?.own, finiteElements?.own].map(points);
  const [byExact, elsewhere, byNetwork, own] = all as [typeof all[0], typeof all[0], typeof all[0], typeof all[0]];
  return {
    id,
    label: `Advantage of the images over the share of regions ${way === 'deletion' ? 'exchanged' : 'brought back'} in the order of layer ${ranking}`,
    width: 360,
    height: 300,
    option: {
      grid: plotArea(60, 18, 16, 50),
      xAxis: valueAxis(way === 'deletion' ? 'regions exchanged (%)' : 'regions brought back (%)', { min: 0, max: 100 }, 30),
      yAxis: valueAxis('advantage kept (%)', rangeOf([0, 100, ...all.flat().map(([, advantage]) => advantage)], 0), 42),
      series: [
        curve(byExact, limitColor, { width: 1.6 }),
        curve(elsewhere, otherColor, { dashed: true, width: 2 }),
        curve(byNetwork, mainColor, { dashed: true, width: 1.6 }),
        curve(own, mainColor, { width: 2.4 }),
      ],
    },
  };
}

/** Colors of layers in their order. */
export const layerColors = [familyColors.particles, familyColors.cells, familyColors.fibers, familyColors.spinodal] as const;

/** One curve a layer, the mean of its directions. */
export function randomizationChart({ maps, parts }: FaithfulnessResult, id: string): Chart {
  const layers = [...new Set(maps.map(({ layer }) => layer))];
  return {
    id,
    label: 'Rank correlation of the maps with those of a network whose parts are drawn anew, from the output back',
    width: 360,
    height: 300,
    option: {
      grid: plotArea(60, 18, 16, 50),
      xAxis: {
        ...valueAxis('drawn anew, from the output back', { min: 0, max: parts.length }, 30),
        interval: 1,
        axisLabel: { color: 'var(--muted)', fontSize: 12, formatter: (value: number) => (value === 0 ? 'none' : (parts[value - 1] ?? '')) },
      },
      yAxis: valueAxis('likeness to the map', { min: 0, max: 1 }, 42),
      series: layers.map((layer, l) => {
        const own = maps.filter((each) => each.layer === layer);
        const mean = (p: number): number => own.reduce((sum, { randomized }) => sum + randomized[p]!.mean, 0) / own.length;
        return curve([[0, 1], ...parts.map((_, p) => [p + 1, mean(p)] as const)], layerColors[l % layerColors.length]!, { width: 2.2 });
      }),
    },
  };
}
