/*
 * Incremental parsing after a keystroke: when text changed inside one declaration, that declaration is parsed
 * and replaces the old one; the others keep their nodes and everything that was derived from them. All other
 * changes are left to the parser.
 *
 * Langium's nodes of the concrete syntax tree cannot be moved by its API, so their fields are set here; a
 * test compares the result with a full parse, field by field.
 */
import { isCompositeCstNode, isLeafCstNode, type AstNode, type CstNode, type LangiumParser, type ParseResult } from 'langium';
import type { Declaration, SpecificationFile } from '#language/generated/ast';

/** Fields of Langium's nodes that hold their position. */
interface MovableLeaf {
  _offset: number;
  _startLine: number;
  _startColumn: number;
  _endLine: number;
  _endColumn: number;
}

interface MovableComposite {
  _rangeCache: unknown;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** How far the text behind a change has moved; columns count in the line where the change ends. */
interface Shift {
  readonly offset: number;
  readonly lines: number;
  readonly columns: number;
  readonly columnLine: number;
}

/** The result of parsing `text` from an earlier result, which must not be used afterwards; undefined where that is impossible. */
export function reparse(before: ParseResult<SpecificationFile>, text: string, parser: LangiumParser): ParseResult<SpecificationFile> | undefined {
  const file = before.value;
  const root = file.$cstNode?.root;
  if (root === undefined || before.lexerErrors.length > 0 || before.parserErrors.length > 0) return undefined;
  const old = root.fullText;
  const start = commonStart(old, text);
  const end = commonEnd(old, text, start);
  const index = (file.declarations ?? []).findIndex(({ $cstNode }) => $cstNode !== undefined && $cstNode.offset < start && old.length - end < $cstNode.end);
  const stale = file.declarations?.[index];
  const node = stale?.$cstNode;
  if (node === undefined || node.container !== root) return undefined;

  const { offset, end: oldEnd, range } = node;
  const growth = text.length - old.length;
  const part = text.slice(offset, oldEnd + growth);
  const parsed = parser.parse<SpecificationFile>(part);
  const [fresh] = parsed.value.declarations ?? [];
  const freshNode = fresh?.$cstNode;
  const isWhole = parsed.lexerErrors.length === 0 && parsed.parserErrors.length === 0 && parsed.value.declarations.length === 1 && parsed.value.imports.length === 0;
  if (!isWhole || freshNode === undefined || freshNode.offset !== 0 || freshNode.end !== part.length || fresh!.$type !== stale!.$type) return undefined;

  const freshEnd = freshNode.range.end;
  const endsIn = range.start.line + freshEnd.line;
  const endColumn = freshEnd.character + (freshEnd.line === 0 ? range.start.character : 0);
  const behind: Shift = { offset: growth, lines: endsIn - range.end.line, columns: endColumn - range.end.character, columnLine: range.end.line };
  move(freshNode, { offset, lines: range.start.line, columns: range.start.character, columnLine: 0 });
  const place = root.content.indexOf(node);
  for (const later of root.content.slice(place + 1)) move(later, behind);
  (root.content as CstNode[])[place] = freshNode;
  (freshNode as Writable<CstNode>).container = root;
  Object.assign(root as object, { _text: text, _rangeCache: undefined } satisfies MovableComposite & { _text: string });
  return { ...before, value: fileWith(file, fresh!, index) };
}

/** A new root for the same declarations but one: caches of a file are keyed by its root. */
function fileWith(file: SpecificationFile, fresh: Declaration, index: number): SpecificationFile {
  const declarations = file.declarations.with(index, fresh);
  const next: SpecificationFile = { ...file, declarations };
  for (const [property, nodes] of [['imports', file.imports], ['declarations', declarations]] as const) {
    nodes.forEach((node: Writable<AstNode>, position) => {
      node.$container = next;
      node.$containerProperty = property;
      node.$containerIndex = position;
    });
  }
  Object.assign(file.$cstNode as object, { astNode: next });
  return next;
}

function move(node: CstNode, shift: Shift): void {
  if (isLeafCstNode(node)) {
    const leaf = node as unknown as MovableLeaf;
    leaf._offset += shift.offset;
    if (leaf._startLine === shift.columnLine) leaf._startColumn += shift.columns;
    if (leaf._endLine === shift.columnLine) leaf._endColumn += shift.columns;
    leaf._startLine += shift.lines;
    leaf._endLine += shift.lines;
  } else if (isCompositeCstNode(node)) {
    (node as unknown as MovableComposite)._rangeCache = undefined;
    for (const child of node.content) move(child, shift);
  }
}

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

/** The number of characters that both texts end with, without those of the common start. */
function commonEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start;
  let length = 0;
  while (length < most && one.charCodeAt(one.length - 1 - length) === other.charCodeAt(other.length - 1 - length)) length++;
  return length;
}
