/* Edits that resolve a finding. */
import { AstUtils, type AstNode } from 'langium';
import type { Case, FractionConstraint } from '#language/generated/ast';
import { readBlock } from '#language/entries/read-block';
import { databaseOf, designFractionOf } from '#language/specification/read-case';
import { visibleDeclarations } from '#language/imports/scope';
import { formatQuantity } from '#units/format-quantity';
import type { Quantity as SiQuantity } from '#units/quantity';
import type { DiagnosticData } from '../diagnostics';
import { copyEdit, importEdit, libraryNames } from '../library-materials';
import type { Fix, Offer, Rewrite } from './offer';

/** The edits that the finding itself carries. */
export const textFixes: Fix = ({ data }, { document }) => {
  const { fixes = [] } = data as DiagnosticData;
  return fixes.map(({ title, file = document.uri.toString(), range, text, preferred }) => ({ title, edits: { [file]: [{ range, newText: text }] }, ...(preferred && { preferred }) }));
};

/** A missing material is imported or copied from the library, or declared with sample values. */
export const materialFromLibrary: Fix = ({ code, range }, { document, services }) => {
  if (code !== 'unknown-material') return [];
  const name = document.textDocument.getText(range);
  const materials = libraryNames(services);
  const known = materials.find((each) => each.name === name);
  if (known === undefined) {
    return [{ title: `Declare material \`${name}\` (replace the values)`, edits: [copyEdit(document, `material ${name} { young 200 GPa  poisson 0.3 }`)] }];
  }
  const visible = new Set(visibleDeclarations(document, services.references.ImportedDocuments, 'Material').map((each) => each.name));
  const copy: Offer = { title: `Copy \`${name}\` from the library`, edits: [copyEdit(document, `material ${name} { ${known.detail} }`)] };
  // A second material with the same name would make the reference ambiguous.
  if (materials.some((each) => visible.has(each.name))) return [copy];
  return [{ title: `Import \`${name}\` from the library`, edits: [importEdit(document)], preferred: true }, copy];
};

/** Sets the range of the volume fraction of designs to that of the images of the database. */
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
  return [{ title: `Use the range of \`${database!.name}\`: ${text}`, edits: [{ range, newText: text }] }];
}

const codes: readonly unknown[] = ['fraction-outside-database', 'fraction-window-too-narrow', 'fraction-beyond-thickening', 'fraction-out-of-range', 'empty-range'];

export const fractionWindow: { readonly fix: Fix; readonly rewrite: Rewrite } = {
  fix: ({ code, range }, { nodeAt }) => (codes.includes(code) ? toDatabase(nodeAt(range.start)) : []),
  rewrite: (node) => toDatabase(node),
};
