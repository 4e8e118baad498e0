import { formatNumber, formatQuantity } from '#units/format-quantity';
import type { Quantity as SiQuantity } from '#units/quantity';
import { propertyRules } from '../entries';
import type { BoundConstraint, Case } from '#language/generated/ast';
import { propertyNames } from '../property-names';
import { readBlock } from '../read-block';
import { allEntries, databaseOf, designFractionOf, firstEntry, phaseOf, planeOf, readMaterial } from '../read-case';
import { readNumber, show } from '../read-number';
import type { IntervalSpecification } from '../specification';
import type { Check, Report } from './check';
import { pixelsInWindow } from './pixels-in-window';
import { stiffnessLimits } from './stiffness-limits';

/** `fraction-window-too-narrow`, `fraction-outside-database` */
export const checkDesignFraction: Check<Case> = (node, report) => {
  const database = databaseOf(node);
  const design = designFractionOf(node);
  if (database === undefined || design === undefined) return;
  const reader = readBlock('database', database);
  const resolution = reader.number('resolution');
  const constraint = firstEntry(node, 'FractionConstraint');
  const place = constraint !== undefined ? { node: constraint, property: 'range' } : { node: firstEntry(node, 'Source')!, property: 'database' };
  if (resolution !== undefined && Number.isInteger(Math.log2(resolution)) && pixelsInWindow(design, resolution, 4) === undefined) {
    const message = `No mirrored cell of ${resolution} × ${resolution} pixels has a fraction in this window: its white pixels come in fours.`;
    report('fraction-window-too-narrow', message, `Make it at least ${formatNumber(4 / resolution ** 2)} wide.`, place);
  }
  const drawn = reader.range('fraction');
  if (constraint === undefined || drawn === undefined) return;
  if (design.lower >= drawn.lower && design.upper <= drawn.upper) return;
  report(
    'fraction-outside-database',
    `Designs may have fractions that no image of \`${database.name}\` has (${percent(drawn.lower)} .. ${percent(drawn.upper)}), so comparing them is unfair.`,
    'Widen the fraction of the database, or narrow this one.',
    place,
  );
};

/** `contradicting-bounds`, `bound-out-of-reach` */
export const checkBounds: Check<Case> = (node, report) => {
  const bounds = allEntries(node, 'BoundConstraint').flatMap((constraint) => {
    const property = propertyNames[constraint.property];
    const reading = property === undefined ? undefined : readNumber(constraint.value, propertyRules[property], 'bound');
    return property !== undefined && reading?.ok === true ? [{ constraint, property, value: reading.value }] : [];
  });
  for (const upper of bounds) {
    const lower = bounds.find((each) => each.property === upper.property && each.constraint.relation === '>' && each.value >= upper.value);
    if (upper.constraint.relation !== '<' || lower === undefined) continue;
    const rule = propertyRules[upper.property];
    const message = `\`${upper.constraint.property}\` cannot be above ${show(lower.value, rule)} and below ${show(upper.value, rule)}.`;
    report('contradicting-bounds', message, 'Change one of the two.', { node: upper.constraint, property: 'value' });
  }

  const [white, black] = [readMaterial(phaseOf(node, 'white')?.material?.ref), readMaterial(phaseOf(node, 'black')?.material?.ref)];
  const fraction = designFractionOf(node);
  if (white === undefined || black === undefined || fraction === undefined) return;
  const limits = stiffnessLimits(white, black, fraction, planeOf(node));
  for (const { constraint, property, value } of bounds) {
    if (property === 'youngs-modulus') checkReach(constraint, value, limits, fraction, report);
  }
};

function checkReach(constraint: BoundConstraint, value: number, limits: IntervalSpecification, fraction: IntervalSpecification, report: Report): void {
  const wanted = constraint.relation === '>' ? { beyond: value >= limits.upper, limit: limits.upper, word: 'stiffer' } : { beyond: value <= limits.lower, limit: limits.lower, word: 'softer' };
  if (!wanted.beyond) return;
  const share = `${percent(fraction.lower)} .. ${percent(fraction.upper)}`;
  const limit = formatQuantity(wanted.limit as SiQuantity<'stress'>, 'stress');
  const message = `No arrangement of the two phases with ${share} white is ${wanted.word} than ${limit}.`;
  report('bound-out-of-reach', message, `Give a bound ${constraint.relation === '>' ? 'below' : 'above'} it.`, { node: constraint, property: 'value' });
}

function percent(share: number): string {
  return `${formatNumber(100 * share, 6)}%`;
}
