import { AstUtils, CstUtils, type AstNode } from 'langium';
import { formatFile } from '#language/format/layout';
import type { Case, Database, Material, SpecificationFile } from '#language/generated/ast';
import type { Rewrite } from './offer';

/** Lines of a declaration, each with the first words of its entries, in the order of docs/language.md; '' is a blank line. */
const lines: Readonly<Record<string, readonly (readonly string[] | '')[]>> = {
  Material: [['young', 'poisson', 'expansion']],
  Database: [['size', 'resolution', 'fraction', 'seed'], ['particles', 'fibers', 'cells', 'spinodal']],
  Case: [
    ['white', 'black', 'from'], '',
    ['plane'], ['test'], ['maximize', 'minimize'], ['subject'], '',
    ['learn'], ['explain'], ['construct'], ['compare'],
  ],
};

/** Entries in their usual order and columns. Not offered where comments stand between them: nobody knows what they are about. */
export const sortEntries: Rewrite = (node, { services }) => {
  const owner = AstUtils.getContainerOfType(node, (each): each is Material | Database | Case => each.$type in lines);
  if (owner?.$cstNode === undefined || CstUtils.flattenCst(owner.$cstNode).some(({ hidden }) => hidden)) return [];
  const sorted = sortedText(owner);
  const { value, lexerErrors, parserErrors } = services.parser.LangiumParser.parse<SpecificationFile>(sorted);
  if (lexerErrors.length + parserErrors.length > 0) return [];
  const text = formatFile(value, { indent: '    ' }).toReversed().reduce((before, { start, end, text: wanted }) => before.slice(0, start) + wanted + before.slice(end), sorted).trimEnd();
  if (text === owner.$cstNode.text) return [];
  return [{ title: `Sort and align the entries of \`${owner.name}\``, edits: [{ range: owner.$cstNode.range, newText: text }] }];
};

function sortedText(owner: Material | Database | Case): string {
  const entries = (owner.entries as readonly AstNode[]).map(({ $cstNode }) => $cstNode!.text);
  const take = (word: string): string[] => entries.filter((text) => text.split(/\s/, 1)[0] === word);
  const rows = lines[owner.$type]!.map((words) => {
    if (words === '') return '\n';
    const found = words.flatMap(take);
    // Demands stand below each other, whatever else fits into a line stays together.
    return words[0] === 'subject' ? found.map((text) => `${text}\n`).join('') : `${found.join('  ')}\n`;
  });
  const isShort = owner.$type === 'Material';
  const body = rows.filter((row, index) => row.trim() !== '' || (row === '\n' && lines[owner.$type]![index] === '')).join('');
  return isShort ? `material ${owner.name} { ${body.trim()} }` : `${owner.$type.toLowerCase()} ${owner.name} {\n${body}}`;
}
