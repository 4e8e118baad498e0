import { GrammarUtils, type LangiumDocument } from 'langium';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver';
import { importedUri, importsOf, type ImportedDocuments, type SpecificationDocument } from '#language/imported-documents';
import type { XDesignServerServices } from '../server-services';

/** The path of an import opens its file, as far as imports are followed. */
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
