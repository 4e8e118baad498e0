import { AstUtils, CstUtils, type AstNode, type CstNode } from 'langium';
import { families } from '#domain/microstructures';
import { formatFile } from '#language/format/layout';
import type { Case, Database, Declaration, Material, SpecificationFile } from '#language/generated/ast';
import type { Rewrite } from './offer';

/** Lines of a declaration, each with the first words of its entries, in the order of docs/language.md; '' is a blank line. */
const lines: Readonly<Record<Declaration['$type'], readonly (readonly string[] | '')[]>> = {
  Material: [['young', 'poisson', 'expansion']],
  Database: [['size', 'resolution', 'fraction', 'seed'], families],
  Case: [
    ['white', 'black', 'from'], '',
    ['plane'], ['test'], ['maximize', 'minimize'], ['subject'], '',
    ['learn'], ['explain'], ['construct'], ['compare'],
  ],
};

/**
 * Entries in their usual order and columns. Not offered where something in the declaration cannot be
 * read, which no entry would hold, nor where comments stand in it: nobody knows what they are about.
 */
export const sortEntries: Rewrite = (node, { services }) => {
  const written = AstUtils.getContainerOfType(node, (each): each is Material | Database | Case => each.$type in lines)?.$cstNode;
  if (written === undefined) return [];
  const parse = (text: string) => services.parser.LangiumParser.parse<SpecificationFile>(text);
  // Read by itself, the declaration tells whether all of it is understood.
  const { value: file, lexerErrors, parserErrors } = parse(written.text);
  const [owner, ...others] = file.declarations;
  const isWhole = lexerErrors.length + parserErrors.length + others.length + file.imports.length === 0;
  if (owner?.$cstNode === undefined || !isWhole || CstUtils.flattenCst(file.$cstNode!).some(({ hidden }) => hidden)) return [];
  const sorted = sortedText(owner);
  const text = formatFile(parse(sorted).value, { indent: '    ' }).toReversed().reduce((before, { start, end, text: wanted }) => before.slice(0, start) + wanted + before.slice(end), sorted).trimEnd();
  if (text === written.text) return [];
  return [{ title: `Sort and align the entries of \`${owner.name}\``, edits: [{ range: written.range, newText: text }] }];
};

function sortedText(owner: Declaration): string {
  const entries = (owner.entries as readonly AstNode[]).map(({ $cstNode }) => ({ word: firstWord($cstNode!), text: $cstNode!.text }));
  const rows = lines[owner.$type].map((words) => {
    if (words === '') return '\n';
    const found = words.flatMap((word) => entries.filter((entry) => entry.word === word));
    // Demands stand below each other, whatever else fits into a line stays together.
    return words[0] === 'subject' ? found.map(({ text }) => `${text}\n`).join('') : `${found.map(({ text }) => text).join('  ')}\n`;
  });
  const isShort = owner.$type === 'Material';
  const body = rows.filter((row, index) => row.trim() !== '' || (row === '\n' && lines[owner.$type][index] === '')).join('');
  return isShort ? `material ${owner.name} { ${body.trim()} }` : `${owner.$type.toLowerCase()} ${owner.name} {\n${body}}`;
}

function firstWord(node: CstNode): string {
  return CstUtils.flattenCst(node).head()?.text ?? '';
}
