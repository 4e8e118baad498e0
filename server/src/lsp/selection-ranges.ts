/* The token at a position, and the ranges around it: token, value, entry, block, declaration, file. Langium has no service for them. */
import { CstUtils, type CstNode, type LangiumDocument } from 'langium';
import { createRequestHandler } from 'langium/lsp';
import type { Connection, Position, SelectionRange } from 'vscode-languageserver';
import type { XDesignSharedServices } from '../server-services';

/** For each position the ranges around it, the smallest first. */
export function selectionRanges(document: LangiumDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(position));
    return (leaf && grow(leaf)) ?? { range: { start: position, end: position } };
  });
}

function grow(node: CstNode): SelectionRange {
  const parent = node.container;
  if (parent === undefined) return { range: node.range };
  // A node around a single one is no step.
  if (parent.offset === node.offset && parent.end === node.end) return grow(parent);
  return { range: node.range, parent: grow(parent) };
}

/** Answers `textDocument/selectionRange`. */
export function addSelectionRangeHandler(connection: Connection, shared: XDesignSharedServices): void {
  connection.onSelectionRanges(createRequestHandler((_, document, { positions }) => selectionRanges(document, positions), shared));
}

/** The token at a position; a position directly after a token belongs to it too. */
export function leafAt(document: LangiumDocument, position: Position): CstNode | undefined {
  const root = document.parseResult.value.$cstNode;
  const offset = document.textDocument.offsetAt(position);
  return root && (CstUtils.findLeafNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeAtOffset(root, offset - 1));
}
