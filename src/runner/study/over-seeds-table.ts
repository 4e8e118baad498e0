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
  const heads = rows.map((row) => html`<th scope="col">${[...settings.map(({ name }) => `${name} ${row.settings[name] ?? ''}`), looks.get(row.other.name)!.title].map((text, i) => html`${i === 0 ? '' : html`<br>`}${text}`)}</th>`);
  return html`<section aria-labelledby="seeds-title">
<h3 id="seeds-title">Over the seeds</h3>
${verdicts.map((sentence) => html`<p>${sentence}</p>`)}
<div class="scroll"><table>
<caption class="hidden">The own arm of ${study.case} and each compared arm, over the seeds</caption>
<thead><tr><th scope="col" class="text">own arm against</th>${heads}</tr></thead>
<tbody>${measuresIn(displayOfStudy(study)).map(({ title, text }) => html`<tr><th scope="row">${title}</th>${rows.map((row) => html`<td>${text(row)}</td>`)}</tr>`)}</tbody>
</table></div>
<p class="note">Mean ± standard deviation over the seeds. Each seed has images, a network and random patches of its own, and gives one number per arm: the value that the best tenth of its designs reaches, feasible or not. If an arm were no better than the other, the sign of each seed’s difference would be chance; p is the share of all choices of signs that do as well (one-sided), and n seeds can give no less than 1/2ⁿ, in parentheses. Next to it, the p values by image of the seeds are combined by Fisher’s method: a small one says that there is a difference with some of the seeds. Ten tries are ten patches drawn at random, of which the best feasible cell is kept; their gain over the best image is a mean over all draws, and nothing where none is better.</p>
</section>`;
}

interface Measure {
  readonly title: string;
  text(row: ArmsOverSeeds): string;
}

function measuresIn(display: PropertyDisplay): readonly Measure[] {
  const suffix = display.unit === '' ? '' : ` (${display.unit})`;
  const value = ({ mean, deviation }: Mean): string => `${numberText(display, mean)}${Number.isNaN(deviation) ? '' : ` ± ${deviationText(display, deviation)}`}`;
  const times = (own: number, other: number): string => {
    const ratio = ratioOf(own, other);
    return ratio === undefined ? '' : ` = ${fixed(ratio, 1)}`;
  };
  const tested = (title: string, text: (row: ArmsOverSeeds) => string): Measure => ({ title, text: (row) => (row.tested > 0 ? text(row) : '–') });
  return [
    { title: 'verdict on the own arm', text: ({ outcome }) => outcomes[outcome] },
    { title: 'seeds', text: ({ seeds, tested: count }) => (count === seeds ? String(seeds) : `${count} of ${seeds}`) },
    tested('superiority by image', ({ superiorityByImage }) => meanWith(superiorityByImage, 2)),
    tested(`best tenth reaches, own arm${suffix}`, ({ bestTenth }) => value(bestTenth.own)),
    tested(`best tenth reaches, compared arm${suffix}`, ({ bestTenth }) => value(bestTenth.other)),
    tested('best tenth of the own arm reaches further in', ({ bestTenth, tested: count }) => `${bestTenth.better} of ${count}`),
    tested('p of this (least possible)', ({ signFlip }) => `${probabilityText(signFlip.pOneSided)} (${probabilityText(signFlip.least)})`),
    tested('p by image, combined', ({ combinedP }) => probabilityText(combinedP)),
    { title: 'best feasible design at least as good in', text: ({ bestAtLeast, seeds }) => `${bestAtLeast} of ${seeds}` },
    { title: 'feasible designs that beat all images, own : compared', text: ({ beating: { own, other } }) => `${countText(own)} : ${countText(other)}${times(own, other)}` },
    {
      title: 'gain of ten tries over the best image, own : compared',
      text: ({ fewTries: { own, other } }) => (own.count === 0 ? '–' : `${percentText(own.mean, 2)} : ${percentText(other.mean, 2)}${times(own.mean, other.mean)}`),
    },
  ];
}
