/*
 * The report as one HTML page without scripts, and without fonts, images or styles from elsewhere, so it can be
 * opened from a folder, mailed and archived.
 */
import { imagesText } from '#display/database';
import type { Objective } from '#domain/objective';
import type { CaseResult } from '#engine/api';
import { html, type Content, type Markup } from './page/html';
import { htmlDocument } from './page/html-document';
import type { ReportProvenance } from './manifest';
import { cellsFileName } from './cells-file';
import { caseFolderName, mostPictures } from './result-files';
import { armsSection } from './sections/arms-section';
import { conditionsSection } from './sections/conditions-section';
import { constructionsSection } from './sections/constructions-section';
import { designsTables, periodicSection } from './sections/designs-section';
import { faithfulnessSection } from './sections/faithfulness-section';
import { learningSection } from './sections/learning-section';
import { makingSection } from './sections/making-section';
import { optimizationSection } from './sections/optimization-section';
import { scatterSection } from './sections/scatter-section';
import { stripSection } from './sections/strip-section';
import { verdictSection } from './sections/verdict-section';

/** Sections of a case in their order on the page; ids of a case's parts begin with `id`. */
const sections: readonly ((result: CaseResult, id: string) => Markup)[] = [
  verdictSection,
  scatterSection,
  stripSection,
  armsSection,
  constructionsSection,
  optimizationSection,
  designsTables,
  periodicSection,
  learningSection,
  faithfulnessSection,
  conditionsSection,
  makingSection,
];

/** Where the page is: with the files of its one case, or next to the folders of all its cases. */
type PagePlace = 'in-case-folder' | 'next-to-case-folders';

/** The whole page. */
export function reportPage(results: readonly CaseResult[], provenance: ReportProvenance, place: PagePlace): string {
  const names = results.map(({ problem }) => problem.name);
  const body = html`<header>
<h1>XDesign report</h1>
<p class="subtitle">${provenance.specification}${provenance.finished === undefined ? '' : ` · ${provenance.finished}`}</p>
${results.length > 1 ? html`<nav aria-label="Cases"><ul>${names.map((name, i) => html`<li><a href="#case-${i + 1}">${name}</a></li>`)}</ul></nav>` : undefined}
</header>
<main>
${results.map((result, i) => caseArticle(result, `case-${i + 1}`, place === 'in-case-folder' ? undefined : caseFolderName(result.problem.name)))}
</main>
${reportFooter(provenance)}`;
  return htmlDocument(`${names.join(', ')} – XDesign report`, body);
}

function caseArticle(result: CaseResult, id: string, folder: string | undefined): Markup {
  const { name, objective, database } = result.problem;
  return html`<article class="case" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${name}: ${aimText(objective)}</h2>
<p class="subtitle">${imagesText(database, result.database.images.count)} of ${database.resolution} × ${database.resolution} pixels, seed ${database.seed}. The best ${mostPictures} designs of each arm as images, the cells of all in <code>${cellsFileName}</code>, all numbers in <code>designs.csv</code>: ${folder === undefined ? undefined : html`folder <code>${folder}/</code> `}next to this page.</p>
${sections.map((section) => section(result, id))}
</article>`;
}

/** `maximize Young’s modulus along x and y`. */
export function aimText({ sense, property, directions }: Objective): string {
  return `${sense} ${property.replaceAll('-', ' ').replace('youngs', 'Young’s').replace('poisson', 'Poisson’s')} along ${directions.join(' and ')}`;
}

/** Who made a page, and how. */
export function reportFooter({ versions, overrides, machine }: ReportProvenance): Markup {
  const pairs = (record: Readonly<Record<string, number | string>>): string =>
    Object.entries(record).map(([name, value]) => `${name} ${value}`).join(', ');
  const overridden: Content = Object.keys(overrides).length === 0 ? undefined : html`<p>Options of the command overrode values of the specification: ${pairs(overrides)}.</p>`;
  return html`<footer>
${overridden}
<p>Made by ${pairs(versions)} on ${machine}.</p>
<p>Method: Feng, Lei, Xu, Chen, Xu, “Automated de novo design of architected materials: Leveraging eXplainable Artificial Intelligence (XAI) for inspiration from stochastic microstructure outliers”, Extreme Mechanics Letters (2024) 102269.</p>
</footer>`;
}
