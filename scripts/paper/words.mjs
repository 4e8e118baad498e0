/*
 * Numbers and sentences of the page. What a sentence says is chosen by the numbers, and which of two values is better and
 * how a number is written by the program's own rules, so the page says what its reports say.
 */
import { importSources } from '../build/import-sources.mjs';

const program = await importSources([
  "export { roughDurationText } from '#display/durations';",
  "export { countText, counted, fixed, percentText, probabilityStatement } from '#display/numbers';",
  "export { displayOf, propertyText } from '#display/properties';",
  "export { outcomeOfTest } from '#display/significance';",
  "export { isBetter } from '#domain/objective';",
]);

/** Digits after the point of values that are compared with those of the paper. */
const digits = { 'youngs-modulus': 1, 'poisson-ratio': 4, 'thermal-expansion': 3 };

/** With blanks that every reader of Markdown knows. */
function plain(text) {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

export function symbolOf(property) {
  return program.displayOf(property).symbol;
}

export function nameOf(property) {
  return program.displayOf(property).name;
}

/** A value of a property with its unit; a dash where there is none. */
export function valueText(property, value) {
  const number = value === undefined || value === null ? NaN : Number(value);
  return plain(program.propertyText(property, number, { ...program.displayOf(property, [number]), digits: digits[property] }));
}

export function countText(count) {
  return plain(program.countText(count));
}

export function formatCount(count, noun) {
  return plain(program.counted(count, noun));
}

/** A number with a minus sign; a dash where there is none. */
export function numberText(value, digits) {
  return value === undefined || value === null || !Number.isFinite(value) ? '–' : program.fixed(value, digits);
}

export function percentText(share, digits = 1) {
  return plain(program.percentText(share, digits));
}

/** `+10.2 %` of a value to a reference. */
export function changeText(value, reference) {
  const change = (value - reference) / Math.abs(reference);
  return `${change < 0 ? '' : '+'}${percentText(change)}`;
}

export function durationText(seconds) {
  return plain(program.roughDurationText(seconds));
}

export function memoryText(bytes) {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

export function pText(p) {
  return plain(program.probabilityStatement(p));
}

export function table(head, rows) {
  return [row(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n');
}

export function row(cells) {
  return `| ${cells.join(' | ')} |`;
}

/** What stands in the place of a duration that is not known yet. */
export const notRunCell = 'not run';

/** What stands in a section whose part was not run. */
export function notRun(part) {
  return `Not run yet: \`npm run paper -- --only ${part}\`.`;
}

/** Whether a text of the page says so. */
export function wasNotRun(text) {
  return text.includes('Not run yet: ') || text.includes(`| ${notRunCell} |`);
}

/** Whether a value is better than another one. */
export function isBetter(sense, value, other) {
  return program.isBetter({ sense }, value, other);
}

/** Whether the first of two compared arms is better, by the test that counts each source image once. */
export function judgment({ byImage }) {
  return byImage === undefined ? 'unknown' : program.outcomeOfTest(byImage);
}

/** One sentence about two compared arms. */
export function comparisonSentence(comparison, own, other) {
  const { superiority, byImage } = comparison;
  const verdict = judgment(comparison);
  if (verdict === 'unknown') return `There are too few ${own} and ${other} for a test.`;
  const chance = `a design of the first kind beats one of the second with probability ${superiority.toFixed(2)} (1/2 is chance), counted by source image ${byImage.superiority.toFixed(2)}`;
  const p = pText(verdict === 'better' ? byImage.pOneSided : byImage.pTwoSided);
  const claim = { better: `${own} are better than ${other}`, worse: `${own} are worse than ${other}`, 'no-difference': `${own} and ${other} do not differ beyond chance` }[verdict];
  return `${claim[0].toUpperCase()}${claim.slice(1)}: ${chance}, ${p}.`;
}

/** One sentence about a value and the best image of the database. */
export function bestSentence(property, sense, best, image, limitPercent) {
  if (best === undefined) return 'No design meets the constraints.';
  const better = isBetter(sense, best, image);
  const limit = limitPercent === undefined ? '' : `, ${Number(limitPercent).toFixed(1)} % of the physical limit at its own fraction`;
  return `The best design has ${symbolOf(property)} ${valueText(property, best)}${limit}; the best image has ${valueText(property, image)}, so the design is ${better ? 'better' : 'not better'} (${changeText(best, image)}).`;
}

/** One sentence about two constructions of the same patches. */
export function pairedSentence({ patches, bothFeasible, firstBetter, secondBetter, valuesByImage, feasibleByImage }, first, second) {
  return `Of ${countText(patches)} patches, ${countText(bothFeasible)} give a cell that meets the constraints either way: ${first} is better in ${countText(firstBetter)}, ${second} in ${countText(secondBetter)} (signed ranks by image: values ${pText(valuesByImage.pTwoSided)}, which of the two meets the constraints ${pText(feasibleByImage.pTwoSided)}).`;
}
