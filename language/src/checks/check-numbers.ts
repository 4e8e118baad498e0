/*
 * Units, dimensions and bounds of every number: `unknown-unit`, `missing-unit`, `wrong-dimension`,
 * `not-a-whole-number`, `value-out-of-range` and its relatives, `reversed-range`, `empty-range`.
 */
import { nearestWord } from '#units/nearest-word';
import { differenceRule, fractionRule, propertyRules, shareRule } from '../entries';
import type { BoundConstraint, DifferenceConstraint, Family, FractionConstraint, ListEntry, NumberEntry, Outliers, Quantity, RangeEntry } from '#language/generated/ast';
import { entryWordsOf } from '../parser-messages';
import { propertyNames } from '../property-names';
import { blockName, numberRule } from '../read-block';
import { readNumber, readRange, type Reading } from '../read-number';
import type { Check, Report } from './check';

export const checkEntryNumbers: Check<NumberEntry | RangeEntry | ListEntry | Outliers> = (entry, report) => {
  const rule = numberRule(entry.$container, entry.key);
  if (rule === undefined) return;
  const words = `\`${entry.key}\``;
  switch (entry.$type) {
    case 'NumberEntry':
      return tell(readNumber(entry.value, rule, words), report);
    case 'RangeEntry':
      return tell(readRange(entry.range, rule, words), report);
    case 'ListEntry':
      return entry.values.forEach((value) => tell(readNumber(value, rule, words), report));
    case 'Outliers':
      return tell(readNumber(entry.share, rule, words), report);
  }
};

export const checkShareNumber: Check<Family> = (family, report) => {
  tell(readNumber(family.share, shareRule, `the share of \`${family.kind}\``), report);
};

export const checkDifferenceNumber: Check<DifferenceConstraint> = (constraint, report) => {
  tell(readNumber(constraint.limit, differenceRule, `the limit of \`difference(${constraint.property})\``), report);
};

export const checkFractionNumbers: Check<FractionConstraint> = (constraint, report) => {
  tell(readRange(constraint.range, fractionRule, "the design's fraction"), report);
};

export const checkBoundNumber: Check<BoundConstraint> = (constraint, report) => {
  const property = propertyNames[constraint.property];
  if (property !== undefined) tell(readNumber(constraint.value, propertyRules[property], `the bound of \`${constraint.property}\``), report);
};

function tell(reading: Reading<unknown>, report: Report): void {
  if (reading.ok) return;
  for (const { code, message, wayOut, node, at, fixes } of reading.troubles) {
    const entry = code === 'unknown-unit' ? nearestEntry(node) : undefined;
    const place = at === 'unit' ? { node, property: 'unit' } : { node };
    if (entry === undefined) report(code, message, wayOut, place, fixes);
    else report(code, message, `Did you mean the entry \`${entry}\`?`, place, [{ text: entry, preferred: true }]);
  }
}

/** In `size 800 resolutoin 128` the mistyped word stands where a unit may stand. */
function nearestEntry(node: Quantity): string | undefined {
  const holder = node.$container.$type === 'Range' ? node.$container.$container : node.$container;
  const block = 'key' in holder ? holder.$container : holder;
  if (block.$type === 'Family') return nearestWord(node.unit ?? '', [...entryWordsOf(familyRule(block)), ...entryWordsOf('Database')]);
  return nearestWord(node.unit ?? '', entryWordsOf(block.$type in caseParts ? 'Case' : block.$type));
}

const caseParts: Readonly<Record<string, true>> = { DifferenceConstraint: true, FractionConstraint: true, BoundConstraint: true };

function familyRule(family: Family): string {
  const name = blockName(family);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
