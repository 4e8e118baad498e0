/* The grammar must write its words out; those that the whole program shares are the domain's, no more and no fewer. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { comparedArms, masks, mirrorAxes, patchConstructions, thinnings } from '#domain/arms';
import { contributions, explainMethods, intersections } from '#domain/explanation';
import { augmentations, backendChoices, directionSharing, optimizers, schedules } from '#domain/learning';
import { planeAssumptions } from '#domain/materials';
import { cellKinds, families, overlaps, spectralDensities, syntheses } from '#domain/microstructures';
import { namedLayers, networks, stageEnds } from '#domain/networks';
import { directions, properties, senses } from '#domain/objective';
import { optimizationSymmetries, sourceKeywords } from '#domain/optimization';
import { virtualTests } from '#domain/virtual-tests';
import { propertyNames } from '#language/entries/entries';
import { root } from './read-fixture';

const grammar = readFileSync(`${root}/language/src/xdesign.langium`, 'utf8');

/** The words behind the first place that looks so. */
function wordsAfter(start: string): string[] {
  const [, words] = new RegExp(`${start}\\s*\\(?((?:\\s*'[^']+'\\s*\\|?)+)`).exec(grammar) ?? [];
  return [...(words ?? '').matchAll(/'([^']+)'/g)].map(([, word]) => word!).toSorted();
}

test.each<[string, readonly string[]]>([
  ['Overlap returns string:', overlaps],
  ['Kind returns string:', cellKinds],
  ['Density returns string:', [...spectralDensities, 'mixed']],
  ['Synthesis returns string:', syntheses],
  ['Optimizer returns string:', optimizers],
  ['Schedule returns string:', schedules],
  ['Directions returns string:', directionSharing],
  ['Augment returns string:', augmentations],
  ['Backend returns string:', backendChoices],
  ['Intersect returns string:', intersections],
  ['Contribution returns string:', contributions],
  ['Mask returns string:', masks],
  ['Thinning returns string:', thinnings],
  ['Axes returns string:', mirrorAxes],
  ['Network returns string:', networks],
  ['Method returns string:', explainMethods.map((method) => method.replaceAll('-', ''))],
  // What optimizes is a comparison or a refinement.
  ['Construction returns string:', patchConstructions],
  ['Symmetry returns string:', optimizationSymmetries],
  ['StartSource returns string:', sourceKeywords],
  ["'test' kind=", virtualTests],
  ["'plane' state=", planeAssumptions.map((plane) => plane.replace('plane-', ''))],
  ['sense=', senses],
  ['Direction returns string:', directions],
])('%s', (start, words) => {
  expect(wordsAfter(start)).toEqual([...words].toSorted());
});

test('families, comparisons, properties and layers', () => {
  const compared = [...grammar.matchAll(/arm=\(?((?:'[a-z-]+'[ |]*)+)/g)].flatMap(([, words]) => [...words!.matchAll(/[a-z-]+/g)].map(([word]) => word));
  expect(compared.toSorted()).toEqual(Object.keys(comparedArms).toSorted());
  expect([...grammar.matchAll(/kind='([a-z]+)' share=/g)].map(([, word]) => word)).toEqual([...families]);
  expect(Object.values(propertyNames)).toEqual([...properties]);
  expect(wordsAfter('Property returns string:')).toEqual(Object.keys(propertyNames).toSorted());
  // Deeper layers have names of a form of their own.
  const named = new Set(networks.flatMap((network) => [...namedLayers(network).keys()]));
  expect(wordsAfter('Layer returns string:')).toEqual([...named].filter((name) => !name.includes('.')).toSorted());
  expect([...named]).toEqual(expect.arrayContaining([...stageEnds]));
});
