/* Figures S1 and S2: designs and topology optimization. */
import { casesOf } from './cases.mjs';
import { median } from '../results.mjs';
import { countText, formatCount, notRun, pText, table, valueText } from '../words.mjs';

const groupNames = { explained: 'designs from critical regions', control: 'designs of random patches', images: 'random images of the database' };

export function optimization(data) {
  const cases = casesOf(data, 'Optimized').filter(({ manifest }) => manifest.optimization);
  const parts = cases.map((each) => {
    const { number, property, manifest: { optimization: found } } = each;
    const rows = found.groups.map(({ name, runs, best, median, reached }) => [groupNames[name] ?? name, String(runs), valueText(property, best), valueText(property, median), ...reached.map((hit) => (hit.runs === 0 ? 'none' : `${formatCount(hit.runs, 'run')}, ${hit.iterations.toFixed(0)} iterations`))]);
    const targets = found.targets.map(({ share, value }) => `reach ${(100 * share).toFixed(1)} % of the best known, ${valueText(property, value)}`);
    const design = each.designs.find((row) => row.arm === 'explained' && row.feasible === 'true');
    return `### Case ${number}

${table(['optimizations that start from', 'runs', 'best', 'median', ...targets], rows)}

${[design ? nearness(design, found, property, each.objective.sense) : 'No explained design meets the constraints.', ...gains(found, each.objective.sense)].join(' ')}${found.comparisons.length === 0 ? '' : `\n\n${found.comparisons.map((comparison) => `- ${startsSentence(comparison)}`).join('\n')}`}`;
  });
  return `The paper finds designs that closely resemble the optima of topology optimization, and that optimizations reach a local optimum sooner from its designs than from random images.

${parts.length === 0 ? notRun('optimization') : `${parts.join('\n\n')}

Iterations are the expected number until a run reaches the value, counting runs that never do. All optimizations have the same filter, symmetry and schedule.`}`;
}

function nearness(design, { best }, property, sense) {
  const value = Number(design.objective_SI);
  if (!best) return 'No optimized cell meets the constraints.';
  const share = sense === 'maximize' ? value / best.objectiveValue : best.objectiveValue / value;
  return `The best design without any optimization has ${(100 * share).toFixed(1)} % of the best optimized value (${valueText(property, value)} and ${valueText(property, best.objectiveValue)}).`;
}

function gains({ refined }, sense) {
  const own = refined.filter(({ arm }) => arm === 'explained-refined');
  if (own.length === 0) return [];
  const changes = own.map(({ before, after }) => ((sense === 'maximize' ? 1 : -1) * (after - before)) / Math.abs(before)).sort((a, b) => a - b);
  return [`Of ${countText(own.length)} refined designs ${countText(changes.filter((change) => change > 0).length)} got better, by ${(100 * median(changes)).toFixed(1)} % in the median.`];
}

function startsSentence({ groups: [own, other], finalValues, hittingTimes }) {
  const [first, second] = [own, other].map((name) => groupNames[name] ?? name);
  const { superiority, pOneSided, pTwoSided } = finalValues;
  const final = superiority > 0.5 && pOneSided < 0.05 ? 'end better than' : superiority < 0.5 && pTwoSided < 0.05 ? 'end worse than' : 'end no differently from';
  const p = final === 'end better than' ? pOneSided : pTwoSided;
  const hits = hittingTimes.filter((test) => test !== null).at(0);
  const sooner = hits === undefined ? 'neither reaches the first value often enough to compare how soon' : hits.pOneSided < 0.05 && hits.events > hits.expected ? `they reach the first value sooner, ${pText(hits.pOneSided)}` : hits.pTwoSided < 0.05 ? `they reach the first value later, ${pText(hits.pTwoSided)}` : `they reach the first value neither sooner nor later beyond chance, ${pText(hits.pTwoSided)}`;
  return `Starts from ${first} ${final} starts from ${second} (${pText(p)}); ${sooner}.`;
}
