import { AstUtils, type AstNode } from 'langium';
import type { TextEdit } from 'vscode-languageserver';
import type { Case, Database, Material } from '#language/generated/ast';
import type { Fix } from './offer';

/** The line that a finding says to add is added: an entry that is missing, an expansion that is needed. */
export const addMissing: Fix = ({ code, range, data }, { nodeAt }) => {
  const [, line] = /^Add a line such as `([^`]+)`/.exec((data as { readonly wayOut?: string } | undefined)?.wayOut ?? '') ?? [];
  const node = nodeAt(range.start);
  if (line === undefined || node === undefined) return [];
  if (code === 'missing-entry') {
    return holds(node) ? [{ title: `Add \`${line}\` (put its own value)`, edits: [entryEdit(node, line)] }] : [];
  }
  if (code !== 'missing-expansion' || node.$type !== 'Phase') return [];
  const material = 'material' in node ? (node.material as { readonly ref?: Material }).ref : undefined;
  if (material === undefined) return [];
  const uri = AstUtils.getDocument(material).uri.toString();
  return [{ title: `Add \`${line}\` to \`${material.name}\` (put its own value)`, edits: { [uri]: [entryEdit(material, line)] } }];
};

function holds(node: AstNode): node is Material | Database | Case {
  return node.$type === 'Material' || node.$type === 'Database' || node.$type === 'Case';
}

/** Behind the last entry, in its line or in one of its own as the block is written. */
export function entryEdit(node: Material | Database | Case, line: string): TextEdit {
  const last = node.entries.at(-1)?.$cstNode;
  const [start, end] = [node.$cstNode!.range.start, node.$cstNode!.range.end];
  if (last === undefined) {
    const place = { line: end.line, character: end.character - 1 };
    return { range: { start: place, end: place }, newText: start.line === end.line ? `${line} ` : `    ${line}\n` };
  }
  const place = last.range.end;
  const separate = start.line === end.line ? '  ' : `\n${' '.repeat(last.range.start.line > start.line ? indentOf(node) : 4)}`;
  return { range: { start: place, end: place }, newText: `${separate}${line}` };
}

/** Column of the first entry that begins a line. */
function indentOf(node: Material | Database | Case): number {
  const lines = node.$cstNode!.text.split(/\r\n|\r|\n/).slice(1);
  return lines.map((line) => /^\s*/.exec(line)![0].length).find((blanks) => blanks > 0) ?? 4;
}
