/*
 * The one table of a study: a row per variant, and one per group of seeds above its variants. Columns that are the same in all
 * variants are hidden until the reader switches them on; this needs no script, sorting does.
 */
import { looksOf } from '#display/arms';
import { countText, fixed, numberText, percentText, probabilityText } from '#display/numbers';
import { durationText } from '#display/durations';
import type { VariedSetting } from '#domain/study';
import { type Content, html, type Markup } from '#runner/report/page/html';
import { armNamed, armsOf, groupBySeed, meanOf, realSettings, type SeedGroup } from './compare-variants';
import type { StudyResult, VariantArm, VariantOutcome, VariantResult } from './study-result';
import { deviationText, displayOfStudy } from './study-words';
import { settingsText } from '#domain/study';

/** A column of numbers. */
interface Column {
  readonly title: string;
  /** The arm or the unit, in small letters below. */
  readonly note?: string;
  value(variant: VariantResult): number | undefined;
  text(value: number): string;
  /** Whether a mean over seeds says something. */
  readonly averaged: boolean;
  /** How the mean of numbers that are whole is written, and the deviation of others. */
  meanText?(value: number): string;
  deviationText?(value: number): string;
}

export function studyTable(study: StudyResult): Markup {
  const groups = groupBySeed(study);
  const grouped = groups !== undefined && groups.length > 1;
  const columns = columnsOf(study).map((column) => ({ column, same: isSame(study, column) }));
  const refusals = study.variants.some(({ outcome }) => outcome === undefined);
  const hidden = columns.filter(({ same }) => same).length;
  const bodies = grouped ? groups.map((group) => html`<tbody class="group">${groupRow(study, group, columns, refusals)}${group.variants.map((variant) => row(study, variant, columns, refusals))}</tbody>`) : html`<tbody>${study.variants.map((variant) => row(study, variant, columns, refusals))}</tbody>`;
  return html`${hidden === 0 ? undefined : html`<input type="checkbox" class="switch" id="all-columns"><label for="all-columns">Show the ${hidden} columns that are the same in all variants, too</label>`}
<p class="note">${grouped ? 'A row for each combination of the other settings, mean ± standard deviation over its seeds; below it one for each seed.' : 'A row for each variant.'} Values are the best of each variant. All numbers are in study.csv.</p>
<div class="scroll"><table class="study sortable">
<caption class="hidden">Variants of ${study.name}</caption>
<thead><tr>${study.settings.map(({ name }) => html`<th scope="col">${name}</th>`)}${refusals ? html`<th scope="col" class="text">state</th>` : undefined}${columns.map(({ column: { title, note }, same }) => html`<th scope="col"${same ? html` class="same"` : undefined}>${title}${note === undefined ? undefined : html`<br><small>${note}</small>`}</th>`)}</tr></thead>
${bodies}
</table></div>`;
}

type ShownColumn = { readonly column: Column; readonly same: boolean };

function row({ settings }: StudyResult, variant: VariantResult, columns: readonly ShownColumn[], refusals: boolean): Markup {
  const label = settingsText(variant.settings);
  const names = settings.map((setting, i): Content => {
    const text = variant.settings[setting.name] ?? '';
    const content = i > 0 || !variant.outcome ? text : html`<a href="${encodeURI(variant.folder)}/report.html" aria-label="Report of ${label}">${text}</a>`;
    return i === 0 ? html`<th scope="row" data-value="${placeOf(setting, text)}">${content}</th>` : html`<td data-value="${placeOf(setting, text)}">${content}</td>`;
  });
  return html`<tr>${names}${refusals ? html`<td class="text">${stateOf(variant)}</td>` : undefined}${columns.map(({ column, same }) => {
    const value = column.value(variant);
    return cell(value, value === undefined ? '–' : column.text(value), same);
  })}</tr>`;
}

function groupRow({ settings }: StudyResult, group: SeedGroup, columns: readonly ShownColumn[], refusals: boolean): Markup {
  const [first] = realSettings({ settings });
  const names = settings.map((setting): Content => {
    const text = group.settings[setting.name];
    if (text === undefined) return html`<td data-value="0">${group.variants.length} seeds</td>`;
    return setting === first ? html`<th scope="row" data-value="${placeOf(setting, text)}">${text}</th>` : html`<td data-value="${placeOf(setting, text)}">${text}</td>`;
  });
  return html`<tr class="mean">${names}${refusals ? html`<td class="text"></td>` : undefined}${columns.map(({ column, same }) => {
    const { mean, deviation, count } = meanOf(group.variants.map(column.value));
    if (count === 0 || !column.averaged) return cell(undefined, '', same);
    const text = column.meanText ?? column.text;
    return cell(mean, `${text(mean)}${Number.isNaN(deviation) ? '' : ` ± ${(column.deviationText ?? text)(deviation)}`}`, same);
  })}</tr>`;
}

