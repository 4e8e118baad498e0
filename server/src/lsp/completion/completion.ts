/*
 * Completion at the cursor. Langium's completion parser finds the keywords and names that the grammar allows;
 * it runs on the declaration around the cursor alone, so that the length of the file costs nothing. The tables
 * of the language explain the keywords. Units, paths and materials of the library are added.
 */
import { AstUtils, CstUtils, GrammarAST, GrammarUtils, type AstNode, type AstNodeDescription, type CstNode, type LangiumDocument, type ReferenceInfo, type Stream, type TextDocument } from 'langium';
import { DefaultCompletionProvider, type CompletionAcceptor, type CompletionContext, type CompletionProviderOptions, type CompletionValueItem, type NextFeature } from 'langium/lsp';
import { CompletionItemKind, InsertTextFormat, type CompletionItem, type CompletionList, type CompletionParams, type Position } from 'vscode-languageserver';
import { hasEntry } from '#language/entries/read-block';
import { Case, isCase, isDatabase, isExplain } from '#language/generated/ast';
import { type ComparedArm, comparedArms, comparesOwnDesigns } from '#domain/arms';
import { comparisonsOf, constructionOf } from '#language/specification/read-case';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import type { XDesignServerServices } from '../../server-services';
import { fileItems, type FileUse } from './file-items';
import { importPaths } from './value-items';
import { libraryMaterials } from '../library-materials';
import { snippets, type Snippet } from './keyword-items';
import { unitItems } from './value-items';
import { keywordItem } from './keyword-items';

/** What the strings in rules of the grammar name. */
const fileUses: Readonly<Record<string, FileUse>> = { Images: 'images', Labels: 'labels', LabelColumns: 'columns', LabelNames: 'columns' };

export class XDesignCompletion extends DefaultCompletionProvider {
  override readonly completionOptions: CompletionProviderOptions = { triggerCharacters: [' ', '"', '/', ':'] };

  /** The positions whose lists of files were too long to be sent whole. */
  private readonly cut = new WeakSet<Position>();

  constructor(private readonly services: XDesignServerServices) {
    super(services);
  }

  override async getCompletion(document: LangiumDocument, params: CompletionParams): Promise<CompletionList | undefined> {
    const offset = document.textDocument.offsetAt(params.position);
    const leaf = leafBefore(document, offset);
    if (leaf !== undefined && isComment(leaf, offset)) return undefined;
    const list = await super.getCompletion(document, params);
    const units = leaf === undefined ? [] : unitItems(leaf, offset, document);
    return { isIncomplete: this.cut.has(params.position), items: [...units, ...(list?.items ?? [])] };
  }

  /** The text before the declaration has no effect on what the grammar allows in it. */
  protected override findFeaturesAt(document: TextDocument, offset: number): NextFeature[] {
    const start = declarationBefore(document.getText(), offset);
    const slice = { getText: () => document.getText().slice(start, offset), positionAt: (at: number) => document.positionAt(at) } as TextDocument;
    return super.findFeaturesAt(slice, offset);
  }

  protected override backtrackToAnyToken(text: string, offset: number): ReturnType<DefaultCompletionProvider['backtrackToAnyToken']> {
    const start = declarationBefore(text, offset);
    // Later declarations are left out.
    const end = text.indexOf('\n', offset);
    const relative = super.backtrackToAnyToken(text.slice(start, end < 0 ? text.length : end), offset - start);
    const { previousTokenStart, previousTokenEnd } = relative;
    return {
      nextTokenStart: relative.nextTokenStart + start,
      nextTokenEnd: relative.nextTokenEnd + start,
      ...(previousTokenStart !== undefined && { previousTokenStart: previousTokenStart + start }),
      ...(previousTokenEnd !== undefined && { previousTokenEnd: previousTokenEnd + start }),
    };
  }

  protected override async completionFor(context: CompletionContext, next: NextFeature, accept: CompletionAcceptor): Promise<void> {
    const { feature } = next;
    if (GrammarAST.isRuleCall(feature) && feature.rule.$refText === 'STRING') {
      const rule = AstUtils.getContainerOfType(feature, GrammarAST.isParserRule)?.name ?? '';
      const use = fileUses[rule];
      if (use !== undefined) {
        const { items, hasMore } = await fileItems(context.document, context.offset, use, this.services);
        for (const item of items) accept(context, item);
        if (hasMore) this.cut.add(context.position);
      }
      // Other paths are of weights and single pictures.
      if (rule !== 'Import') return;
      for (const item of importPaths(context.document as SpecificationDocument, context.offset, this.services)) accept(context, item);
    } else if (GrammarAST.isCrossReference(feature)) {
      await super.completionFor(context, next, accept);
      if (feature.type.$refText !== 'Material') return;
      for (const item of libraryMaterials(context.document as SpecificationDocument, this.services)) accept(context, item);
    } else {
      await super.completionFor(context, next, accept);
    }
  }

  protected override completionForKeyword(context: CompletionContext, keyword: GrammarAST.Keyword, accept: CompletionAcceptor): void {
    if (!this.filterKeyword(context, keyword) || isName(keyword)) return;
    if (isPresent(context, keyword) || isOfOtherMethod(context, keyword)) return;
    const item = keywordItem(keyword, context.node);
    accept(context, this.withSnippet(item));
    // A setting of a study has the word of an entry, but not its body.
    if (item.kind === CompletionItemKind.Property) return;
    const isCompared = keyword.value === 'compare' ? comparedIn(othersAround(context)) : () => false;
    for (const snippet of snippets(keyword.value)) if (!isCompared(snippet.label.split(' ')[1]!)) accept(context, this.withSnippet(snippet));
  }

