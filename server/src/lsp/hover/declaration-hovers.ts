import type { AstNode } from 'langium';
import { formatCount, formatNumber, formatQuantity } from '#units/format-quantity';
import type { Dimension, Quantity as SiQuantity } from '#units/quantity';
import type { Database, Material } from '#language/generated/ast';
import { isotropicModuli, type PlaneAssumption } from '#domain/materials';
import { readBlock } from '#language/read-block';
import { familiesOf, readMaterial } from '#language/read-case';
import { shareRule } from '#language/entries';
import { readNumber } from '#language/read-number';

/** A material with the moduli that follow from its two constants, in the solid and in the plane. */
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

/** A database: how many images of which families. */
export function databaseHover(node: Database): string | undefined {
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

function show<D extends Dimension>(value: number, dimension: D): string {
  return formatQuantity(value as SiQuantity<D>, dimension);
}

/** Comments in the lines directly above a declaration: often its source. */
function commentAbove(node: AstNode): string[] {
  const { $cstNode } = node;
  if ($cstNode === undefined) return [];
  const lines = $cstNode.root.fullText.slice(0, $cstNode.offset).split(/\r\n|\r|\n/);
  // Behind the last line break the declaration itself begins.
  if (lines.pop()!.trim() !== '') return [];
  const comments: string[] = [];
  for (let line = lines.pop(); line !== undefined && /^\s*\/\//.test(line); line = lines.pop()) comments.unshift(line.replace(/^\s*\/\/\s?/, ''));
  return comments.length === 0 ? [] : ['', comments.join(' ')];
}
