import { AstUtils, GrammarAST, type AstNode } from 'langium';
import { CompletionItemKind } from 'vscode-languageserver';
import { caseEntries, choiceMeanings, propertyDefinitions } from '#language/case-entries';
import { defaultText } from '#language/default-text';
import { entries as descriptions, type BlockName } from '#language/entries';
import { takes, withArticle } from '#language/describe-entry';
import type { Learn, Property } from '#language/generated/ast';
import { blockName, type Block } from '#language/read-block';
import type { Snippet } from './snippets';

/** A word of the grammar with its meaning; an entry of a block brings a value along. */
export function wordItem(keyword: GrammarAST.Keyword, node: AstNode | undefined): Snippet {
  const word = keyword.value;
  const assigned = AstUtils.getContainerOfType(keyword, GrammarAST.isAssignment)?.feature;
  const rule = AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule)?.name ?? '';
  if (assigned === 'key') return entryItem(word, rule, node) ?? plainItem(word);
  if (rule === 'Property') return propertyItem(word as Property);
  const meaning = assigned === undefined ? undefined : choiceMeanings[`${entryOf(keyword, rule)} ${word}`];
  const kind = assigned === undefined || ['color', 'sense', 'kind'].includes(assigned) ? CompletionItemKind.Keyword : CompletionItemKind.EnumMember;
  const told = meaning ?? caseEntries.find(({ words }) => words.includes(word))?.meaning;
  return { label: word, kind, sortText: '1', ...(told === undefined ? {} : { documentation: told }) };
}

function plainItem(word: string): Snippet {
  return { label: word, kind: CompletionItemKind.Keyword, sortText: '1' };
}

function propertyItem(word: Property): Snippet {
  const { name, definition, tests } = propertyDefinitions[word];
  return { label: word, kind: CompletionItemKind.Field, detail: name, documentation: `${definition} ${tests}`, sortText: '1' };
}

/** `young` brings `young 68.3 GPa`, `epochs` its default. */
function entryItem(word: string, rule: string, node: AstNode | undefined): Snippet | undefined {
  const block = blockOf(rule, word, node);
  const entry = block === undefined ? undefined : descriptions[block]?.[word];
  if (block === undefined || entry === undefined) return undefined;
  const learn = AstUtils.getContainerOfType(node, (each): each is Learn => each.$type === 'Learn');
  const fallback = defaultText(block, word, learn?.network);
  const value = fallback ?? entry.required?.slice(word.length + 1) ?? (word === 'expansion' ? '12e-6 1/K' : undefined);
  const side = word === 'outliers' ? '${1|top,bottom|} ' : '';
  const limits = entry.rule === undefined ? '' : ` Takes ${withArticle(takes(entry))}.`;
  return {
    label: word,
    kind: CompletionItemKind.Property,
    detail: fallback === undefined ? (entry.required === undefined ? 'no default' : 'required') : `default ${fallback}`,
    documentation: `${entry.meaning}.${limits}`,
    sortText: '1',
    ...(value === undefined ? {} : { snippet: `${word} ${side}\${${side === '' ? 1 : 2}:${value}}` }),
  };
}

/** The block that an entry of a rule of the grammar belongs to: by the rule's name or by where the cursor is. */
function blockOf(rule: string, word: string, node: AstNode | undefined): BlockName | undefined {
  const around = AstUtils.getContainerOfType(node, (each): each is Block => ['Material', 'Database', 'Family', 'Learn', 'Explain', 'Construct'].includes(each.$type));
  const inside = around === undefined ? undefined : blockName(around);
  if (inside !== undefined && descriptions[inside]?.[word] !== undefined) return inside;
  return (Object.keys(descriptions) as BlockName[]).find((name) => rule.toLowerCase().startsWith(name.replace(/s$/, '')) && descriptions[name][word] !== undefined);
}

/** The word that a choice follows, as in `density ring`. */
function entryOf(keyword: GrammarAST.Keyword, rule: string): string {
  const group = AstUtils.getContainerOfType(keyword, GrammarAST.isGroup);
  const key = group === undefined ? undefined : AstUtils.streamAllContents(group).filter(GrammarAST.isKeyword).head();
  return key === undefined || key === keyword ? rule.toLowerCase() : key.value;
}
