/*
 * The checks of a case on each variant of a study, before anything runs. A problem is reported once, at the value that
 * brings it about, and not at all where the case itself has it.
 */
import type { AstNode } from 'langium';
import { readSetting, type SettingValue } from '#language/entries/read-setting';
import { settingName } from '#language/entries/settings';
import type { Check, CheckContext, NodePlace, ProposedFix, Report } from '#language/findings';
import type { Case, Setting, Study } from '#language/generated/ast';
import { combinationsOf, countVariants, mostVariants } from '#language/specification/document-specification';
import { databaseOf, familiesOf } from '#language/specification/read-case';
import { absentFor, varyCase, type ChosenValue, type VariedCase } from '#language/specification/vary-case';
import { formatCount } from '#units/format-quantity';
import { sameAll, seenBy } from './seen-by';
import { listed } from '#units/sentences';

type ChecksOf = (type: string) => readonly Check<AstNode>[];

interface Problem {
  readonly reported: Parameters<Report>;
  /** The value that the check points at, if it is one of the study. */
  readonly at: SettingValue | undefined;
  /** The variants that have it. */
  readonly variants: (readonly ChosenValue[])[];
}

/** Every check of a case and its blocks, for the variants of a study. */
export function checkVariants(checksOf: ChecksOf): Check<Study> {
  return (study, report, context) => {
    const base = study.case?.ref;
    const names = study.entries.map((setting) => (setting.key === undefined ? '' : settingName(setting)));
    const isReadable = study.entries.every((setting) => readSetting(setting).issues.length === 0 && base !== undefined && absentFor(base, setting) === undefined);
    const count = countVariants(study);
    if (base === undefined || context.hasSyntaxErrors || !isReadable || new Set(names).size < names.length || count === 0 || count > mostVariants) return;
    const seen = seenBy(study, context.hasSyntaxErrors);
    const known = groupsOf.get(study);
    const groups = known !== undefined && sameAll(known.seen, seen) ? known.groups : groupedByPlace(newProblems(study, base, checksOf, context), study);
    groupsOf.set(study, { seen, groups });
    for (const { place, ofPlace } of groups) reportProblems(place, ofPlace, study, report);
  };
}

/** Trees never change, so that a study whose case stays as it is has the same problems after the next keystroke. */
const groupsOf = new WeakMap<Study, { readonly seen: readonly unknown[]; readonly groups: readonly Group[] }>();

/** The problems of all variants that the case does not have. */
function newProblems(study: Study, base: Case, checksOf: ChecksOf, context: CheckContext): readonly Problem[] {
  const database = databaseOf(base);
  const blocks: readonly AstNode[] = [base, ...base.entries, ...(database === undefined ? [] : [database, ...familiesOf(database)])];
  const ofBase = reportsOf(blocks, checksOf, context);
  // Of two entries of one kind, it is not known which the study varies.
  if (ofBase.some(([code]) => code === 'entry-twice')) return [];
  const known = new Set(ofBase.map(keyOf));
  const problems = new Map<string, Problem>();
  for (const chosen of combinationsOf(study)) {
    const varied = varyCase(base, chosen);
    if (varied === undefined) continue;
    for (const reported of reportsOf([varied.node, ...varied.made.keys()], checksOf, context)) {
      const key = keyOf(reported);
      if (known.has(key)) continue;
      const problem = problems.get(key);
      if (problem === undefined) problems.set(key, { reported, at: valueAt(reported[3], chosen, varied), variants: [chosen] });
      else if (problem.variants.at(-1) !== chosen) problem.variants.push(chosen);
    }
  }
  return [...problems.values()];
}

function reportsOf(nodes: Iterable<AstNode>, checksOf: ChecksOf, context: CheckContext): readonly Parameters<Report>[] {
  const reports: Parameters<Report>[] = [];
  for (const node of nodes) for (const check of checksOf(node.$type)) check(node, (...reported) => reports.push(reported), context);
  return reports;
}

