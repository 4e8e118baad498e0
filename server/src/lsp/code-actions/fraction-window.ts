import { AstUtils, type AstNode } from 'langium';
import { formatQuantity } from '#units/format-quantity';
import type { Quantity as SiQuantity } from '#units/quantity';
import type { Case, FractionConstraint } from '#language/generated/ast';
import { readBlock } from '#language/read-block';
import { databaseOf, designFractionOf } from '#language/read-case';
import type { Fix, Offer, Rewrite } from './offer';

/** The window of a design becomes what the images of the database have. */
function toDatabase(node: AstNode | undefined): readonly Offer[] {
  const constraint = AstUtils.getContainerOfType(node, (each): each is FractionConstraint => each.$type === 'FractionConstraint');
  const owner = AstUtils.getContainerOfType(constraint, (each): each is Case => each.$type === 'Case');
  const range = constraint?.range?.$cstNode?.range;
  if (owner === undefined || range === undefined) return [];
  const database = databaseOf(owner);
  const drawn = database === undefined ? undefined : readBlock('database', database).range('fraction');
  const design = designFractionOf(owner);
  if (drawn === undefined || (design?.lower === drawn.lower && design.upper === drawn.upper)) return [];
  const percent = (share: number): string => formatQuantity(share as SiQuantity<'share'>, 'share', 15);
  const text = `${percent(drawn.lower)} .. ${percent(drawn.upper)}`;
  return [{ title: `Take the window of \`${database!.name}\`: ${text}`, edits: [{ range, newText: text }] }];
}

const codes: readonly unknown[] = ['fraction-outside-database', 'fraction-window-too-narrow', 'fraction-beyond-thickening', 'fraction-out-of-range', 'empty-range'];

export const fractionWindow: { readonly fix: Fix; readonly rewrite: Rewrite } = {
  fix: ({ code, range }, { nodeAt }) => (codes.includes(code) ? toDatabase(nodeAt(range.start)) : []),
  rewrite: (node) => toDatabase(node),
};
