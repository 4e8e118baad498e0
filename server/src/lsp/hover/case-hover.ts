import { AstUtils } from 'langium';
import { twoPhases, uniformYoung } from '#domain/bounds';
import { limitInWindow, type AttainableLimit } from '#domain/limits';
import type { Property } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { formatNumber, formatQuantity } from '#units/format-quantity';
import type { Dimension, Quantity as SiQuantity } from '#units/quantity';
import { propertyRules } from '#language/entries';
import type { Case } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imported-documents';
import { designFractionOf, firstEntry, materialOfPhase, objectiveProperty, planeOf, testOf } from '#language/read-case';
import type { LastResults } from '../../last-results';
import { specificationOf } from '../case-specification';

const attainabilities: Readonly<Record<AttainableLimit['attainability'], string>> = {
  attained: 'laminates come as near as one likes',
  bound: 'whether a cell reaches it is not known',
  periodic: 'free edges may let a cell pass it a little',
};

/** A case with the bounds of its objective and what it has reached so far. */
export function caseHover(node: Case, results: LastResults): string | undefined {
  const objective = firstEntry(node, 'Objective');
  const property = objectiveProperty(node);
  const [white, black] = [materialOfPhase(node, 'white'), materialOfPhase(node, 'black')];
  const [window, test] = [designFractionOf(node), testOf(node)];
  if (objective === undefined || property === undefined || white === undefined || black === undefined || window === undefined || test === undefined) return undefined;

  const [phases, plane] = [{ white, black }, planeOf(node)];
  const percent = (share: number): string => formatQuantity(share as SiQuantity<'share'>, 'share');
  const head = `**${node.name}**: ${objective.sense} ${objective.property} along ${objective.directions.join(', ')} with ${percent(window.lower)} .. ${percent(window.upper)} white`;
  const rows: string[] = [];
  const tests: readonly VirtualTestKind[] = test === 'heating' && property === 'thermal-expansion' ? ['heating', 'periodic'] : [test];
  for (const each of tests) {
    const limit = limitInWindow({ phases, plane, test: each, property, sense: objective.sense, directions: objective.directions }, window);
    if (limit !== undefined) rows.push(`| limit, \`test ${each}\` | ${show(limit.value, property)} | ${limit.name}; ${attainabilities[limit.attainability]} |`);
  }
  if (property === 'youngs-modulus') {
    const [low, high] = [uniformYoung(twoPhases(phases, plane, window.lower)), uniformYoung(twoPhases(phases, plane, window.upper))];
    rows.push(`| any arrangement | ${show(Math.min(low.lower, high.lower), property)} .. ${show(Math.max(low.upper, high.upper), property)} | uniform stress (Reuss) and strain (Voigt), in one direction |`);
  }
  const table = rows.length === 0 ? ['', 'No limit is known for this objective and test.'] : ['', '| | | |', '|---|---|---|', ...rows];
  return [head, ...table, ...lastLine(node, property, results)].join('\n');
}

function lastLine(node: Case, property: Property, results: LastResults): string[] {
  const document = AstUtils.getDocument(node) as SpecificationDocument;
  const specification = specificationOf(document, node);
  const best = specification === undefined ? undefined : results.of(document.uri, specification)?.best;
  if (best === undefined) return [];
  const share = best.percentOfLimit === undefined ? '' : `, ${formatNumber(best.percentOfLimit)}% of the limit`;
  return ['', `Best design of the last run: ${show(best.value, property)}${share}.`];
}

function show(value: number, property: Property): string {
  const { dimension } = propertyRules[property];
  return formatQuantity(value as SiQuantity<Dimension>, dimension);
}
