/* Figures 3 to 6. */
import { casesOf } from './cases.mjs';
import { periodicValues } from '../results.mjs';
import { scatterPicture, stepsPicture, stripPicture, stripsOf } from '../pictures.mjs';
import { bestSentence, countText, nameOf, notRun, numberText, percentText, symbolOf, table, valueText } from '../words.mjs';

export function figure3(data) {
  const shown = casesOf(data).map((each) => {
    const steps = stripsOf(each.report).flatMap(({ steps }) => steps.filter(({ title }) => title === 'critical region')).slice(0, 3);
    return steps.length === 0 ? `(Case ${each.number} has no strips.)` : data.picture(`figure-3-${each.name.toLowerCase()}`, `Activation maps of case ${each.number} over their images`, stepsPicture(each.report, steps));
  });
  const rows = casesOf(data).flatMap(({ number, manifest: { faithfulness } }) =>
    faithfulness.maps.map(({ layer, direction, correlation, randomized }) => {
      const trial = faithfulness.perturbation.find(({ ranking }) => ranking === layer)?.finiteElements?.deletionGain;
      return [String(number), `${layer}, ${direction}`, numberText(correlation.mean, 2), numberText(randomized.at(-1)?.mean, 2), trial ? `${trial.better} of ${faithfulness.images.length}` : '–'];
    }));
  return `The paper shows two heat maps of Grad-RAM and reads them as the regions that matter. It does not test them.

${shown.length === 0 ? notRun('cases') : `${shown.join('\n\n')}

We test maps by the finite elements: the rank correlation with the exact derivative of the property, what is left of the map when all weights are random, and in how many images replacing the squares that the map ranks first changes the property more than replacing shifted ones.

${table(['case', 'layer, direction', 'correlation with the derivative', 'with all weights random', 'better than shifted squares'], rows)}`}`;
}

export function figure4and5(data) {
  const shown = casesOf(data).map((each) => {
    const strips = stripsOf(each.report).filter(({ name }) => name.startsWith('design')).slice(0, 2);
    return strips.length === 0 ? `(Case ${each.number} has no strips.)` : data.picture(`figure-5-${each.name.toLowerCase()}`, `From image to design in case ${each.number}`, stripPicture(each.report, strips));
  });
  return `The paper takes the skeleton of the white phase in the critical region as a quarter of the cell, mirrors it and adds white pixels until the fraction fits. So do we; the region’s square is the quarter.

${shown.length === 0 ? notRun('cases') : shown.join('\n\n')}`;
}

export function figure6(data) {
  const parts = casesOf(data).map((each) => {
    const { number, property, manifest, objective } = each;
    const arm = manifest.arms[0];
    const row = each.designs.find((design) => design.arm === arm.name && design.feasible === 'true');
    const differing = each.designs.filter((design) => design.arm === arm.name).length - arm.feasible;
    const claim = arm.designs === 0 ? 'No critical region gave a design.' : `${countText(arm.beatDatabase)} of ${countText(arm.designs)} designs meet all constraints and beat every one of the ${countText(manifest.database.count)} images${differing > 0 ? `; ${percentText(differing / arm.designs)} of the designs miss a constraint` : ''}.`;
    const periodic = row && periodicSentence(row, property);
    return `### Case ${number}: ${nameOf(property)}

${data.picture(`figure-6-${each.name.toLowerCase()}`, `All images and designs of case ${number} by their ${nameOf(property)} along x and y`, scatterPicture(each.report))}

${claim} ${bestSentence(property, objective.sense, row && Number(row.objective_SI), manifest.database.best.objectiveValue, row?.percent_of_limit || undefined)}${periodic ? ` ${periodic}` : ''}`;
  });
  const beaten = casesOf(data).filter(({ manifest }) => manifest.arms[0].beatDatabase > 0).map(({ number }) => number);
  return `The paper plots its designs among all its images and finds designs that surpass every image in all three cases. Its text gives no values.

${parts.length === 0 ? notRun('cases') : `${parts.join('\n\n')}

${beaten.length === parts.length ? `We find the same in ${parts.length === 3 ? 'all three cases' : `the ${parts.length} cases that were run`}.` : beaten.length === 0 ? 'We do not find this in any case.' : `We find this in case${beaten.length > 1 ? 's' : ''} ${beaten.join(' and ')} alone.`}`}`;
}

/** A design is tested once more as a periodic cell, where the case's own test is another one. */
function periodicSentence(row, property) {
  const values = periodicValues(row, property);
  return values.length < 2 ? undefined : `As an infinite periodic cell it has ${symbolOf(property)} ${values.map((value) => valueText(property, value)).join(' and ')} along x and y.`;
}
