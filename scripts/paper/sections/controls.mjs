/* What the paper does not show: designs of random patches, and the physical limit. */
import { casesOf } from './cases.mjs';
import { summarize } from '../results.mjs';
import { comparisonSentence, countText, judgment, notRun, table, valueText } from '../words.mjs';

export function controls(data) {
  const cases = casesOf(data);
  const rows = cases.flatMap(({ number, property, manifest, designs, objective }) =>
    manifest.arms.filter(({ name }) => ['explained', 'control'].includes(name)).map(({ name }) => {
      const { best, ...sums } = summarize(designs.filter(({ arm }) => arm === name), objective.sense);
      return [String(number), name === 'control' ? 'random patches' : 'critical regions', countText(sums.designs), countText(sums.feasible), countText(sums.beating), valueText(property, best?.objective_SI), best?.percent_of_limit ? `${Number(best.percent_of_limit).toFixed(1)} %` : '–', valueText(property, sums.median)];
    }));
  const sentences = cases.flatMap((each) => {
    const comparison = each.comparison('control');
    return comparison ? [`- Case ${each.number}: ${comparisonSentence(comparison, 'designs from critical regions', 'designs of random patches')}`] : [];
  });
  const limits = cases.map(({ number, manifest }) => (manifest.limits.length === 0 ? `- Case ${number}: there is no limit.` : `- Limit of case ${number}: ${manifest.limits[0].name}. ${manifest.limits[0].condition}`));
  const verdicts = cases.flatMap((each) => (each.comparison('control') ? [judgment(each.comparison('control'))] : []));
  const better = verdicts.filter((verdict) => verdict === 'better').length;
  return `The paper compares its designs with images. But a mirrored, thickened skeleton may beat images whatever it was cut from. So each case also makes as many designs from squares of the same sizes at random places of the same images. \`% of limit\` is the share of what physics allows at the design’s own fraction; for an expansion it is the smallest possible value over the design’s.

${rows.length === 0 ? notRun('cases') : `${table(['case', 'designs from', 'designs', 'feasible', 'beat all images', 'best', 'of the limit', 'median'], rows)}

${limits.join('\n')}

${sentences.join('\n')}

${better === verdicts.length ? 'Critical regions are worth more than random patches in every case that was run.' : better === 0 ? 'Critical regions are not worth more than random patches in any case.' : `Critical regions are worth more than random patches in ${better} of ${verdicts.length} cases; in the other${verdicts.length - better > 1 ? 's' : ''}, that designs beat images is due to the construction.`}`}`;
}