/** What a cell is sorted by: its number, or its place among the values of a word. */
function placeOf({ values }: VariedSetting, text: string): number {
  const index = values.findIndex((value) => value.text === text);
  return values[index]?.number ?? index;
}

function cell(value: number | undefined, text: string, same: boolean): Markup {
  const sorted = value === undefined || !Number.isFinite(value) ? undefined : html` data-value="${value}"`;
  return html`<td${same ? html` class="same"` : undefined}${sorted}>${text}</td>`;
}

/** `finished`, or that it was refused and by which findings. */
function stateOf({ outcome, findings }: VariantResult): Content {
  if (outcome) return 'finished';
  const codes = [...new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
  return html`<span class="no">refused</span>${codes.length === 0 ? undefined : ': '}${codes.map((code, i) => html`${i === 0 ? '' : ', '}<code>${code}</code>`)}`;
}

/** Whether all variants that were not refused have the same value. */
function isSame({ variants }: StudyResult, { value }: Column): boolean {
  const done = variants.filter(({ outcome }) => outcome !== undefined);
  return done.length > 1 && new Set(done.map(value)).size === 1;
}

/** All columns, the results of each arm first. */
export function columnsOf(study: StudyResult): readonly Column[] {
  const { variants } = study;
  const display = displayOfStudy(study);
  const { symbol, unit } = display;
  const arms = armsOf(variants);
  const looks = looksOf(arms.map(({ spec }) => spec));
  const quantity = (value: number): string => numberText(display, value);
  const suffix = unit === '' ? '' : ` (${unit})`;
  const percent = (value: number): string => `${fixed(value, 1)} %`;
  const ofOutcome = (title: string, pick: (outcome: VariantOutcome) => number | undefined, text: (value: number) => string): Column => ({
    title, value: ({ outcome }) => outcome && pick(outcome), text, averaged: true, ...(text === countText && { meanText: oneDigit }), ...(text === quantity && { deviationText: (value) => deviationText(display, value) }),
  });
  const ofArm = (name: string, title: string, pick: (arm: VariantArm) => number | undefined, text: (value: number) => string, averaged = true): Column => ({
    title,
    ...(arms.length > 1 && { note: looks.get(name)!.title }),
    value: (variant) => {
      const arm = armNamed(variant, name);
      return arm && pick(arm);
    },
    text,
    averaged,
    ...(text === countText && { meanText: oneDigit }),
    ...(text === quantity && { deviationText: (value: number) => deviationText(display, value) }),
  });
  const compared = arms.filter(({ name }) => variants.some((variant) => armNamed(variant, name)?.comparison));
  return [
    ...arms.map(({ name }) => ofArm(name, `best ${symbol}${suffix}`, ({ best }) => best?.objectiveValue, quantity)),
    ...arms.map(({ name }) => ofArm(name, 'of limit', ({ best }) => best?.percentOfLimit, percent)),
    ...arms.map(({ name }) => ofArm(name, 'designs', ({ designs }) => designs, countText)),
    ...arms.map(({ name }) => ofArm(name, 'feasible', ({ feasible }) => feasible, countText)),
    ...arms.map(({ name }) => ofArm(name, 'beat the images', ({ beating }) => beating, countText)),
    ...compared.flatMap(({ name }) => [
      { ...ofArm(name, 'pairs won', ({ comparison }) => comparison?.superiority, (value) => percentText(value)), note: `over ${looks.get(name)!.standsFor}` },
      { ...ofArm(name, 'p, one-sided', ({ comparison }) => comparison?.pOneSided, probabilityText, false), note: `over ${looks.get(name)!.standsFor}` },
    ]),
    ofOutcome('hold-out R²', ({ r2 }) => r2, (value) => fixed(value, 3)),
    ofOutcome(`best image${suffix}`, ({ bestImage }) => bestImage, quantity),
    ofOutcome(`limit${suffix}`, ({ limit }) => limit, quantity),
    ofOutcome('images', ({ images }) => images, countText),
    ofOutcome('exceptional images', ({ outliers }) => outliers, countText),
    { title: 'time', note: 'without what others share', value: ({ outcome, seconds }) => outcome && seconds, text: durationText, averaged: true },
    { title: 'time', note: 'if run alone', value: ({ outcome, secondsAlone }) => outcome && secondsAlone, text: durationText, averaged: true },
  ];
}

function oneDigit(value: number): string {
  return fixed(value, 1);
}
