/*
 * Messages of the parser in terms of the language. The first line is the message, a second one the remedy,
 * and a third one the keyword that was probably meant, if one is similar.
 */
import { DefaultLexerErrorMessageProvider, LangiumParserErrorMessageProvider, type Lexer } from 'langium';
import { families } from '#domain/microstructures';
import { entries, type BlockName } from '#language/entries/entries';
import { settingKeywords } from '#language/entries/settings';
import { nearestWord } from '#units/nearest-word';
import { listed } from '#units/sentences';

type MismatchOptions = Parameters<LangiumParserErrorMessageProvider['buildMismatchTokenMessage']>[0];
type RedundantOptions = Parameters<LangiumParserErrorMessageProvider['buildNotAllInputParsedMessage']>[0];
type NoViableOptions = Parameters<LangiumParserErrorMessageProvider['buildNoViableAltMessage']>[0];
type EarlyExitOptions = Parameters<LangiumParserErrorMessageProvider['buildEarlyExitMessage']>[0];

/** Words that begin a declaration. */
export const declarationKeywords = ['import', 'material', 'database', 'case', 'study'] as const;
/** Words that begin an entry of a case. */
export const caseKeywords = ['white', 'black', 'from', 'plane', 'test', 'maximize', 'minimize', 'subject', 'learn', 'explain', 'construct', 'compare', 'refine'] as const;

/** Words that begin an entry, by the grammar's rule of the block. */
const entryKeywords: Readonly<Record<string, readonly string[]>> = {
  SpecificationFile: declarationKeywords,
  Case: caseKeywords,
  Material: wordsOf('material'),
  Database: [...wordsOf('database'), ...families],
  Labels: wordsOf('labels'),
  Particles: wordsOf('particles'),
  Fibers: wordsOf('fibers'),
  Cells: wordsOf('cells'),
  Spinodal: wordsOf('spinodal'),
  Learn: wordsOf('learn'),
  Explain: wordsOf('explain'),
  Construct: wordsOf('construct'),
  Refine: wordsOf('refine'),
  CompareOptimization: wordsOf('compare'),
  Study: settingKeywords,
};

/** The words that may begin an entry of a block or, without a block, a declaration. */
export function entryKeywordsOf(rule: string): readonly string[] {
  return entryKeywords[rule] ?? [];
}

export class XDesignParserMessages extends LangiumParserErrorMessageProvider {
  override buildMismatchTokenMessage({ expected, actual, ruleName }: MismatchOptions): string {
    // Langium marks the names of its rules with an invisible character.
    const words = entryKeywordsOf(ruleName.replace(/\W/g, ''));
    if (expected.name === '}' && words.length > 0) return unexpected(actual.image, `an entry (${choiceText(words)}) or \`}\``, words);
    if (expected.name === 'EOF') return unexpected(actual.image, choiceText(words), words);
    return unexpected(actual.image, tokenWords(expected.name), [expected.name]);
  }

  override buildNotAllInputParsedMessage({ firstRedundant }: RedundantOptions): string {
    return unexpected(firstRedundant.image, choiceText(declarationKeywords), declarationKeywords);
  }

  override buildNoViableAltMessage({ expectedPathsPerAlt, actual }: NoViableOptions): string {
    return unexpectedAmong(expectedPathsPerAlt.flat(), actual[0]?.image ?? '');
  }

  override buildEarlyExitMessage({ expectedIterationPaths, actual }: EarlyExitOptions): string {
    return unexpectedAmong(expectedIterationPaths, actual[0]?.image ?? '');
  }
}

export class XDesignLexerMessages extends DefaultLexerErrorMessageProvider {
  override buildUnexpectedCharactersMessage(fullText: string, startOffset: number, length: number): string {
    const text = fullText.slice(startOffset, startOffset + length);
    if (text.startsWith('"') || text.startsWith("'")) return 'This string has no closing quote.\nEnd it with the quote that it starts with.';
    if (fullText.startsWith('/*', startOffset)) return 'This comment has no end.\nClose it with `*/`.';
    return `\`${text}\` is not part of the language.\n${remedyForSign(text) ?? 'Remove it.'}`;
  }
}

/** Signs that other languages use. */
function remedyForSign(text: string): string | undefined {
  if (/^[;]/.test(text)) return 'Entries need no separator.';
  if (/^[=:]/.test(text)) return 'A value follows its keyword: `young 68.3 GPa`.';
  if (/^[-–—…]/.test(text)) return 'A range is written with two dots: `0.38 .. 0.41`.';
  if (/^#/.test(text)) return 'A comment begins with `//`.';
  return undefined;
}

function unexpectedAmong(paths: readonly (readonly { readonly name: string }[])[], found: string): string {
  const all = [...new Set(paths.flatMap((path) => (path[0] === undefined ? [] : [path[0].name])))];
  // Where a name is allowed, most keywords are too; only the name is suggested.
  const words = all.includes('ID') ? ['ID'] : all;
  return unexpected(found, choiceText(words), words);
}

function unexpected(found: string, expected: string, candidates: readonly string[]): string {
  const nearest = nearestWord(found, candidates.filter((word) => /^[a-zE]/.test(word)));
  const remedy = nearest === undefined ? remedyForWord(found, candidates) : `Did you mean \`${nearest}\`?\n${nearest}`;
  const foundWords = found === '' ? 'the file ends' : `found \`${found}\``;
  return `Expected ${expected}, but ${foundWords}.${remedy === undefined ? '' : `\n${remedy}`}`;
}

function remedyForWord(found: string, candidates: readonly string[]): string | undefined {
  if (found === ',') return 'Entries need no commas, and decimals are written with a point.';
  if (candidates.includes('ID') && found === 'void') return '`void` is the phase without stiffness and cannot be a name.';
  const reserved: readonly string[] = [...declarationKeywords, ...caseKeywords];
  return candidates.includes('ID') && reserved.includes(found) ? `\`${found}\` begins an entry and cannot be a name.` : undefined;
}

function choiceText(words: readonly string[]): string {
  return listed(words.map(tokenWords), 'or');
}

/** Terminals by a description, keywords as they are written. */
function tokenWords(name: string): string {
  switch (name) {
    case 'ID':
      return 'a name';
    case 'NUMBER':
      return 'a number';
    case 'STRING':
      return 'a path in quotes';
    case 'EOF':
      return 'the end of the file';
    case 'LAYER_PATH':
      return 'the name of a layer such as `layer2.1`';
    case 'PER_UNIT':
    case 'SIGN_UNIT':
      return 'a unit';
    default:
      return `\`${name}\``;
  }
}

function wordsOf(block: BlockName): readonly string[] {
  return Object.keys(entries[block]);
}

/** Why a text cannot name a material, a database or a case; undefined when it can. */
export function nameIssue(text: string, lexer: Lexer): string | undefined {
  const reserved: readonly string[] = [...declarationKeywords, ...caseKeywords];
  if (reserved.includes(text)) return `\`${text}\` begins an entry and cannot be a name.`;
  const { tokens, hidden, errors } = lexer.tokenize(text);
  const [token] = tokens;
  const isWord = tokens.length === 1 && errors.length === 0 && hidden.length === 0 && token!.image === text && /^[\p{L}_\u00B5]/u.test(text);
  return isWord ? undefined : `\`${text}\` is not a name: a name begins with a letter or \`_\`; letters, digits, \`_\` and hyphens follow.`;
}
