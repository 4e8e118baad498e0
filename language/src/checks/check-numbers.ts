/*
 * Units, dimensions and bounds of every number: `unknown-unit`, `missing-unit`, `wrong-dimension`,
 * `not-a-whole-number`, `value-out-of-range` and its relatives, `reversed-range`, `empty-range`.
 */
import { nearestWord } from '#units/nearest-word';
import { differenceRule, fractionRule, propertyRules, shareRule, type NumberRule } from '#language/entries/entries';
import type { BoundConstraint, DifferenceConstraint, Family, FractionConstraint, ListEntry, NumberEntry, Outliers, Quantity, RangeEntry } from '#language/generated/ast';
import { entryKeywordsOf } from '#language/syntax/parser-messages';
import { propertyNames } from '#language/entries/entries';
import { blockName, numberRule } from '#language/entries/read-block';
import { readNumber, readRange, type Reading } from '#language/entries/read-number';
import type { Check, Report } from '#language/findings';
import { capitalized } from '#units/sentences';

export const checkEntryNumbers: Check<NumberEntry | RangeEntry | ListEntry | Outliers> = (entry, report) => {
  const rule = numberRule(entry.$container, entry.key);
  if (rule === undefined) return;
  const words = `\`${entry.key}\``;
  switch (entry.$type) {
    case 'NumberEntry':
      return reportIssues(readNumber(entry.value, rule, words), report);
    case 'RangeEntry':
      return reportIssues(readRange(entry.range, rule, words), report);
    case 'ListEntry':
      return checkList(entry, rule, words, report);
    case 'Outliers':
      return reportIssues(readNumber(entry.share, rule, words), report);
  }
};

function checkList(entry: ListEntry, rule: NumberRule, words: string, report: Report): void {
  const readings = entry.values.map((value) => readNumber(value, rule, words));
  const texts = entry.values.map(({ $cstNode }) => $cstNode?.text ?? '');
  // `0,5` is a list of two numbers, of which usually neither is meant.
  const isDecimal = (i: number): boolean =>
    /^\d+$/.test(texts[i]!) && /^\d+%?$/.test(texts[i + 1] ?? '') && entry.values[i + 1]!.$cstNode!.offset === entry.values[i]!.$cstNode!.end + 1 && !(readings[i]!.ok && readings[i + 1]!.ok);
  const decimals = entry.values.map((_, i) => isDecimal(i));
  const meant = texts.flatMap((text, i) => (decimals[i - 1] === true ? [] : [decimals[i] === true ? `${text}.${texts[i + 1]!}` : text])).join(', ');
  readings.forEach((reading, i) => {
    if (decimals[i - 1] === true) return;
    if (decimals[i] !== true) return reportIssues(reading, report);
    const written = `${texts[i]!},${texts[i + 1]!}`;
    report(rule.code ?? 'value-out-of-range', `\`${written}\` is read as two numbers: decimals are written with a point.`, `Write \`${entry.key} ${meant}\`.`, { node: entry.values[i]! }, [{ text: `${entry.key} ${meant}`, at: { node: entry } }]);
  });
}

export const checkShareNumber: Check<Family> = (family, report) => {
  reportIssues(readNumber(family.share, shareRule, `the share of \`${family.kind}\``), report);
};

export const checkDifferenceNumber: Check<DifferenceConstraint> = (constraint, report) => {
  reportIssues(readNumber(constraint.limit, differenceRule, `the limit of \`difference(${constraint.property})\``), report);
};

export const checkFractionNumbers: Check<FractionConstraint> = (constraint, report) => {
  reportIssues(readRange(constraint.range, fractionRule, "the design's fraction"), report);
};

export const checkBoundNumber: Check<BoundConstraint> = (constraint, report) => {
  const property = propertyNames[constraint.property];
  if (property !== undefined) reportIssues(readNumber(constraint.value, propertyRules[property], `the bound of \`${constraint.property}\``), report);
};

/** Reports what is wrong with a number. */
export function reportIssues(reading: Reading<unknown>, report: Report): void {
  if (reading.ok) return;
  for (const { code, message, remedy, node, at, fixes } of reading.issues) {
    const entry = code === 'unknown-unit' ? nearestEntry(node) : undefined;
    const place = at === 'unit' ? { node, property: 'unit' } : { node };
    if (entry === undefined) report(code, message, remedy, place, fixes);
    else report(code, message, `Did you mean the entry \`${entry}\`?`, place, [{ text: entry, preferred: true }]);
  }
}

/** In `size 800 resolutoin 128` the mistyped word stands where a unit may stand. */
function nearestEntry(node: Quantity): string | undefined {
  const holder = node.$container.$type === 'Range' || node.$container.$type === 'Steps' ? node.$container.$container : node.$container;
  const block = 'key' in holder ? holder.$container : holder;
  if (block.$type === 'Family') return nearestWord(node.unit ?? '', [...entryKeywordsOf(familyRule(block)), ...entryKeywordsOf('Database')]);
  return nearestWord(node.unit ?? '', entryKeywordsOf(block.$type in caseParts ? 'Case' : block.$type));
}

const caseParts: Readonly<Record<string, true>> = { DifferenceConstraint: true, FractionConstraint: true, BoundConstraint: true };

function familyRule(family: Family): string {
  return capitalized(blockName(family));
}
