/* Units of numbers and paths of imports: what the grammar does not list. */
import { CstUtils, UriUtils, type CstNode, type LangiumDocument } from 'langium';
import type { CompletionValueItem } from 'langium/lsp';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import type { Quantity } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import { library, libraryScheme } from '#language/imports/library';
import { quantityRule } from '#language/entries/read-block';
import { dimensionNames, unitsOf } from '#units/units';
import type { XDesignServerServices } from '../../server-services';

/** After a number, or in the token that follows it: the units of its dimension. */
export function unitItems(leaf: CstNode, offset: number, document: LangiumDocument): CompletionItem[] {
  const node = leaf.astNode;
  if (node.$type !== 'Quantity') return [];
  const rule = quantityRule(node as Quantity);
  if (rule === undefined || offset < leaf.end) return [];
  // In `379.3 G` the unit is replaced, after `379.3 ` it is added.
  const isUnit = !/^[+-]?[\d.]/.test(leaf.text);
  const written = isUnit && offset === leaf.end;
  if (isUnit && !written) return [];
  const start = written ? leaf.offset : offset;
  const between = document.textDocument.getText().slice(leaf.end, offset);
  if (!written && /[^ \t]/.test(between)) return [];
  const range = { start: document.textDocument.positionAt(start), end: document.textDocument.positionAt(offset) };
  return unitsOf(rule.dimension).filter((unit) => unit.readOnly !== true).map(({ symbol }, index) => ({
    label: symbol,
    kind: CompletionItemKind.Unit,
    detail: `unit of ${dimensionNames[rule.dimension]}`,
    sortText: `0${index}`,
    textEdit: { range, newText: written || symbol === '%' || between !== '' ? symbol : ` ${symbol}` },
  }));
}

/** Quoted paths: files that the server knows, relative to the document, and the library. An existing path is replaced as a whole. */
export function importPaths(document: SpecificationDocument, offset: number, { shared }: XDesignServerServices): readonly CompletionValueItem[] {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeBeforeOffset(root, offset);
  const written = leaf !== undefined && /^["']/.test(leaf.text) && offset <= leaf.end ? leaf.range : undefined;
  const folder = UriUtils.dirname(document.uri);
  const files = [...shared.workspace.LangiumDocuments.all]
    .map(({ uri }) => uri)
    .filter((uri) => uri.scheme === document.uri.scheme && !UriUtils.equals(uri, document.uri))
    .map((uri) => UriUtils.relative(folder, uri))
    .toSorted((a, b) => (a < b ? -1 : 1));
  return [...files, ...Object.keys(library)].map((path, index) => ({
    label: `"${path}"`,
    ...(written === undefined ? {} : { textEdit: { range: written, newText: `"${path}"` } }),
    kind: CompletionItemKind.File,
    sortText: String(index).padStart(5, '0'),
    ...(path.startsWith(libraryScheme) ? { detail: 'comes with XDesign' } : {}),
  }));
}
