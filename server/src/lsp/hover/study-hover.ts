/* A study and its settings: what is varied, and how many variants that makes. */
import { formatCount } from '#units/format-quantity';
import { choiceMeanings } from '#language/entries/case-entries';
import { takes, withArticle } from '#language/entries/entry-text';
import { readSetting } from '#language/entries/read-setting';
import { describedBy, settingName, targetOf } from '#language/entries/settings';
import type { Setting, Study } from '#language/generated/ast';
import { countVariants } from '#language/specification/document-specification';

/** What a study varies. */
export function studyHover(study: Study): string | undefined {
  const settings = study.entries.filter(({ key }) => key !== undefined);
  if (settings.length === 0 || study.case === undefined) return undefined;
  const counts = settings.map((setting) => readSetting(setting).values.length);
  const product = counts.length > 1 ? ` (${counts.join(' × ')})` : '';
  const rows = settings.map((setting) => `| \`${settingName(setting)}\` | ${valuesOf(setting)} |`);
  return [`**${study.name}**: ${formatCount(countVariants(study), 'variant')} of \`${study.case.$refText}\`${product}`, '', '| | |', '|---|---|', ...rows].join('\n');
}

/** The meaning of a setting, and its values in this study. */
export function settingHover(setting: Setting): string | undefined {
  const target = targetOf(setting);
  if (target === undefined) return undefined;
  const count = readSetting(setting).values.length;
  const values = count === 0 ? '' : `\n\n${formatCount(count, 'value')}: ${valuesOf(setting)}`;
  return `\`${settingName(setting)}\`: ${settingMeaning(setting)}${values}`;
}

/** Whole sentences. */
export function settingMeaning(setting: Pick<Setting, 'key'> & { readonly block?: string | undefined }): string {
  const target = targetOf(setting);
  const described = describedBy(setting as Setting);
  if (target === undefined) return '';
  if (described === undefined) return `Each variant has another word after \`${target.block}\`.`;
  const isNumber = described.rule !== undefined && described.form !== 'range';
  const values = described.rule === undefined ? '' : ` Each value is ${isNumber ? withArticle(takes({ ...described, form: 'number' })) : `a ${takes(described)}`}.`;
  return `${described.meaning}; varied in \`${target.block}\`.${values}`;
}

/** The meaning of a word that a setting takes. */
export function wordMeaning(setting: Setting, word: string): string | undefined {
  const target = targetOf(setting);
  const meaning = target === undefined ? undefined : choiceMeanings[`${target.key ?? target.block} ${word}`];
  return meaning === undefined ? undefined : `\`${settingName(setting)} ${word}\`: ${meaning}`;
}

function valuesOf(setting: Setting): string {
  const texts = readSetting(setting).values.map(({ text }) => text);
  const shown = texts.length > 12 ? [...texts.slice(0, 10), '…', texts.at(-1)!] : texts;
  return shown.join(', ');
}
