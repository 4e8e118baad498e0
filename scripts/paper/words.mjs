/* Numbers and sentences of the page. What a sentence says is chosen by the numbers. */

const significant = 0.05;

const properties = {
  'youngs-modulus': { symbol: 'E', name: 'Young’s modulus', text: (value) => `${(value / 1e9).toFixed(1)} GPa` },
  'poisson-ratio': { symbol: 'ν', name: 'Poisson’s ratio', text: (value) => value.toFixed(4) },
  'thermal-expansion': { symbol: 'α', name: 'thermal expansion', text: (value) => `${(value * 1e6).toFixed(3)} × 10⁻⁶/K` },
};

export function symbolOf(property) {
  return properties[property].symbol;
}

export function nameOf(property) {
  return properties[property].name;
}

/** A value of a property with its unit; a dash where there is none. */
export function valueText(property, value) {
  return value === undefined || value === null || !Number.isFinite(Number(value)) ? '–' : properties[property].text(Number(value));
}

export function countText(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
}

export function formatCount(count, noun) {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A number with a minus sign; a dash where there is none. */
export function numberText(value, digits) {
  return value === undefined || value === null || !Number.isFinite(value) ? '–' : value.toFixed(digits).replace('-', '−');
}

export function percentText(share, digits = 1) {
  return `${(100 * share).toFixed(digits)} %`;
}

/** `+10.2 %` of a value to a reference. */
export function changeText(value, reference) {
  const change = (100 * (value - reference)) / Math.abs(reference);
  return `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(1)} %`;
}

export function durationText(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = seconds / 3600;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}

export function memoryText(bytes) {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

export function pText(p) {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Whether a value is better than another one. */
export function isBetter(sense, value, other) {
  return sense === 'maximize' ? value > other : value < other;
}

/** Whether the first of two compared arms is better, by the test that counts each source image once. */
export function judgment({ byImage }) {
  if (byImage === undefined) return 'unknown';
  if (byImage.superiority > 0.5 && byImage.pOneSided < significant) return 'better';
  return byImage.superiority < 0.5 && byImage.pTwoSided < significant ? 'worse' : 'no difference';
}

/** One sentence about two compared arms. */
export function comparisonSentence(comparison, own, other) {
  const { superiority, byImage } = comparison;
  const verdict = judgment(comparison);
  if (verdict === 'unknown') return `There are too few ${own} and ${other} for a test.`;
  const chance = `a design of the first kind beats one of the second with probability ${superiority.toFixed(2)} (1/2 is chance), counted by source image ${byImage.superiority.toFixed(2)}`;
  const p = pText(verdict === 'better' ? byImage.pOneSided : byImage.pTwoSided);
  const claim = { better: `${own} are better than ${other}`, worse: `${own} are worse than ${other}`, 'no difference': `${own} and ${other} do not differ beyond chance` }[verdict];
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
