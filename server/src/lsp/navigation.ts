/* Navigation: definitions, links of imports, renames, and selection ranges, for which Langium has no service. */
import { CstUtils, GrammarUtils, type CstNode, type LangiumDocument } from 'langium';
import { createRequestHandler, DefaultDefinitionProvider, DefaultRenameProvider, type DocumentLinkProvider } from 'langium/lsp';
import { LSPErrorCodes, ResponseError, type Connection, type DefinitionParams, type DocumentLink, type LocationLink, type Position, type Range, type RenameParams, type SelectionRange, type WorkspaceEdit } from 'vscode-languageserver';
import type { Import } from '#language/generated/ast';
import { importedUri, importsOf, type ImportedDocuments, type SpecificationDocument } from '#language/imports/imported-documents';
import { libraryScheme } from '#language/imports/library';
import { nameIssue } from '#language/syntax/parser-messages';
import type { XDesignServerServices, XDesignSharedServices } from '../server-services';

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Goes from a name to its declaration, and from an import to its file unless the import is refused. */
export class XDesignDefinition extends DefaultDefinitionProvider {
  private readonly imported: ImportedDocuments;

  constructor(services: XDesignServerServices) {
    super(services);
    this.imported = services.references.ImportedDocuments;
  }

  override async getDefinition(document: LangiumDocument, params: DefinitionParams): Promise<LocationLink[] | undefined> {
    const node = leafAt(document, params.position)?.astNode;
    return node?.$type === 'Import' ? this.fileOf(node as Import) : super.getDefinition(document, params);
  }

  private fileOf(node: Import): LocationLink[] {
    const origin = GrammarUtils.findNodeForProperty(node.$cstNode, 'path')?.range;
    const target = this.imported.of(node);
    if (origin === undefined || target === undefined) return [];
    return [{ originSelectionRange: origin, targetUri: target.uri.toString(), targetRange: start, targetSelectionRange: start }];
  }
}

/** Links the path of an import to its file, unless the import is refused. */
export class ImportLinks implements DocumentLinkProvider {
  private readonly imported: ImportedDocuments;

  constructor(services: XDesignServerServices) {
    this.imported = services.references.ImportedDocuments;
  }

  getDocumentLinks(document: LangiumDocument): DocumentLink[] {
    return importsOf(document as SpecificationDocument).flatMap((node) => {
      const range = GrammarUtils.findNodeForProperty(node.$cstNode, 'path')?.range;
      const target = this.imported.of(node) === undefined ? undefined : importedUri(node);
      return range === undefined || target === undefined ? [] : [{ range, target: target.toString() }];
    });
  }
}

/** Renames in all files that use a name; refuses new names that are not names in the language. */
export class XDesignRename extends DefaultRenameProvider {
  private readonly issue: (name: string) => string | undefined;

  constructor(services: XDesignServerServices) {
    super(services);
    this.issue = (name) => nameIssue(name, services.parser.Lexer);
  }

  override async rename(document: LangiumDocument, params: RenameParams): Promise<WorkspaceEdit | undefined> {
    const issue = this.issue(params.newName);
    if (issue !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, issue);
    const edit = await super.rename(document, params);
    if (Object.keys(edit?.changes ?? {}).some((uri) => uri.startsWith(libraryScheme))) {
      throw new ResponseError(LSPErrorCodes.RequestFailed, 'Names of the library cannot be changed: copy the material into a file of your own.');
    }
    return edit;
  }
}

/** The ranges around each position, the smallest first: token, value, entry, block, declaration, file. */
export function selectionRanges(document: LangiumDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, document.textDocument.offsetAt(position));
    return (leaf && grow(leaf)) ?? { range: { start: position, end: position } };
  });
}

function grow(node: CstNode): SelectionRange {
  const parent = node.container;
  if (parent === undefined) return { range: node.range };
  // A node with the same range as its only child is skipped.
  if (parent.offset === node.offset && parent.end === node.end) return grow(parent);
  return { range: node.range, parent: grow(parent) };
}

/** Handles `textDocument/selectionRange`. */
export function addSelectionRangeHandler(connection: Connection, shared: XDesignSharedServices): void {
  connection.onSelectionRanges(createRequestHandler((_, document, { positions }) => selectionRanges(document, positions), shared));
}

/** The token at a position; a position directly after a token belongs to it too. */
export function leafAt(document: LangiumDocument, position: Position): CstNode | undefined {
  const root = document.parseResult.value.$cstNode;
  const offset = document.textDocument.offsetAt(position);
  return root && (CstUtils.findLeafNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeAtOffset(root, offset - 1));
}
