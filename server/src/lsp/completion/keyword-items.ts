/* Keywords of the grammar, with their meaning and with the snippets that start with them. */
import { contributions } from '#domain/explanation';
import { AstUtils, GrammarAST, type AstNode } from 'langium';
import type { CompletionValueItem } from 'langium/lsp';
import { CompletionItemKind } from 'vscode-languageserver';
import { caseEntries, choiceMeanings, propertyDefinitions } from '#language/entries/case-entries';
import { defaultText } from '#language/entries/entry-text';
import { takes, withArticle } from '#language/entries/entry-text';
import { entries as descriptions, type BlockName } from '#language/entries/entries';
import type { Learn, Property } from '#language/generated/ast';
import { blockName, type Block } from '#language/entries/read-block';
import { targetOf } from '#language/entries/settings';
import { settingMeaning } from '../hover/study-hover';

/** A keyword with its meaning; an entry of a block comes with a value. */
export function keywordItem(keyword: GrammarAST.Keyword, node: AstNode | undefined): Snippet {
  const word = keyword.value;
  const assigned = AstUtils.getContainerOfType(keyword, GrammarAST.isAssignment)?.feature;
  const rule = AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule)?.name ?? '';
  if (rule.endsWith('Setting') && (assigned === 'key' || assigned === 'block')) return settingItem(keyword, assigned);
  if (assigned === 'key') return entryItem(word, rule, node) ?? plainItem(word);
  if (rule === 'Property') return propertyItem(word as Property);
  const meaning = assigned === undefined && !isValueRule(keyword) ? undefined : choiceMeanings[`${entryOf(keyword, rule)} ${word}`];
  const kind = !isValueRule(keyword) && (assigned === undefined || ['color', 'sense', 'kind'].includes(assigned)) ? CompletionItemKind.Keyword : CompletionItemKind.EnumMember;
  const documentation = meaning ?? caseEntries.find(({ words }) => words.includes(word))?.meaning;
  return { label: word, kind, sortText: '1', ...(documentation === undefined ? {} : { documentation }) };
}

/** Whether a keyword stands in a rule of words that an entry and a setting of a study choose from. */
function isValueRule(keyword: GrammarAST.Keyword): boolean {
  return AstUtils.getContainerOfType(keyword, GrammarAST.isParserRule)?.dataType === 'string';
}

/** A setting of a study with values that it could have; after the keyword of its block where it has one. */
function settingItem(keyword: GrammarAST.Keyword, assigned: 'key' | 'block'): Snippet {
  const word = keyword.value;
  if (assigned === 'block') return { label: word, kind: CompletionItemKind.Property, detail: `a setting of ${word}`, sortText: '1' };
  const before = AstUtils.streamAllContents(AstUtils.getContainerOfType(keyword, GrammarAST.isGroup) ?? keyword).filter(GrammarAST.isAssignment).find(({ feature }) => feature === 'block');
  const block = before === undefined ? undefined : AstUtils.streamAllContents(before).filter(GrammarAST.isKeyword).head()?.value;
  const setting = { key: word, ...(block !== undefined && { block }) } as Parameters<typeof settingMeaning>[0];
  const target = targetOf(setting);
  const example = settingExamples[word] ?? (target?.key === undefined ? undefined : (defaultText(target.block, target.key) ?? descriptions[target.block][target.key]?.required?.slice(word.length + 1)));
  return {
    label: word,
    kind: CompletionItemKind.Property,
    detail: target === undefined ? 'setting' : `of ${block === undefined ? target.block : 'its block'}`,
    documentation: settingMeaning(setting),
    sortText: '1',
    ...(example !== undefined && { snippet: `${word} \${1:${example}}` }),
  };
}

/** Values that show what a study can do. */
const settingExamples: Readonly<Record<string, string>> = {
  seed: '1 .. 5',
  threshold: '0.3 .. 0.9 by 0.1',
  fraction: '0.30 .. 0.35, 0.35 .. 0.40',
  layer: 'last, stage-1',
  outliers: '5%, 10%',
  network: 'compact, resnet18',
  method: 'gradram, exact',
  edge: '16, 24, 32',
  squares: '1, 2',
  contribution: contributions.join(', '),
  construct: 'mirror, graph',
};

function plainItem(word: string): Snippet {
  return { label: word, kind: CompletionItemKind.Keyword, sortText: '1' };
}

function propertyItem(word: Property): Snippet {
  const { name, definition, tests } = propertyDefinitions[word];
  return { label: word, kind: CompletionItemKind.Field, detail: name, documentation: `${definition} ${tests}`, sortText: '1' };
}

/** `young` comes with `young 68.3 GPa`, `epochs` with its default. */
function entryItem(word: string, rule: string, node: AstNode | undefined): Snippet | undefined {
  const block = blockOf(rule, word, node);
  const entry = block === undefined ? undefined : descriptions[block]?.[word];
  if (block === undefined || entry === undefined) return undefined;
  const learn = AstUtils.getContainerOfType(node, (each): each is Learn => each.$type === 'Learn');
  const fallback = defaultText(block, word, learn?.network);
  const value = fallback ?? entry.fallback?.example ?? entry.required?.slice(word.length + 1) ?? (word === 'expansion' ? '12e-6 1/K' : undefined);
  const side = word === 'outliers' ? '${1|top,bottom|} ' : '';
  const limits = entry.rule === undefined ? '' : ` Takes ${withArticle(takes(entry))}.`;
  return {
    label: word,
    kind: CompletionItemKind.Property,
    detail: fallback !== undefined ? `default ${fallback}` : entry.fallback !== undefined ? `default ${entry.fallback.text.replaceAll('`', '')}` : entry.required === undefined ? 'no default' : 'required',
    documentation: `${entry.meaning}.${limits}`,
    sortText: '1',
    ...(value === undefined ? {} : { snippet: `${word} ${side}\${${side === '' ? 1 : 2}:${value}}` }),
  };
}

