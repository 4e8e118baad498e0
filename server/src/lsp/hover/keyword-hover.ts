/* Keywords explained where they stand: entries, choices, properties, tests and constraints. */
import { GrammarUtils, type CstNode } from 'langium';
import { caseEntries, choiceMeanings, constraintEntries, propertyDefinitions, testEntries } from '#language/entries/case-entries';
import { takes, withArticle } from '#language/entries/entry-text';
import { entries as descriptions } from '#language/entries/entries';
import { isSetting, type Compare, type Construct, type Explain, type Family, type Learn, type Objective, type Plane, type Property, type Refine, type Test } from '#language/generated/ast';
import { blockName, hasEntry, isKeyedEntry, type Block } from '#language/entries/read-block';
import { defaultText } from '#language/entries/entry-text';
import { settingHover, wordMeaning } from './study-hover';

/** The meaning of a keyword at its position, and the default without it. */
export function keywordHover(leaf: CstNode): string | undefined {
  const node = leaf.astNode;
  const word = leaf.text;
  const is = (property: string): boolean => GrammarUtils.findNodesForProperty(node.$cstNode, property).some((each) => each.offset === leaf.offset);
  if (isKeyedEntry(node)) return is('key') ? entryHover(node.$container, node.key) : choice(`${node.key} ${word}`);
  if (isSetting(node)) return is('choices') ? wordMeaning(node, word) : settingHover(node);
  switch (node.$type) {
    case 'Objective':
      if (is('property')) return propertyHover((node as Objective).property);
      return is('sense') ? caseEntry(word) : undefined;
    case 'DifferenceConstraint':
      return is('property') ? propertyHover(word as Property) : constraint('difference');
    case 'BoundConstraint':
      return is('property') ? propertyHover(word as Property) : constraint('bound');
    case 'FractionConstraint':
      return constraint('fraction');
    case 'Test':
      return testHover((node as Test).kind, is('kind'));
    case 'Family':
      return is('kind') ? `\`${word}\`: ${familyMeanings[(node as Family).kind]} Its share of the images follows.` : undefined;
    case 'Phase':
      return is('void') ? choiceMeanings['white void'] && `\`void\`: ${choiceMeanings['white void']}` : caseEntry(word);
    case 'Plane':
      return is('state') ? choice(`plane ${(node as Plane).state}`) : caseEntry(word);
    case 'Learn':
      return is('network') ? choice(`learn ${(node as Learn).network}`) : blockHover(node as Learn, word);
    case 'Explain':
      return is('method') ? choice(`explain ${(node as Explain).method}`) : blockHover(node as Explain, word);
    case 'Construct':
      return is('method') ? choice(`construct ${(node as Construct).method}`) : blockHover(node as Construct, word);
    case 'CompareControl':
    case 'ComparePictures':
      return is('arm') ? choice(`compare ${(node as Compare).arm}`) : caseEntry(word);
    case 'CompareOptimization':
      return is('arm') ? choice(`compare ${(node as Compare).arm}`) : caseEntry(word) + mayBeSet(node as Block);
    case 'Refine':
      return is('method') ? choice(`refine ${(node as Refine).method}`) : caseEntry(word) + mayBeSet(node as Block);
    case 'Study':
      return '`study NAME of CASE { … }`: runs the case with each combination of the values of its settings.';
    case 'Steps':
      return '`0.3 .. 0.9 by 0.1`: numbers at equal distances, both ends included. Whole numbers need no step.';
    default:
      return caseEntry(word);
  }
}

const familyMeanings: Readonly<Record<Family['kind'], string>> = {
  particles: 'Ellipses.',
  fibers: 'Straight fibers with round ends.',
  cells: 'Voronoi cells of random points.',
  spinodal: 'A Gaussian random field, cut at the level that gives the fraction.',
};

/** An entry of a block: its row of docs/language.md. */
export function entryHover(block: Block, key: string): string | undefined {
  const name = blockName(block);
  const entry = descriptions[name]?.[key];
  if (entry === undefined) return undefined;
  const fallback = defaultText(name, key, block.$type === 'Learn' ? block.network : undefined);
  const without = entry.fallback !== undefined ? `Default: ${entry.fallback.text}.`
    : fallback === undefined ? (entry.required === undefined ? 'It has no default.' : 'It is required.')
    : `Default: \`${fallback}\`.`;
  const values = entry.rule === undefined ? '' : ` Takes ${withArticle(takes(entry))}.`;
  return `\`${key}\`: ${entry.meaning}.${values} ${without}`;
}

export function propertyHover(property: Property): string | undefined {
  const known = propertyDefinitions[property];
  return known === undefined ? undefined : `**${known.name}** \`${property}\`. ${known.definition}\n\n${known.tests}`;
}

function testHover(kind: Test['kind'], named: boolean): string | undefined {
  if (!named) return `\`test\`: the virtual test of every image and design. Default: \`compression\` for \`E\` and \`poisson\`, \`heating\` for \`expansion\`.`;
  const test = testEntries[kind];
  return test === undefined ? undefined : `\`test ${kind}\`: ${test.meaning}`;
}

function constraint(kind: keyof typeof constraintEntries): string {
  const { syntax, fallback, meaning } = constraintEntries[kind];
  return `${syntax}: ${meaning} Default: ${fallback}.`;
}

/** `learn`, `explain` and `construct` as the head of a block. */
function blockHover(node: Block, word: string): string {
  return `\`${word}\`: how designs are found.${mayBeSet(node)}`;
}

function mayBeSet(node: Block): string {
  const names: readonly string[] = Object.keys(descriptions[blockName(node)]).filter((key) => hasEntry(node, key));
  return ` A block in braces may set: ${names.map((each) => `\`${each}\``).join(', ')}.`;
}

function caseEntry(word: string): string | undefined {
  const entry = caseEntries.find(({ words }) => words.includes(word));
  return entry === undefined ? undefined : `${entry.syntax}: ${entry.meaning} Default: ${entry.fallback}.`;
}

function choice(words: string): string | undefined {
  const meaning = choiceMeanings[words];
  return meaning === undefined ? undefined : `\`${words}\`: ${meaning}`;
}
