/*
 * How a file is laid out: one gap between each two tokens, and nothing else is ever touched. So words,
 * numbers and comments stay as they are written, and a formatted file means what it meant.
 *
 * Lines are the author's: entries that stand together stay together. Blocks are indented, entries in a
 * line are two blanks apart, and what is written as a table is aligned (columns.ts).
 */
import type { SpecificationFile } from '#language/generated/ast';
import { alignColumns } from './columns';
import type { Gap } from './tokens';
import { breaksIn, tokensOf, type Token } from './tokens';

export interface FormatOptions {
  /** Of one level: blanks or a tab. */
  readonly indent: string;
}

/** A stretch of the file and what belongs there instead. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What to replace so that a file without syntax errors is formatted; nothing when it is. */
export function formatFile(file: SpecificationFile, options: FormatOptions): readonly Replacement[] {
  const tokens = tokensOf(file);
  const text = file.$cstNode?.root.fullText ?? '';
  const gaps = alignColumns(tokens, tokens.map((_, index) => gapBefore(tokens, index, options)));
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const replacements: Replacement[] = [];
  // Some editors begin a file with a mark of its encoding.
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  const put = (end: number, wanted: string): void => {
    if (text.slice(start, end) !== wanted) replacements.push({ start, end, text: wanted });
  };
  tokens.forEach((token, index) => {
    const { breaks, blanks } = gaps[index]!;
    put(token.offset, lineBreak.repeat(breaks) + blanks);
    start = token.offset + (token.comment === 'line' ? token.text.trimEnd() : token.text).length;
  });
  put(text.length, tokens.length === 0 ? '' : lineBreak);
  return replacements;
}

function gapBefore(tokens: readonly Token[], index: number, { indent }: FormatOptions): Gap {
  const [before, token] = [tokens[index - 1], tokens[index]!];
  if (before === undefined) return { breaks: 0, blanks: '' };
  const breaks = breaksBefore(tokens, index);
  if (breaks === 0) return { breaks, blanks: ' '.repeat(blanksBetween(before, token)) };
  // A continuation line is indented once more.
  const goesOn = token.begins === undefined && token.comment === undefined && token.text !== '}';
  return { breaks, blanks: indent.repeat(token.depth + (goesOn ? 1 : 0)) };
}

function breaksBefore(tokens: readonly Token[], index: number): number {
  const [before, token] = [tokens[index - 1]!, tokens[index]!];
  const forced =
    before.comment === 'line' ||
    token.begins?.what === 'import' ||
    token.begins?.what === 'declaration' ||
    (before.text === '{' && token.comment === undefined && isSpread(tokens, index - 1)) ||
    (token.text === '}' && token.partner !== undefined && isSpread(tokens, token.partner));
  const kept = token.text === '{' && !forced ? 0 : Math.min(token.breaksBefore, 2);
  // No blank line at the ends of a block.
  const most = before.text === '{' || token.text === '}' ? 1 : 2;
  // A comment in front of a declaration stands in its line where the author put it there.
  const least = forced && !(before.comment === 'block' && token.breaksBefore === 0) ? 1 : 0;
  return Math.max(least, Math.min(kept, most));
}

/** Whether a block is written over several lines. */
function isSpread(tokens: readonly Token[], brace: number): boolean {
  const { partner } = tokens[brace]!;
  if (partner === undefined) return false;
  for (let index = brace + 1; index <= partner; index++) {
    const { breaksBefore: breaks, comment, text } = tokens[index]!;
    if (breaks > 0 || comment === 'line' || (comment === 'block' && breaksIn(text) > 0)) return true;
  }
  return false;
}

function blanksBetween(before: Token, token: Token): number {
  if (token.comment === 'line') return 2;
  if (token.comment === 'block' || before.comment === 'block') return 1;
  if ([',', ')', '('].includes(token.text) || before.text === '(') return 0;
  if (/^[%\u2030\u00B0]/.test(token.text)) return 0;
  return token.begins?.what === 'entry' && before.text !== '{' ? 2 : 1;
}
