import { pixelsInWindow, widenedWindow, type Interval } from '#domain/intervals';
import { limitInWindow, type AttainableLimit } from '#domain/limits';
import type { Property } from '#domain/objective';
import { formatNumber, formatQuantity } from '#units/format-quantity';
import type { Dimension, Quantity as SiQuantity } from '#units/quantity';
import { propertyRules } from '#language/entries/entries';
import type { BoundConstraint, Case } from '#language/generated/ast';
import { propertyNames } from '#language/entries/entries';
import { readBlock } from '#language/entries/read-block';
import { allEntries, constructionOf, databaseOf, designFractionOf, firstEntry, materialOfPhase, planeOf, testOf } from '#language/specification/read-case';
import { readNumber, show } from '#language/entries/read-number';
import type { Check, ProposedFix, Report } from '#language/findings';

/** `fraction-window-too-narrow`, `fraction-outside-database` */
export const checkDesignFraction: Check<Case> = (node, report) => {
  const database = databaseOf(node);
  const design = designFractionOf(node);
  if (database === undefined || design === undefined) return;
  const reader = readBlock('database', database);
  const resolution = reader.number('resolution');
  const constraint = firstEntry(node, 'FractionConstraint');
  const place = constraint !== undefined ? { node: constraint, property: 'range' } : { node: firstEntry(node, 'Source')!, property: 'database' };
  if (resolution !== undefined && Number.isInteger(Math.log2(resolution)) && pixelsInWindow(design, resolution, pixelsAtATime(node)) === undefined) {
    const isMirrored = constructionOf(node) === 'mirror';
    const message = `No ${isMirrored ? 'mirrored ' : ''}cell of ${resolution} × ${resolution} pixels has a fraction in this range${isMirrored ? ': mirroring adds white pixels four at a time' : ''}.`;
    const wider = widenedWindow(design, resolution, pixelsAtATime(node));
    const fix: ProposedFix = constraint !== undefined ? { text: wider } : { title: `Add \`subject to fraction in ${wider}\``, entry: `subject to fraction in ${wider}`, into: node };
    report('fraction-window-too-narrow', message, constraint !== undefined ? `Use a wider range, such as \`${wider}\`.` : `Write \`subject to fraction in ${wider}\`, or widen that of the database.`, place, [fix]);
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

/** Mirrored cells have a whole number of pixels in a quarter. */
function pixelsAtATime(node: Case): number {
  return constructionOf(node) === 'mirror' ? 4 : 1;
}

/**
 * `fraction-beyond-thickening`: a strut is at least √2 pixels wide in the cell, or in the quarter that is mirrored, or
 * it breaks into pieces; the same holds for a gap between two struts.
 */
export const checkThickening: Check<Case> = (node, report) => {
  const database = databaseOf(node);
  const window = designFractionOf(node);
  const resolution = database === undefined ? undefined : readBlock('database', database).number('resolution');
  const source = firstEntry(node, 'Source');
  if (window === undefined || resolution === undefined || source === undefined) return;
  const thinnest = Math.SQRT2 / (constructionOf(node) === 'mirror' ? resolution / 2 : resolution);
  const constraint = firstEntry(node, 'FractionConstraint');
  const place = constraint !== undefined ? { node: constraint, property: 'range' } : { node: source, property: 'database' };
  if (window.upper < thinnest) {
    const message = `One strut across a cell of ${resolution} × ${resolution} pixels takes ${percent(thinnest)}, more than this range: designs break into pieces.`;
    report('fraction-beyond-thickening', message, 'Raise the fraction, or `resolution`.', place);
  } else if (window.lower > 1 - thinnest) {
    const message = `Struts that leave less than ${percent(thinnest)} of ${resolution} × ${resolution} pixels black merge and lose their shape.`;
    report('fraction-beyond-thickening', message, 'Lower the fraction, or raise `resolution`.', place);
  }
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

  const [white, black] = [materialOfPhase(node, 'white'), materialOfPhase(node, 'black')];
  const [window, test] = [designFractionOf(node), testOf(node)];
  if (white === undefined || black === undefined || window === undefined || test === undefined) return;
  for (const { constraint, property, value } of bounds) {
    const sense = constraint.relation === '>' ? 'maximize' : 'minimize';
    // A bound counts in both directions.
    const limit = limitInWindow({ phases: { white, black }, plane: planeOf(node), test, property, sense }, window);
    // With the free edges of a test, a design may exceed a limit of periodic cells.
    if (limit === undefined || limit.attainability === 'periodic') continue;
    if (sense === 'maximize' ? value >= limit.value : value <= limit.value) reportReach(constraint, property, value, limit, window, report);
  }
};

const beyondWords: Readonly<Record<Property, { readonly '>': string; readonly '<': string }>> = {
  'youngs-modulus': { '>': 'is stiffer', '<': 'is softer' },
  'poisson-ratio': { '>': "has a larger Poisson's ratio", '<': "has a smaller Poisson's ratio" },
  'thermal-expansion': { '>': 'expands more', '<': 'expands less' },
};

function reportReach(constraint: BoundConstraint, property: Property, value: number, limit: AttainableLimit, window: Interval, report: Report): void {
  const share = `${percent(window.lower)} .. ${percent(window.upper)}`;
  const { dimension } = propertyRules[property];
  const reached = formatQuantity(within(limit.value, constraint.relation) as SiQuantity<Dimension>, dimension);
  const shown = dimension === 'expansion' ? reached.replace(' /K', ' 1/K') : reached;
  const contracts = property === 'thermal-expansion' && value <= 0 && limit.value > 0;
  const levin = contracts ? ' Two phases that expand cannot make a cell that contracts in both directions (Levin 1967).' : '';
  const message = `No cell of the two phases with ${share} white ${beyondWords[property][constraint.relation]} than ${shown} in both directions (${limit.name}).${levin}`;
  report('bound-out-of-reach', message, `Use a bound of \`${shown}\` or ${constraint.relation === '>' ? 'less' : 'more'}.`, { node: constraint, property: 'value' }, [{ text: shown }]);
}

/** The limit rounded to four digits on the attainable side, so that the reported value is a valid bound. */
function within(limit: number, relation: '<' | '>'): number {
  const rounded = Number(limit.toPrecision(4));
  if (relation === '>' ? rounded < limit : rounded > limit) return rounded;
  const [mantissa, exponent] = (limit === 0 ? 1 : limit).toExponential(3).split('e') as [string, string];
  const step = limit === 0 ? 1e-6 : 10 ** (Number(exponent) - 3);
  return Number(((limit === 0 ? 0 : Number(`${mantissa}e${exponent}`)) + (relation === '>' ? -step : step)).toPrecision(4));
}

function percent(share: number): string {
  return `${formatNumber(100 * share, 6)}%`;
}
