/* Whether the maps that led to the designs are to be trusted. */
import { mapText } from '#display/maps';
import { countText } from '#display/numbers';
import { propertyText } from '#display/properties';
import { type CaseResult, type FaithfulnessResult, type PerturbationCurves, type PerturbationResult, replacedShares } from '#engine/api';
import { curve, plotArea, rangeOf, valueAxis } from '../page/chart-parts';
import { type Content, html, type Markup } from '../page/html';
import { familyColors, legendEntry, limitColor, lineMark, mainColor, otherColor } from '../page/legend';
import { type Chart, renderChart } from '../page/render-chart';
import { capitalized } from '#units/sentences';
import { faithfulnessRows } from '../faithfulness/rows';
import { type FaithfulnessColumn, faithfulnessColumns } from '../faithfulness/values';
import { type Trust, trustInMaps } from '../faithfulness/trust';

const verdicts: Readonly<Record<Trust['verdict'], string>> = {
  trust: 'to be trusted, as far as this was examined',
  partly: 'to be trusted in part',
  'not-shown': 'not shown to be trustworthy',
  'no-trust': 'not to be trusted',
};

export function faithfulnessSection(result: CaseResult, id: string): Markup {
  const { faithfulness, outliers, problem: { explain: { method } } } = result;
  const hasNetwork = method !== 'exact';
  const exact = faithfulness.perturbation.find(({ ranking }) => ranking === 'exact');
  return html`<section aria-labelledby="${id}-trust-title">
<h3 id="${id}-trust-title">Can the maps be trusted?</h3>
<p>${hasNetwork ? 'A map shows what the prediction of the network rests on; the finite elements measure what matters.' : 'A map shows what the square around each pixel contributes by the finite elements, to first order: what a change of many pixels at once does is measured here.'} ${countText(faithfulness.images.length)} of the ${countText(outliers.length)} exceptional images were examined, from the best to the least exceptional.</p>
${trustInMaps(result).map(
    ({ layer, verdict, sentence, supporting, against, notes }) => html`<h4>${capitalized(mapText(layer))}: ${verdicts[verdict]}</h4>
<p>${sentence}</p>
${measuresList('Support these maps', supporting)}${measuresList('Do not support them', against)}${notes.map((note) => html`<p>${note}</p>`)}`,
  )}
${measures(result)}
<p>Replaced regions are squares, an eighth of the image wide, that receive another image’s arrangement of exactly as many white pixels; 100 % is the advantage of the images over themselves with all squares replaced${advantage(result)}. Chance is the same ranking at other positions in the image.${hasNetwork ? ' A rank correlation of 1 is the same order, 0 no relation, below 0 the opposite.' : undefined}</p>
<div class="charts">
${faithfulness.perturbation
    .filter(({ ranking, finiteElements }) => ranking !== 'exact' && finiteElements !== undefined)
    .flatMap((perturbation, r) =>
      (['deletion', 'insertion'] as const).map(
        (way) => html`<figure>${renderChart(perturbationChart(perturbation, exact, way, `${id}-${way}-${r}`))}<figcaption><ul class="legend inline">
${legendEntry(lineMark(mainColor, false), 'map')}${hasNetwork ? legendEntry(lineMark(mainColor, true), 'map, as the network sees it') : undefined}${legendEntry(lineMark(otherColor, true), 'chance')}${exact?.finiteElements ? legendEntry(lineMark(limitColor, false), 'exact sensitivities') : undefined}</ul>
${way === 'deletion' ? 'Deletion, most relevant regions first: lower is better.' : 'Insertion, most relevant regions first: higher is better.'} ${capitalized(rankingText(perturbation.ranking))}.</figcaption></figure>`,
      ),
    )}
${hasNetwork ? html`<figure>${renderChart(randomizationChart(faithfulness, `${id}-weights`))}<figcaption><ul class="legend inline">${[...new Set(faithfulness.maps.map(({ layer }) => layer))].map((layer, l) => legendEntry(lineMark(layerColors[l % layerColors.length]!, false), layer))}</ul>
Size of the rank correlation with the maps of a network whose weights are random from the output back to the named part, for every fourth of these images: it should fall.</figcaption></figure>` : undefined}
</div>
</section>`;
}

function measuresList(title: string, judgments: Trust['supporting']): Content {
  return judgments.length === 0 ? undefined : html`<p>${title}:</p><ul>${judgments.map((judgment) => html`<li>${judgment.name}: ${judgment.finding}</li>`)}</ul>`;
}

