import { CstUtils, type CstNode, type LangiumDocument } from 'langium';
import type { Position } from 'vscode-languageserver';

/** The word at a place; a place directly behind a word belongs to it too. */
export function leafAt(document: LangiumDocument, position: Position): CstNode | undefined {
  const root = document.parseResult.value.$cstNode;
  const offset = document.textDocument.offsetAt(position);
  return root && (CstUtils.findLeafNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeAtOffset(root, offset - 1));
}
