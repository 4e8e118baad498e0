/* What is wrong with a study by itself: its settings and their values. Its combinations are in check-variants.ts. */
import { variantName } from '#domain/study';
import { readSetting, type SettingValue } from '#language/entries/read-setting';
import { settingName } from '#language/entries/settings';
import type { Check, NodePlace, Report } from '#language/findings';
import type { Setting, Study } from '#language/generated/ast';
import { countVariants, mostVariants } from '#language/specification/document-specification';
import { absentFor } from '#language/specification/vary-case';
import { reportTwice } from './check-entries';
import { reportIssues } from './check-numbers';

/** `missing-entry`, `entry-twice`, `too-many-variants`, `study-of-one-variant` */
export const checkStudy: Check<Study> = (study, report, { hasSyntaxErrors }) => {
  reportTwice(study.entries.filter(({ key }) => key !== undefined).map((node) => ({ name: settingName(node), place: { node, property: 'key' } })), report);
  if (hasSyntaxErrors || study.name === undefined) return;
  const place: NodePlace = { node: study, property: 'name' };
  if (study.entries.length === 0) {
    report('missing-entry', `Study \`${study.name}\` varies nothing.`, 'Add a line such as `seed 1 .. 5`.', place, [{ entry: 'seed 1 .. 5', into: study }]);
    return;
  }
  if (study.entries.some((setting) => readSetting(setting).issues.length > 0)) return;
  const count = countVariants(study);
  if (count > mostVariants) {
    const factors = study.entries.map((setting) => readSetting(setting).values.length).join(' × ');
    report('too-many-variants', `Study \`${study.name}\` has ${factors}${study.entries.length > 1 ? ` = ${count}` : ''} variants; a study has at most ${mostVariants}.`, 'Use fewer values, or split it into several studies.', place);
  } else if (count === 1) {
    report('study-of-one-variant', `Study \`${study.name}\` has one variant: there is nothing to compare it with.`, 'Add values, such as `seed 1 .. 5`.', place);
  }
};

/** Numbers of a setting, `study-value-twice`, `setting-without-effect` */
export const checkSetting: Check<Setting> = (setting, report) => {
  const { values, issues } = readSetting(setting);
  reportIssues({ ok: false, issues }, report);
  reportValuesTwice(setting, values, report);
  const base = setting.$container.case?.ref;
  const absent = base === undefined ? undefined : absentFor(base, setting);
  if (base === undefined || absent === undefined) return;
  report('setting-without-effect', `Case \`${base.name}\` has ${absences[absent] ?? `no \`${absent}\``}, so \`${settingName(setting)}\` changes nothing.`, 'Delete this setting, or add what it varies.', { node: setting, property: 'key' });
};

const absences: Readonly<Record<string, string>> = {
  database: 'a database of the other kind, of files or of random images',
  learn: 'no network, because it explains by `exact`',
  refine: 'no optimizations',
  compare: 'no `compare optimization`',
  particles: 'a database without `particles`',
  fibers: 'a database without `fibers`',
  cells: 'a database without `cells`',
  spinodal: 'a database without `spinodal`',
};

function reportValuesTwice(setting: Setting, values: readonly SettingValue[], report: Report): void {
  const seen = new Map<number | string, string>();
  for (const { number, interval, text, place } of values) {
    // Paths that differ in slashes alone would give variants of one name.
    const value = number ?? (interval === undefined ? variantName({ study: '', settings: { '': text } }) : `${interval.lower} .. ${interval.upper}`);
    const before = seen.get(value);
    if (before !== undefined && before !== text && number === undefined && interval === undefined) {
      report('study-value-twice', `Variants with ${before} and with ${text} would have one name, and one folder of results.`, 'Rename one of the files.', { node: setting, at: place });
    } else if (before !== undefined) report('study-value-twice', `\`${settingName(setting)}\` has the value \`${text}\` twice; the same variants would be made again.`, 'Keep one of them.', { node: setting, at: place });
    seen.set(value, text);
  }
}
