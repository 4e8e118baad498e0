/* The table over the seeds of a study: a row for each combination of the other settings and each compared arm. */
import { looksOf } from '#display/arms';
import { countText, fixed, numberText, percentText, probabilityText } from '#display/numbers';
import type { PropertyDisplay } from '#display/properties';
import { html, type Markup } from '#runner/report/page/html';
import { armsOf, type Mean, realSettings } from './compare-variants';
import { type ArmsOverSeeds, compareOverSeeds, type OutcomeOverSeeds } from './over-seeds';
import { meanWith, ratioOf } from './over-seeds-words';
import type { StudyResult } from './study-result';
import { deviationText, displayOfStudy } from './study-words';

const outcomes: Readonly<Record<OutcomeOverSeeds, string>> = { better: 'better', worse: 'worse', 'no-difference': 'no difference', 'too-few-seeds': 'too few seeds' };

/** `verdicts` are the sentences of `seedSentences`. */
export function overSeedsSection(study: StudyResult, verdicts: readonly string[]): Markup {
  const rows = compareOverSeeds(study);
  if (rows.length === 0) return html``;
  const settings = realSettings(study);
  const looks = looksOf(armsOf(study.variants).map(({ spec }) => spec));
  const display = displayOfStudy(study);
  const suffix = display.unit === '' ? '' : ` (${display.unit})`;
  const heads = ['compared with', 'seeds', 'superiority by image', `best tenth reaches${suffix}, own arm`, `best tenth reaches${suffix}, compared arm`, 'further in', 'p over the seeds', 'p by image, combined', 'best design at least as good in', 'beat all images, own : compared', 'gain of ten tries, own : compared'];
  return html`<section aria-labelledby="seeds-title">
<h3 id="seeds-title">Over the seeds</h3>
${verdicts.map((sentence) => html`<p>${sentence}</p>`)}
<div class="scroll"><table>
<caption class="hidden">The own arm of ${study.case} and each compared arm, over the seeds</caption>
<thead><tr>${settings.map(({ name }) => html`<th scope="col">${name}</th>`)}${heads.map((head) => html`<th scope="col">${head}</th>`)}<th scope="col" class="text">the own arm is</th></tr></thead>
<tbody>${rows.map((row) => html`<tr>${settings.map(({ name }) => html`<td>${row.settings[name] ?? ''}</td>`)}<th scope="row">${looks.get(row.other.name)!.title}</th>${cellsOf(row, display).map((text) => html`<td>${text}</td>`)}<td class="text">${outcomes[row.outcome]}</td></tr>`)}</tbody>
</table></div>
<p class="note">Mean ± standard deviation over the seeds. Each seed has images, a network and random patches of its own, and gives one number per arm: the value that the best tenth of its designs reaches, feasible or not. If an arm were no better than the other, the sign of each seed’s difference would be chance; p is the share of all choices of signs that do as well (one-sided), and n seeds can give no less than 1/2ⁿ, in parentheses. Next to it, the p values by image of the seeds are combined by Fisher’s method: a small one says that there is a difference with some of the seeds. Ten tries are ten patches drawn at random, of which the best feasible cell is kept; their gain over the best image is a mean over all draws, and nothing where none is better.</p>
</section>`;
}

function cellsOf({ seeds, tested, superiorityByImage, bestTenth, signFlip, combinedP, bestAtLeast, beating, fewTries }: ArmsOverSeeds, display: PropertyDisplay): readonly string[] {
  const value = ({ mean, deviation }: Mean): string => `${numberText(display, mean)}${Number.isNaN(deviation) ? '' : ` ± ${deviationText(display, deviation)}`}`;
  const times = (own: number, other: number): string => {
    const ratio = ratioOf(own, other);
    return ratio === undefined ? '' : ` = ${fixed(ratio, 1)}`;
  };
  const known = tested > 0;
  return [
    tested === seeds ? String(seeds) : `${tested} of ${seeds}`,
    known ? meanWith(superiorityByImage, 2) : '–',
    known ? value(bestTenth.own) : '–',
    known ? value(bestTenth.other) : '–',
    known ? `${bestTenth.better} of ${tested}` : '–',
    known ? `${probabilityText(signFlip.pOneSided)} (${probabilityText(signFlip.least)})` : '–',
    known ? probabilityText(combinedP) : '–',
    `${bestAtLeast} of ${seeds}`,
    `${countText(beating.own)} : ${countText(beating.other)}${times(beating.own, beating.other)}`,
    fewTries.own.count === 0 ? '–' : `${percentText(fewTries.own.mean, 2)} : ${percentText(fewTries.other.mean, 2)}${times(fewTries.own.mean, fewTries.other.mean)}`,
  ];
}
