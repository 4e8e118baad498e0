/* Figure S7 and section 6 of the Supplementary Information, from the cases themselves. */
import { casesOf } from './cases.mjs';
import { summarize } from '../results.mjs';
import { countText, notRun, table, valueText } from '../words.mjs';

export function fractions(data) {
  const rows = casesOf(data).map(({ number, manifest, designs }) => {
    const values = designs.filter(({ arm }) => arm === manifest.arms[0].name).map((row) => Number(row.volume_fraction)).sort((a, b) => a - b);
    const { lower, upper } = manifest.settings.construct.fraction;
    const inside = values.filter((value) => value >= lower && value <= upper).length;
    return [String(number), `${lower} .. ${upper}`, values.length === 0 ? '–' : `${values[0].toFixed(4)} .. ${values.at(-1).toFixed(4)}`, `${countText(inside)} of ${countText(values.length)}`];
  });
  return `The paper adds white pixels to the skeleton until the fraction is between 0.39 and 0.40.

${rows.length === 0 ? notRun('cases') : table(['case', 'wanted', 'fractions of our designs', 'inside'], rows)}`;
}

export function thresholds(data) {
  const parts = casesOf(data).map(({ number, property, manifest, designs, objective }) => {
    const own = designs.filter(({ arm, threshold }) => arm === manifest.arms[0].name && threshold !== '');
    const groups = (column) => [...new Set(own.map((row) => row[column]))].sort();
    const rows = groups('layer').flatMap((layer) => groups('threshold').map((threshold) => {
      const members = own.filter((row) => row.layer === layer && row.threshold === threshold);
      const { best, ...sums } = summarize(members, objective.sense);
      const edges = members.map((row) => Number(row.patch_edge_px));
      return { layer, threshold: Number(threshold), sums, cells: [layer, threshold, countText(sums.designs), edges.length === 0 ? '–' : (edges.reduce((a, b) => a + b, 0) / edges.length).toFixed(0), valueText(property, sums.median), valueText(property, best?.objective_SI), countText(sums.beating)] };
    })).filter(({ sums }) => sums.designs > 0);
    return `### Case ${number}

${rows.length === 0 ? 'There are no designs.' : `${table(['layer', 'threshold', 'designs', 'mean edge of the square, pixels', 'median', 'best', 'beat all images'], rows.map(({ cells }) => cells))}

${trend(rows, objective.sense)}`}`;
  });
  return `The paper finds that a higher threshold, so a smaller critical region, generally leads to better designs, and warns of regions too small to mean anything. Here each threshold of a case gives designs of its own.

${parts.length === 0 ? notRun('cases') : parts.join('\n\n')}`;
}

/** Whether the median follows the threshold, by layer. */
function trend(rows, sense) {
  const layers = [...new Set(rows.map(({ layer }) => layer))];
  return layers.map((layer) => {
    const medians = rows.filter((row) => row.layer === layer).toSorted((a, b) => a.threshold - b.threshold).map(({ sums }) => (sense === 'maximize' ? sums.median : -sums.median));
    if (medians.length < 3) return `Layer \`${layer}\` has too few thresholds with designs for a trend.`;
    const steps = medians.slice(1).map((value, i) => Math.sign(value - medians[i]));
    const up = steps.filter((step) => step > 0).length;
    const claim = up === steps.length ? 'With each higher threshold the median gets better, as the paper says' : up === 0 ? 'With each higher threshold the median gets worse, against what the paper says' : `The median gets better in ${up} of ${steps.length} steps to a higher threshold${medians.at(-1) > medians[0] ? ', and is better at the highest than at the lowest' : ', and is not better at the highest than at the lowest'}`;
    return `Layer \`${layer}\`: ${claim}.`;
  }).join(' ');
}
