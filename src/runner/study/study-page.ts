/* The page of a study: what it says, one table, one chart per setting, the best design of each variant, findings. */
import { counted, percentText } from '#display/numbers';
import { durationText } from '#display/durations';
import { propertyText } from '#display/properties';
import { findingText } from '#domain/finding';
import type { ReportProvenance } from '#runner/report/manifest';
import { html, type Markup } from '#runner/report/page/html';
import { htmlDocument } from '#runner/report/page/html-document';
import { aimText, reportFooter } from '#runner/report/report-page';
import { armsOf, ownArm } from './compare-variants';
import { overSeedsSection } from './over-seeds-table';
import { sortScript, sortScriptSource } from './sort-script';
import { studyCharts } from './study-charts';
import type { StudyResult, VariantResult } from './study-result';
import { studyTable } from './study-table';
import { displayOfStudy, studyWords } from './study-words';
import { settingsText } from '#domain/study';

/** The whole page. */
export function studyPage(study: StudyResult, provenance: ReportProvenance): string {
  const { name, objective, variants } = study;
  const { headline, sentences, seeds } = studyWords(study);
  const body = html`<header>
<h1>XDesign study</h1>
<p class="subtitle">${provenance.specification}${provenance.finished === undefined ? '' : ` · ${provenance.finished}`}</p>
</header>
<main>
<article class="case" aria-labelledby="title">
<h2 id="title">${name}: ${counted(variants.length, 'variant')} of ${study.case}</h2>
<p class="subtitle">${study.case} is to ${aimText(objective)}. The report of each variant is in a folder of its own next to this page; the first value in its row of the table links to it.</p>
<section class="verdict" aria-label="Result">
<p class="headline">${headline}</p>
${sentences.length === 0 ? undefined : html`<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`}
</section>
${overSeedsSection(study, seeds)}
<section aria-labelledby="varied-title">
<h3 id="varied-title">What is varied</h3>
<dl class="varied">${study.settings.map((setting) => html`<dt>${setting.name}</dt><dd>${setting.values.map(({ text }) => text).join(', ')}</dd>`)}</dl>
<p>${timesText(variants)}</p>
</section>
<section aria-labelledby="table-title">
<h3 id="table-title">Variants</h3>
${studyTable(study)}
</section>
${studyCharts(study)}
${bestDesigns(study)}
${findingsSection(variants)}
</article>
</main>
${reportFooter(provenance)}`;
  return htmlDocument(`${name} – XDesign study`, body, { text: sortScript, source: sortScriptSource });
}

function timesText(variants: readonly VariantResult[]): string {
  const sum = (pick: (variant: VariantResult) => number): number => variants.reduce((total, variant) => total + pick(variant), 0);
  const [together, alone] = [sum(({ seconds }) => seconds), sum(({ secondsAlone }) => secondsAlone)];
  return `All variants took ${durationText(together)} of stages; what several have in common was computed once. Run alone, each in a folder of its own, they would have taken ${durationText(alone)}.`;
}

function bestDesigns(study: StudyResult): Markup {
  const { variants } = study;
  const display = displayOfStudy(study);
  const shown = variants.flatMap((variant) => {
    const best = ownArm(variant)?.best;
    return best ? [{ variant, best }] : [];
  });
  if (shown.length === 0) return html``;
  const without = variants.filter((variant) => variant.outcome && !ownArm(variant)?.best);
  return html`<section aria-labelledby="best-title">
<h3 id="best-title">The best design of each variant</h3>
<p>Feasible designs${armsOf(variants).length > 1 ? ' of the case’s own arm' : ''}.${without.length === 0 ? '' : ` None: ${without.map(({ settings }) => settingsText(settings)).join('; ')}.`}</p>
<ul class="cells">${shown.map(({ variant, best: { picture, objectiveValue, percentOfLimit, volumeFraction, file } }) => html`<li><img class="cell" src="${picture}" alt="Best design of ${settingsText(variant.settings)}" width="160" height="160"><b>${settingsText(variant.settings)}</b><span>${display.symbol} ${propertyText(display.property, objectiveValue, display)}${percentOfLimit === undefined ? '' : `, ${percentOfLimit.toFixed(1)} % of the limit`}, ${percentText(volumeFraction)} white</span><span><code>${variant.folder}/${file}</code></span></li>`)}</ul>
</section>`;
}

/** Each finding once, with the variants that have it. */
function findingsSection(variants: readonly VariantResult[]): Markup {
  const found = new Map<string, { code: string; severity: string; text: string; of: Set<VariantResult> }>();
  for (const variant of variants) {
    for (const finding of variant.findings) {
      const text = findingText(finding);
      const key = `${finding.code} ${text}`;
      const each = found.get(key) ?? { code: finding.code, severity: finding.severity, text, of: new Set() };
      each.of.add(variant);
      found.set(key, each);
    }
  }
  if (found.size === 0) return html``;
  const names = (of: ReadonlySet<VariantResult>): string => (of.size === variants.length && of.size > 1 ? 'all variants' : [...of].map(({ settings }) => settingsText(settings)).join('; '));
  return html`<section aria-labelledby="findings-title">
<h3 id="findings-title">Findings</h3>
<ul>${[...found.values()].map(({ code, severity, text, of }) => html`<li>${names(of)}: ${severity} <code>${code}</code> ${text}</li>`)}</ul>
</section>`;
}