/** What is wrong, wherever it is. */
function keyOf([code, message]: Parameters<Report>): string {
  return `${code} ${message}`;
}

function valueAt({ node }: NodePlace, chosen: readonly ChosenValue[], { made }: VariedCase): SettingValue | undefined {
  const isOf = ({ content }: SettingValue): boolean => (content.kind === 'number' && content.quantity === node) || (content.kind === 'range' && (content.range === node || content.range === node.$container));
  // A block is made by whatever is varied in it.
  return 'entries' in node ? undefined : (made.get(node) ?? chosen.find(({ value }) => isOf(value))?.value);
}

interface Group {
  readonly place: NodePlace;
  readonly ofPlace: readonly Problem[];
}

/** Values of a row stand in one place: their problems of one kind are one finding. */
function groupedByPlace(problems: readonly Problem[], study: Study): readonly Group[] {
  const groups = new Map<string, { place: NodePlace; ofPlace: Problem[] }>();
  for (const problem of problems) {
    const place = placeOf(problem, study);
    const key = `${problem.reported[0]} ${place.at?.offset ?? study.entries.indexOf(place.node as Setting)}`;
    const group = groups.get(key) ?? { place, ofPlace: [] };
    group.ofPlace.push(problem);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The value that the check points at, if the problem is due to it, else the last of those that it is due to; the setting, if it is due to all of its values. */
function placeOf({ at, variants }: Problem, study: Study): NodePlace {
  const due = dueTo(variants, study) ?? variants[0]!;
  const chosen = due.find(({ value }) => value === at) ?? due.at(-1);
  if (chosen !== undefined) return { node: chosen.setting, at: chosen.value.place };
  const setting = variants[0]!.find(({ value }) => value === at)?.setting;
  return setting === undefined ? { node: study, property: 'name' } : { node: setting, property: 'key' };
}

/** The values that all variants with a problem share, and no variant without it; undefined where there are no such values. */
function dueTo(variants: Problem['variants'], study: Study): readonly ChosenValue[] | undefined {
  const isShared = (setting: Setting, index: number): boolean => readSetting(setting).values.length > 1 && variants.every((chosen) => chosen[index]!.value === variants[0]![index]!.value);
  const shared = study.entries.map(isShared);
  const others = study.entries.reduce((count, setting, index) => count * (shared[index] === true ? 1 : readSetting(setting).values.length), 1);
  return variants.length === others ? variants[0]!.filter((_, index) => shared[index]) : undefined;
}

function reportProblems(place: NodePlace, ofPlace: readonly Problem[], study: Study, report: Report): void {
  const [{ reported: [code, message, remedy, checked, fixes = []], at, variants }] = ofPlace as readonly [Problem];
  const due = dueTo(variants, study);
  const named = due ?? variants[0]!;
  const more = new Set(ofPlace.flatMap((problem) => problem.variants)).size - (due === undefined ? 1 : variants.length);
  const others = more === 0 ? '' : ` ${formatCount(more, 'other variant')} ${more === 1 ? 'has' : 'have'} such a problem.`;
  const isOfValue = named.length === 1 && named[0]!.value === at;
  const applies = (fix: ProposedFix): boolean => 'text' in fix && (fix.at === undefined || fix.at === checked);
  report(code, `${whereText(named, study)}${message}${others}`, remedy, place, isOfValue && !at.inRow ? fixes.filter(applies).map((fix) => ({ ...fix, at: place })) : []);
}

/** `With \`size 100\` and \`holdout 5%\`: ` */
function whereText(chosen: readonly ChosenValue[], study: Study): string {
  if (chosen.length === 0) return `In every variant of \`${study.name}\`: `;
  const texts = chosen.map(({ setting, value }) => `\`${settingName(setting)} ${value.text}\``);
  return `With ${listed(texts)}: `;
}
