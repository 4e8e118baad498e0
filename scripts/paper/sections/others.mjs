/* Section 5 of the Supplementary Information, and designs from the literature. */
import { basename } from 'node:path';
import { casesOf } from './cases.mjs';
import { periodicValues, readRecords, summarize } from '../results.mjs';
import { changeText, comparisonSentence, countText, isBetter, nameOf, notRun, numberText, table, valueText } from '../words.mjs';

/** Other materials and a smaller database. */
export function otherMaterials(data) {
  const file = 'other-materials.xdesign';
  const names = [...new Set(readRecords(data.folder).filter(({ specification }) => basename(specification.place.file) === file).map(({ specification }) => specification.case.name))].sort();
  const cases = names.flatMap((name) => data.case(name) ?? []);
  const rows = cases.map(({ name, manifest, designs, objective }) => {
    const [own] = manifest.arms;
    const { best, ...sums } = summarize(designs.filter(({ arm }) => arm === own.name), objective.sense);
    const { white, black } = manifest.settings.phases;
    return [name, `${white.name} in ${black.name}`, countText(manifest.database.count), numberText(Math.min(...manifest.learning.quality.map(({ r2 }) => r2)), 4), countText(sums.designs), countText(sums.beating), valueText(objective.property, best?.objective_SI), best ? changeText(Number(best.objective_SI), manifest.database.best.objectiveValue) : '–'];
  });
  const sentences = cases.flatMap((each) => (each.comparison('control') ? [`- ${each.name}: ${comparisonSentence(each.comparison('control'), 'designs from critical regions', 'designs of random patches')}`] : []));
  return `The paper repeats its method with other constituents and a smaller dataset, and calls it adaptable.

${rows.length === 0 ? notRun('other-materials') : `${table(['case', 'white in black', 'images', 'lowest R²', 'designs', 'beat all images', 'best', 'against the best image'], rows)}

${sentences.join('\n')}`}`;
}

/** Pictures drawn after the literature, as an arm of a case; undefined while no case has one. */
export function literature(data) {
  const cases = casesOf(data, 'Arms').filter(({ arm }) => arm('pictures'));
  const parts = cases.map((each) => {
    const { number, property, designs, objective } = each;
    const rows = designs.filter(({ arm }) => arm === 'pictures').map((row) => [row.picture ? basename(row.picture, '.png') : row.file, Number(row.volume_fraction).toFixed(4), valueText(property, row.objective_SI), periodic(row, property, objective.sense), row.feasible === 'true' ? 'yes' : 'no']);
    const own = summarize(designs.filter(({ arm }) => arm === each.manifest.arms[0].name), objective.sense).best;
    const other = summarize(designs.filter(({ arm }) => arm === 'pictures'), objective.sense).best;
    const verdict = !own || !other ? `${own ? 'No picture' : 'No design'} meets the constraints, so there is nothing to compare.` : isBetter(objective.sense, Number(own.objective_SI), Number(other.objective_SI)) ? 'The best design is better than every picture that meets the constraints.' : 'The best picture that meets the constraints is better than the best design.';
    return `### Case ${number}: ${nameOf(property)}

${table(['picture', 'fraction', 'the case’s own test', 'as a periodic cell', 'meets the constraints'], rows)}

${verdict}`;
  });
  return parts.length === 0 ? undefined : `For the expansion, the paper compares its designs with designs of two phases from the literature and finds its own superior. It does not list their values in its text. Ours are drawn from published geometry.

${parts.join('\n\n')}`;
}

function periodic(row, property, sense) {
  const values = periodicValues(row, property);
  return values.length < 2 ? '–' : valueText(property, sense === 'maximize' ? Math.min(...values) : Math.max(...values));
}
