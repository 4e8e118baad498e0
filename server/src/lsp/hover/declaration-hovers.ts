/* Materials, databases and cases explained, with what follows from their entries. */
import { AstUtils, type AstNode } from 'langium';
import { twoPhases, uniformYoung } from '#domain/bounds';
import { limitInWindow, type AttainableLimit } from '#domain/limits';
import { isotropicModuli, type PlaneAssumption } from '#domain/materials';
import type { Property } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { propertyRules, shareRule } from '#language/entries/entries';
import type { Case, Database, Material } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import { databaseKind, readBlock } from '#language/entries/read-block';
import { designFractionOf, familiesOf, firstEntry, materialOfPhase, objectiveProperty, planeOf, readMaterial, testOf } from '#language/specification/read-case';
import { readNumber } from '#language/entries/read-number';
import { formatCount, formatNumber, formatQuantity } from '#units/format-quantity';
import type { Dimension, Quantity as SiQuantity } from '#units/quantity';
import type { LastResults } from '../../last-results';
import { specificationOf } from '../case-specification';

/** A material with the moduli that follow from its two constants, in 3D and in the plane. */
export function materialHover(node: Material): string | undefined {
  const material = readMaterial(node);
  if (material === undefined) return undefined;
  const { youngsModulus: young, poissonRatio: poisson, thermalExpansion } = material;
  const shear = young / (2 * (1 + poisson));
  const solid = { bulk: young / (3 * (1 - 2 * poisson)), shear, lame: (2 * shear * poisson) / (1 - 2 * poisson) };
  const inPlane = (plane: PlaneAssumption): typeof solid => {
    const { bulk, shear: mu } = isotropicModuli(material, plane);
    return { bulk, shear: mu, lame: bulk - mu };
  };
  const row = (name: string, { bulk, shear: mu, lame }: typeof solid): string => `| ${name} | ${show(bulk, 'stress')} | ${show(mu, 'stress')} | ${show(lame, 'stress')} |`;
  const expansion = thermalExpansion === undefined ? '' : `, expands by ${show(thermalExpansion, 'expansion')}`;
  return [
    `**${material.name}**: E ${show(young, 'stress')}, ν ${formatNumber(poisson)}${expansion}`,
    '',
    '| | bulk k | shear μ | Lamé λ |',
    '|---|---|---|---|',
    row('solid', solid),
    row('plane stress', inPlane('plane-stress')),
    row('plane strain', inPlane('plane-strain')),
    ...commentAbove(node),
  ].join('\n');
}

/** A database: how many images of which families, or from which files. */
export function databaseHover(node: Database): string | undefined {
  if (databaseKind(node) === 'files') return fileDatabaseHover(node);
  const reader = readBlock('database', node);
  const [size, resolution, fraction] = [reader.number('size'), reader.number('resolution'), reader.range('fraction')];
  if (size === undefined || resolution === undefined || fraction === undefined) return undefined;
  const families = familiesOf(node).flatMap((family) => {
    const share = readNumber(family.share, shareRule, family.kind);
    return share.ok ? [`${family.kind} ${show(share.value, 'share')}`] : [];
  });
  const window = `${show(fraction.lower, 'share')} .. ${show(fraction.upper, 'share')}`;
  return [`**${node.name}**: ${formatCount(size, 'image')} of ${resolution} × ${resolution} pixels, ${window} white`, '', families.join(', '), ...commentAbove(node)].join('\n');
}

function fileDatabaseHover(node: Database): string | undefined {
  const reader = readBlock('database', node);
  const [size, resolution, fraction, images] = [reader.number('size'), reader.number('resolution'), reader.range('fraction'), reader.entry('images')];
  if (resolution === undefined || images?.$type !== 'PathsEntry') return undefined;
  const window = fraction === undefined ? '' : `, ${show(fraction.lower, 'share')} .. ${show(fraction.upper, 'share')} white`;
  const head = `**${node.name}**: ${size === undefined ? 'images' : `at most ${formatCount(size, 'image')}`} of ${resolution} × ${resolution} pixels from files${window}`;
  return [head, '', images.paths.map((path) => `\`${path}\``).join(', '), ...commentAbove(node)].join('\n');
}

function show<D extends Dimension>(value: number, dimension: D): string {
  return formatQuantity(value as SiQuantity<D>, dimension);
}

/** Comments in the lines directly above a declaration: often its source. */
function commentAbove(node: AstNode): string[] {
  const { $cstNode } = node;
  if ($cstNode === undefined) return [];
  const lines = $cstNode.root.fullText.slice(0, $cstNode.offset).split(/\r\n|\r|\n/);
  // The declaration itself starts after the last line break.
  if (lines.pop()!.trim() !== '') return [];
  const comments: string[] = [];
  for (let line = lines.pop(); line !== undefined && /^\s*\/\//.test(line); line = lines.pop()) comments.unshift(line.replace(/^\s*\/\/\s?/, ''));
  return comments.length === 0 ? [] : ['', comments.join(' ')];
}

const attainabilities: Readonly<Record<AttainableLimit['attainability'], string>> = {
  attained: 'laminates come arbitrarily close',
  bound: 'whether a cell reaches it is not known',
  periodic: 'free edges may let a cell pass it a little',
};

/** A case with the physical limits of its objective and the best value so far. */
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
    if (limit !== undefined) rows.push(`| limit, \`test ${each}\` | ${showProperty(limit.value, property)} | ${limit.name}; ${attainabilities[limit.attainability]} |`);
  }
  if (property === 'youngs-modulus') {
    const [low, high] = [uniformYoung(twoPhases(phases, plane, window.lower)), uniformYoung(twoPhases(phases, plane, window.upper))];
    rows.push(`| any arrangement | ${showProperty(Math.min(low.lower, high.lower), property)} .. ${showProperty(Math.max(low.upper, high.upper), property)} | uniform stress (Reuss) and strain (Voigt), in one direction |`);
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
  return ['', `Best design of the last run: ${showProperty(best.value, property)}${share}.`];
}

function showProperty(value: number, property: Property): string {
  return show(value, propertyRules[property].dimension);
}
