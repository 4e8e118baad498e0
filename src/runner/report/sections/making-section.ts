/* How the result was made: findings, stages, solvers, and all settings. */
import { findingText, type Finding } from '#domain/finding';
import { placeText } from '#domain/stages';
import type { CaseResult } from '#engine/api';
import { countText } from '#display/numbers';
import { durationText } from '#display/durations';
import { html, type Content, type Markup } from '../page/html';

export function makingSection(result: CaseResult, id: string): Markup {
  return html`<section aria-labelledby="${id}-making-title">
<h3 id="${id}-making-title">How it was made</h3>
${findingList(result.findings)}
${stageTable(result)}
${solverTable(result)}
${settingsTable(result)}
</section>`;
}

function findingList(findings: readonly Finding[]): Markup {
  if (findings.length === 0) return html`<p>No warnings.</p>`;
  return html`<h4>Findings</h4>
<ul>${findings.map((finding) => html`<li><b>${finding.severity}</b> <code>${finding.code}</code> ${findingText(finding)}</li>`)}</ul>`;
}

function stageTable({ stages }: CaseResult): Markup {
  const total = stages.reduce((sum, { seconds }) => sum + seconds, 0);
  const reuse = { nothing: 'computed', partly: 'partly from the store', everything: 'from the store' } as const;
  return html`<div class="scroll"><table>
<caption>Stages of this run, ${durationText(total)} in all</caption>
<thead><tr><th scope="col">stage</th><th scope="col">time</th><th scope="col">source</th><th scope="col">content address</th></tr></thead>
<tbody>${stages.map(({ seconds, reused, key, ...place }) => html`<tr><th scope="row">${placeText(place)}</th><td>${durationText(seconds)}</td><td>${reuse[reused]}</td><td><code>${key === undefined ? '–' : key.slice(0, 16)}</code></td></tr>`)}</tbody>
</table></div>`;
}

function solverTable({ solvers }: CaseResult): Content {
  if (solvers.length === 0) return undefined;
  return html`<div class="scroll"><table>
<caption>Equation solvers; the largest values over all images of a stage</caption>
<thead><tr><th scope="col">stage</th><th scope="col">test</th><th scope="col">solver</th><th scope="col">images</th><th scope="col">unknowns</th><th scope="col">iterations</th><th scope="col">relative residual</th><th scope="col">relative error bound</th></tr></thead>
<tbody>${solvers.map(({ stage, test, solver, count, unknowns, iterations, residual, errorEstimate }) => html`<tr><th scope="row">${stage}</th><td>${test}</td><td>${solver}</td><td>${countText(count)}</td><td>${countText(unknowns)}</td><td>${countText(iterations)}</td><td>${residual.toExponential(1)}</td><td>${errorEstimate === undefined ? '–' : errorEstimate.toExponential(1)}</td></tr>`)}</tbody>
</table></div>`;
}

function settingsTable({ problem }: CaseResult): Markup {
  const rows = Object.entries(problem).flatMap(([name, value]) => flatten(name, value));
  return html`<div class="settings"><h4>Settings (SI units)</h4><dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></div>`;
}

/** `['learning epochs', '16']`; lists and intervals on one line. */
function flatten(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) return [[name, value.length === 0 ? 'none' : value.map(oneLine).join(', ')]];
  if (isInterval(value)) return [[name, `${scalarText(value.lower)} .. ${scalarText(value.upper)}`]];
  if (typeof value !== 'object' || value === null) return [[name, scalarText(value)]];
  return Object.entries(value).flatMap(([part, inner]) => flatten(`${name} ${part.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`, inner));
}

/** Seven digits are enough for a page; manifest.json has all of them. */
function scalarText(value: unknown): string {
  if (typeof value !== 'number' || Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const rounded = Number(value.toPrecision(7));
  return Math.abs(rounded) >= 1e7 || Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}

function oneLine(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.values(value).map(scalarText).join(' ') : scalarText(value);
}

function isInterval(value: unknown): value is { readonly lower: number; readonly upper: number } {
  return typeof value === 'object' && value !== null && 'lower' in value && 'upper' in value && Object.keys(value).length === 2;
}