function rankingText(ranking: PerturbationResult['ranking']): string {
  return ranking === 'exact' ? 'the exact sensitivities' : mapText(ranking);
}

function advantage({ problem, faithfulness }: CaseResult): Content {
  const known = faithfulness.perturbation.find(({ finiteElements }) => finiteElements)?.finiteElements;
  return known && html`, ${propertyText(problem.objective.property, known.advantage)} on average`;
}

/** Every measure of every layer, next to its controls. */
function measures(result: CaseResult): Markup {
  const columns = Object.entries(faithfulnessColumns) as [FaithfulnessColumn, string][];
  return html`<div class="scroll"><table class="measures"><thead><tr><th scope="col">measure</th>${columns.map(([, title]) => html`<th scope="col">${title}</th>`)}<th scope="col" class="text">what it means</th></tr></thead>
${result.faithfulness.layers.map(
    ({ layer, nativeResolution }) => html`<tbody><tr class="layer"><th scope="rowgroup" colspan="${columns.length + 2}">${capitalized(mapText(layer))}, maps of ${nativeResolution} × ${nativeResolution} positions</th></tr>
${faithfulnessRows(result, layer).map(({ measure, values, meaning }) => html`<tr><th scope="row">${measure}</th>${columns.map(([column]) => html`<td>${values[column] ?? '–'}</td>`)}<td class="text">${meaning}</td></tr>`)}</tbody>`,
  )}</table></div>
<p>Values are means over the images ± standard errors, each image with the mean of its directions; a value counts as more than another one if the difference is larger than two standard errors. Gains of deletion and insertion are areas between the curve of the ranking and that of the same ranking elsewhere, in units of the advantage; every fourth image is examined for random weights and for stability. Regions are where a map reaches half of its maximum; their overlap is their intersection over their union.</p>`;
}

type Way = keyof PerturbationCurves;

/** Curves by the finite elements for a layer, with those of chance and of the exact ranking, and the layer's curves by the network. */
function perturbationChart({ ranking, finiteElements, network }: PerturbationResult, exact: PerturbationResult | undefined, way: Way, id: string): Chart {
  const shares = [0, ...replacedShares, 1];
  const points = (curves: PerturbationCurves | undefined) => (curves?.[way] ?? []).map((advantage, k) => [100 * shares[k]!, Number((100 * advantage).toFixed(2))] as const);
  const all = [exact?.finiteElements?.own, finiteElements?.shifted, network?.own, finiteElements?.own].map(points);
  const [byExact, elsewhere, byNetwork, own] = all as [typeof all[0], typeof all[0], typeof all[0], typeof all[0]];
  return {
    id,
    label: `Advantage of the images over the share of regions ${way === 'deletion' ? 'replaced' : 'restored'} in the order of ${rankingText(ranking)}`,
    width: 360,
    height: 300,
    option: {
      grid: plotArea(60, 18, 16, 50),
      xAxis: valueAxis(way === 'deletion' ? 'regions replaced (%)' : 'regions restored (%)', { min: 0, max: 100 }, 30),
      yAxis: valueAxis('advantage retained (%)', rangeOf([0, 100, ...all.flat().map(([, advantage]) => advantage)], 0), 42),
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
const layerColors = [familyColors.particles, familyColors.cells, familyColors.fibers, familyColors.spinodal] as const;

/** One curve per layer, the mean of its directions. */
function randomizationChart({ maps, parts }: FaithfulnessResult, id: string): Chart {
  const layers = [...new Set(maps.map(({ layer }) => layer))];
  return {
    id,
    label: 'Rank correlation of the maps with those of a network whose parts are re-randomized, from the output back',
    width: 360,
    height: 300,
    option: {
      grid: plotArea(60, 18, 16, 50),
      xAxis: {
        ...valueAxis('re-randomized, from the output back', { min: 0, max: parts.length }, 30),
        interval: 1,
        axisLabel: { color: 'var(--muted)', fontSize: 12, formatter: (value: number) => (value === 0 ? 'none' : (parts[value - 1] ?? '')) },
      },
      yAxis: valueAxis('|rank correlation| with the original map', { min: 0, max: 1 }, 42),
      series: layers.map((layer, l) => {
        const own = maps.filter((each) => each.layer === layer);
        const mean = (p: number): number => own.reduce((sum, { randomized }) => sum + randomized[p]!.mean, 0) / own.length;
        return curve([[0, 1], ...parts.map((_, p) => [p + 1, mean(p)] as const)], layerColors[l % layerColors.length]!, { width: 2.2 });
      }),
    },
  };
}
