/* A document without syntax errors as the row of its words and comments, which is all that formatting looks at. */
import { isCompositeCstNode, isLeafCstNode, type AstNode, type CstNode } from 'langium';
import type { SpecificationFile } from '#language/generated/ast';

/** What begins at a token, if anything that may stand in a line of its own. */
export interface Beginning {
  readonly what: 'import' | 'declaration' | 'entry';
  /** Type of the declaration or, of an entry, of the block around it. */
  readonly type: string;
}

export interface Token {
  readonly text: string;
  /** Of its first character in the file. */
  readonly offset: number;
  readonly comment: 'line' | 'block' | undefined;
  readonly begins: Beginning | undefined;
  /** Blocks around the token; a brace belongs to what is around its block. */
  readonly depth: number;
  /** Of a brace: the index of its partner. */
  readonly partner: number | undefined;
  /** Line breaks between the token before and this one. */
  readonly breaksBefore: number;
}

/** All tokens in the order of the file. */
export function tokensOf(file: SpecificationFile): readonly Token[] {
  const root = file.$cstNode;
  if (root === undefined) return [];
  const text = root.root.fullText;
  const begins = beginningsOf(file);
  const tokens: { -readonly [K in keyof Token]: Token[K] }[] = [];
  const open: number[] = [];
  let end = 0;
  for (const leaf of leavesOf(root, [])) {
    const image = text.slice(leaf.offset, leaf.end);
    const partner = image === '}' ? open.pop() : undefined;
    const index = tokens.length;
    tokens.push({
      text: image,
      offset: leaf.offset,
      comment: !leaf.hidden ? undefined : image.startsWith('//') ? 'line' : 'block',
      begins: leaf.hidden ? undefined : begins.get(leaf.offset),
      depth: open.length,
      partner,
      breaksBefore: breaksIn(text.slice(end, leaf.offset)),
    });
    if (partner !== undefined) tokens[partner]!.partner = index;
    if (image === '{') open.push(index);
    end = leaf.end;
  }
  return tokens;
}

/** Line breaks of any kind in a text. */
export function breaksIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function leavesOf(node: CstNode, found: CstNode[]): readonly CstNode[] {
  if (isLeafCstNode(node)) found.push(node);
  else if (isCompositeCstNode(node)) for (const child of node.content) leavesOf(child, found);
  return found;
}

function beginningsOf(file: SpecificationFile): ReadonlyMap<number, Beginning> {
  const begins = new Map<number, Beginning>();
  const note = (nodes: readonly AstNode[] | undefined, what: Beginning['what'], block?: string): void => {
    for (const node of nodes ?? []) {
      if (node.$cstNode !== undefined) begins.set(node.$cstNode.offset, { what, type: block ?? node.$type });
      if ('entries' in node) note(node.entries as readonly AstNode[], 'entry', node.$type);
    }
  };
  note(file.imports, 'import');
  note(file.declarations, 'declaration');
  return begins;
}

/** What stands between two tokens, or before the first and behind the last. */
export interface Gap {
  /** Line breaks; 0 means that both stand in one line. */
  readonly breaks: number;
  /** Blanks or tabs after the line breaks. */
  readonly blanks: string;
}
