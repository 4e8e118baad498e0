import { AstUtils, UriUtils, type LangiumDocument, type LangiumSharedCoreServices } from 'langium';
import type { Import, SpecificationFile } from './generated/ast';

export type SpecificationDocument = LangiumDocument<SpecificationFile>;

/** Which document an import means. */
export interface ImportedDocuments {
  /** Undefined when there is none. */
  of(node: Import): SpecificationDocument | undefined;
}

/** Imports as paths relative to the importing document's URI, among the documents that are loaded. */
export function importedByUri(shared: LangiumSharedCoreServices): ImportedDocuments {
  return {
    of(node) {
      if (!node.path) return undefined;
      const uri = UriUtils.resolvePath(UriUtils.dirname(AstUtils.getDocument(node).uri), node.path);
      return shared.workspace.LangiumDocuments.getDocument(uri) as SpecificationDocument | undefined;
    },
  };
}

/** The imports of a document; none where its text did not parse that far. */
export function importsOf(document: SpecificationDocument): readonly Import[] {
  return document.parseResult.value.imports ?? [];
}
