import { GrammarUtils, type LangiumDocument } from 'langium';
import { DefaultDefinitionProvider } from 'langium/lsp';
import type { DefinitionParams, LocationLink, Range } from 'vscode-languageserver';
import type { Import } from '#language/generated/ast';
import type { ImportedDocuments } from '#language/imported-documents';
import type { XDesignServerServices } from '../server-services';
import { leafAt } from './leaf-at';

/** A name leads to its declaration, an import to the file that it means, as far as it is followed. */
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

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