/** The block that an entry belongs to, by the position of the cursor or by the name of the grammar rule. */
function blockOf(rule: string, word: string, node: AstNode | undefined): BlockName | undefined {
  const around = AstUtils.getContainerOfType(node, (each): each is Block => ['Material', 'Database', 'Labels', 'Family', 'Learn', 'Explain', 'Construct', 'Refine', 'CompareOptimization'].includes(each.$type));
  const inside = around === undefined ? undefined : blockName(around);
  if (inside !== undefined && descriptions[inside]?.[word] !== undefined) return inside;
  return (Object.keys(descriptions) as BlockName[]).find((name) => rule.toLowerCase().startsWith(name.replace(/s$/, '')) && descriptions[name][word] !== undefined);
}

/** The keyword that precedes a choice, as in `density ring`. */
function entryOf(keyword: GrammarAST.Keyword, rule: string): string {
  const group = AstUtils.getContainerOfType(keyword, GrammarAST.isGroup);
  const key = group === undefined ? undefined : AstUtils.streamAllContents(group).filter(GrammarAST.isKeyword).head();
  return isValueRule(keyword) || key === undefined || key === keyword ? (entriesOfRules[rule] ?? rule.toLowerCase()) : key.value;
}

/** The keywords before words whose rules have other names. */
const entriesOfRules: Readonly<Record<string, string>> = { Network: 'learn', Method: 'explain', Construction: 'construct', StartSource: 'from' };

/** An item whose text has placeholders, for editors that support snippets. */
export type Snippet = CompletionValueItem & { readonly label: string; readonly snippet?: string };

const wholeCase = `case \${1:Name} {
    white \${2:Boron}  black \${3:Aluminum}  from \${4:Images}

    plane \${5|stress,strain|}
    test \${6|compression,heating,periodic|}
    \${7|maximize,minimize|} \${8|E,poisson,expansion|} along x, y
    subject to difference(\${8}) < 10%
    subject to fraction in \${9:0.39 .. 0.40}

    learn compact
    explain gradram { outliers \${10|top,bottom|} 10%  threshold 0.3, 0.4, 0.5, 0.6, 0.7, 0.8  layer last, stage-1 }
    construct mirror
    compare control
}
`;

const wholeDatabase = `database \${1:Images} {
    size \${2:800}       resolution \${3|128,64,256,512|}  fraction \${4:0.38 .. 0.41}  seed \${5:1}
    particles 25%  fibers 25%      cells 25%              spinodal 25%
}
`;

/** Whole declarations and constraints, by the keyword that they start with. */
const bodies: Readonly<Record<string, readonly (readonly [label: string, detail: string, snippet: string])[]>> = {
  case: [['case …', 'A whole case', wholeCase]],
  database: [['database …', 'A whole database of the four families', wholeDatabase]],
  material: [['material …', 'A whole material', 'material ${1:Name} { young ${2:200 GPa}  poisson ${3:0.3}  expansion ${4:12e-6 1/K} }\n']],
  study: [['study …', 'A whole study', 'study ${1:Seeds} of ${2:Case} { ${3:seed 1 .. 5} }\n']],
  compare: [
    ['compare optimization', 'Topology optimization of starts that no design inspired', 'compare optimization { starts ${1:24}  from ${2:noise, cosines} }'],
    ['compare pictures', 'Two-phase PNG files, each a periodic cell', 'compare pictures "${1:designs/*.png}"'],
  ],
  explain: [['explain exact', 'Exact contributions by finite elements: no network, and nothing to train', 'explain exact { outliers ${1|top,bottom|} 10%  threshold 0.3, 0.4, 0.5, 0.6, 0.7, 0.8 }']],
  refine: [['refine optimization', 'The best designs as starts of topology optimizations', 'refine optimization { best ${1:10} }']],
  subject: [
    ['subject to difference', 'x and y differ by less than a share', 'subject to difference(${1|E,poisson,expansion|}) < ${2:10%}'],
    ['subject to fraction', 'Range of the volume fraction of white', 'subject to fraction in ${1:0.39 .. 0.40}'],
    ['subject to E', "A bound of Young's modulus", 'subject to E ${1|>,<|} ${2:100 GPa}'],
    ['subject to poisson', "A bound of Poisson's ratio", 'subject to poisson ${1|>,<|} ${2:0.3}'],
    ['subject to expansion', 'A bound of the thermal expansion', 'subject to expansion ${1|<,>|} ${2:10e-6 1/K}'],
  ],
};

/** Snippets that start with a keyword. */
export function snippets(word: string): readonly Snippet[] {
  return (bodies[word] ?? []).map(([label, detail, snippet]) => ({ label, detail, snippet, kind: CompletionItemKind.Snippet, sortText: '2' }));
}