  /** A training cannot start from its own case. */
  protected override getReferenceCandidates(reference: ReferenceInfo, context: CompletionContext): Stream<AstNodeDescription> {
    const owner = AstUtils.getContainerOfType(context.node, isCase)?.name;
    return super.getReferenceCandidates(reference, context).filter(({ type, name }) => type !== Case.$type || name !== owner);
  }

  /** Editors without support for snippets get plain text. */
  private withSnippet({ snippet, ...item }: Snippet): CompletionValueItem {
    if (snippet === undefined) return item;
    if (this.clientCapabilities?.completionItem?.snippetSupport === true) return { ...item, insertText: snippet, insertTextFormat: InsertTextFormat.Snippet };
    return { ...item, insertText: item.kind === CompletionItemKind.Snippet ? plain(snippet) : item.label! };
  }

  protected override deduplicateItems(items: CompletionItem[]): CompletionItem[] {
    const seen = new Set<string>();
    return items.filter(({ label, kind }) => {
      const key = `${kind} ${label}`;
      if (seen.has(key)) return false;
      return seen.add(key);
    });
  }
}

/** Start of the line that opens the last declaration or import before the offset; 0 before the first. */
function declarationBefore(text: string, offset: number): number {
  for (let line = lineStart(text, offset); ; line = lineStart(text, line - 1)) {
    if (line === 0 || (line < offset && /^(material|database|case|study|import)\b/.test(text.slice(line, line + 9)))) return line;
  }
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function leafBefore(document: LangiumDocument, offset: number): CstNode | undefined {
  const root = document.parseResult.value.$cstNode;
  return root && CstUtils.findLeafNodeBeforeOffset(root, offset);
}

function isComment(leaf: CstNode, offset: number): boolean {
  if (!leaf.hidden) return false;
  const line = leaf.text.startsWith('//');
  return offset > leaf.offset && (line ? offset <= leaf.end : offset < leaf.end);
}

/** Nearly every keyword may be a name, but keywords are not useful suggestions for one. */
function isName(keyword: GrammarAST.Keyword): boolean {
  for (let node: AstNode | undefined = keyword; node !== undefined; node = node.$container) {
    if (GrammarAST.isParserRule(node)) return node.name === 'Name';
  }
  return false;
}

/**
 * An entry may occur once, so the entries that the block around the cursor has are not offered again; a comparison
 * may occur once with each arm.
 */
function isPresent(context: CompletionContext, keyword: GrammarAST.Keyword): boolean {
  const others = othersAround(context);
  const word = keyword.value;
  if (word === 'compare') return Object.keys(comparedArms).every(comparedIn(others));
  if (AstUtils.getContainerOfType(keyword, GrammarAST.isAssignment)?.feature === 'arm') return comparedIn(others)(word);
  if (AstUtils.getContainerOfType(keyword, GrammarAST.isAssignment)?.feature === 'block') return false;
  return word !== 'subject' && others.some(({ $cstNode }) => $cstNode!.text.split(/\s/, 1)[0] === word);
}

/** `layer` in `explain exact`, `edge` where a network explains, `speckles` among families. */
function isOfOtherMethod({ node }: CompletionContext, keyword: GrammarAST.Keyword): boolean {
  const explain = AstUtils.getContainerOfType(node, isExplain);
  const block = explain ?? AstUtils.getContainerOfType(node, isDatabase);
  return block !== undefined && AstUtils.getContainerOfType(keyword, GrammarAST.isAssignment)?.feature === 'key' && !hasEntry(block, keyword.value);
}

/** The entries of the block around the cursor, without the one that the cursor is in. */
function othersAround({ node, offset }: CompletionContext): readonly AstNode[] {
  let block = node;
  while (block !== undefined && !('entries' in block && holds(block, offset))) block = block.$container;
  const entries = (block as { readonly entries?: readonly AstNode[] } | undefined)?.entries ?? [];
  return entries.filter(({ $cstNode }) => $cstNode !== undefined && !($cstNode.offset <= offset && offset <= $cstNode.end));
}

/** Whether a case with these entries is compared with an arm already, or has the designs of that arm for its own. */
function comparedIn(entries: readonly AstNode[]): (arm: string) => boolean {
  const node = { entries } as Case;
  const [compared, construct] = [comparisonsOf(node), constructionOf(node)];
  return (name) => compared.some(({ arm }) => arm === name) || comparesOwnDesigns(name as ComparedArm, construct);
}

/** Whether a place is within the braces of a block, of which the closing one may be missing. */
function holds({ $cstNode }: AstNode, offset: number): boolean {
  const [opening, closing] = (['{', '}'] as const).map((brace) => GrammarUtils.findNodeForKeyword($cstNode, brace));
  return opening !== undefined && opening.end <= offset && (closing === undefined || offset <= closing.offset);
}

/** The text of a snippet with the first choice of each placeholder. */
function plain(snippet: string): string {
  const values = new Map<string, string>();
  return snippet.replace(/\$\{(\d+)(?:\|([^,|]*)[^}]*|:([^}]*))?\}/g, (_, place: string, choice?: string, text?: string) => {
    const value = choice ?? text ?? values.get(place) ?? '';
    values.set(place, value);
    return value;
  });
}
