import type { CstNode, LangiumDocument } from 'langium';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import { dimensionNames, unitsOf } from '#units/units';
import type { Quantity } from '#language/generated/ast';
import { quantityRule } from '#language/quantity-rule';

/** Behind a number, or in the word that follows it: the units of its dimension. */
export function unitItems(leaf: CstNode, offset: number, document: LangiumDocument): CompletionItem[] {
  const node = leaf.astNode;
  if (node.$type !== 'Quantity') return [];
  const rule = quantityRule(node as Quantity);
  if (rule === undefined || offset < leaf.end) return [];
  // Of `379.3 G` the unit is written again, of `379.3 ` it is added.
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
