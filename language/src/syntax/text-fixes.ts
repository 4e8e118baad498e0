import { GrammarUtils } from 'langium';
import type { Case, CompareOptimization, Construct, Database, Explain, Labels, Learn, Material, Refine, Study } from '#language/generated/ast';

/** A block that an entry may be added to. */
export type EntryHolder = Labels | Material | Database | Case | Study | Learn | Explain | Construct | Refine | CompareOptimization;

/** A text and where it is inserted. */
export interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/**
 * Adds an entry behind the last one, in its line or in one of its own as the block is written; comments
 * stay next to the entries that they belong to. Undefined for a block without an end.
 */
export function entryEdit(node: EntryHolder, entry: string): Insertion | undefined {
  const own = node.$cstNode;
  if (own === undefined) return undefined;
  const [opening, closing] = (['{', '}'] as const).map((brace) => GrammarUtils.findNodeForKeyword(own, brace));
  if (opening === undefined) return { offset: own.end, text: ` { ${entry} }` };
  if (closing === undefined) return undefined;
  const text = own.root.fullText;
  const last = node.entries.at(-1)?.$cstNode;
  const offset = endOfComments((last ?? opening).end, closing.offset, text);
  if (/[\n\r]/.test(text.slice(own.offset, closing.offset))) {
    return { offset, text: `${text.includes('\r\n') ? '\r\n' : '\n'}${indentOf(node)}${entry}` };
  }
  return { offset, text: `${last === undefined ? ' ' : '  '}${entry}${offset === closing.offset ? ' ' : ''}` };
}

/** The place behind the comments that follow another one in its line. */
export function endOfComments(start: number, end: number, text: string): number {
  const [comments] = /^(?:[ \t]*(?:\/\/[^\n\r]*|\/\*[\s\S]*?\*\/))*/.exec(text.slice(start, end))!;
  return start + comments.length;
}

/** Indentation of the first entry that begins a line; without one, four blanks more than the block. */
function indentOf({ $cstNode, entries }: EntryHolder): string {
  const text = $cstNode!.root.fullText;
  for (const entry of entries) {
    const [, blanks] = /(?:^|[\n\r])([ \t]*)$/.exec(text.slice(0, entry.$cstNode?.offset ?? 0)) ?? [];
    if (blanks !== undefined) return blanks;
  }
  return `${indentBefore($cstNode!.offset, text)}    `;
}

/** Blanks at the start of the line of a place. */
function indentBefore(offset: number, text: string): string {
  return /(?:^|[\n\r])([ \t]*)[^\n\r]*$/.exec(text.slice(0, offset))![1]!;
}

/** Characters that may end a word, number or unit, and those that may continue one: `GPa` with `/K`, `m` with `²`, `poisson` with `-0`. */
const ending = /[\p{L}\d_.%‰°)¹²³]$/u;
const continuing = /^[\p{L}\d_./^+⁻¹²³-]/u;

/** A text as it may stand in a stretch of another one: words that touched, as in `3GPa`, would become one with others in their place. */
export function standingApart(text: string, source: string, start: number, end: number): string {
  // A lone hyphen joins what it stands between, as in a name or an exponent.
  if (text === '-') return text;
  const before = ending.test(source.slice(Math.max(0, start - 2), start)) && continuing.test(text) ? ' ' : '';
  const after = continuing.test(source.slice(end, end + 2)) && ending.test(text) ? ' ' : '';
  return before + text + after;
}
