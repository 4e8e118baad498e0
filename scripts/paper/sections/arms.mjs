/* Figures S5, S6 and S11: the other construction, and images that are not exceptional. */
import { casesOf } from './cases.mjs';
import { summarize } from '../results.mjs';
import { stripPicture, stripsOf } from '../pictures.mjs';
import { comparisonSentence, countText, judgment, notRun, pairedSentence, percentText, table, valueText } from '../words.mjs';

/** Figures S5 and S6. */
export function constructions(data) {
  const cases = withArm(data, 'graph');
  const shown = cases.slice(0, 1).map((each) => {
    const strips = stripsOf(each.report).filter(({ name }) => name.startsWith('graph')).slice(0, 2);
    return strips.length === 0 ? '' : `${data.picture('figure-s5', `Redrawn cells of case ${each.number}`, stripPicture(each.report, strips))}\n\n`;
  });
  const mirrored = cases.filter((each) => judgment(each.comparison('graph')) === 'better').length;
  return `The paper’s other construction turns the skeleton into a graph and moves the nodes on the boundary until opposite edges match. The paper selects the mirror construction for its better performance.

${cases.length === 0 ? notRun('comparisons') : `${shown.join('')}${armTable(cases, { explained: 'mirrored', graph: 'redrawn' })}

${sentences(cases, 'graph', 'mirrored designs', 'redrawn designs')}

${cases.flatMap((each) => (each.comparison('graph').paired ? [`- Case ${each.number}, patch by patch: ${pairedSentence(each.comparison('graph').paired, 'the mirrored cell', 'the redrawn one')}`] : [])).join('\n')}

${mirrored === cases.length ? 'Mirroring is the better construction in every case that was run, as the paper says.' : `Mirroring is the better construction in ${mirrored} of ${cases.length} cases that were run; the paper says that it is better.`}`}`;
}

/** Figure S11. */
export function moderate(data) {
  const cases = withArm(data, 'moderate');
  const lower = cases.filter((each) => judgment(each.comparison('moderate')) === 'better').length;
  const beating = cases.filter((each) => each.arm('moderate').beatDatabase > 0).length;
  return `The paper also designs from images that are not exceptional. Their designs are not as good, but one of them still beats all images.

${cases.length === 0 ? notRun('comparisons') : `${armTable(cases, { explained: 'exceptional images', moderate: 'moderate images' })}

${sentences(cases, 'moderate', 'designs from exceptional images', 'designs from moderate images')}

${lower === cases.length ? 'Moderate images lead to worse designs in every case that was run, as in the paper' : `Moderate images lead to worse designs in ${lower} of ${cases.length} cases that were run`}; ${beating === 0 ? 'none of their designs beats all images' : `in ${beating} of ${cases.length} some of their designs beat all images`}.`}`;
}

function withArm(data, arm) {
  return casesOf(data, 'Arms').filter((each) => each.arm(arm) && each.comparison(arm));
}

function sentences(cases, arm, own, other) {
  return cases.map((each) => `- Case ${each.number}: ${comparisonSentence(each.comparison(arm), own, other)}`).join('\n');
}

/** A row per case and arm; `arms` are the names of the rows by those of the arms. */
function armTable(cases, arms) {
  const rows = cases.flatMap(({ number, property, objective, designs, arm }) => Object.entries(arms).map(([name, title]) => {
    const { attempts } = arm(name);
    const { best, ...sums } = summarize(designs.filter((row) => row.arm === name), objective.sense);
    return [String(number), title, countText(attempts), countText(sums.designs), sums.designs === 0 ? '–' : percentText(sums.feasible / sums.designs), countText(sums.beating), valueText(property, best?.objective_SI), valueText(property, sums.median)];
  }));
  return table(['case', 'designs from', 'attempts', 'designs', 'feasible', 'beat all images', 'best', 'median'], rows);
}
