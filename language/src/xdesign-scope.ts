import { AstUtils, EMPTY_SCOPE, MapScope, type AstNodeDescription, type ReferenceInfo, type Scope, type ScopeProvider } from 'langium';
import type { Declaration } from './generated/ast';
import { importsOf, type ImportedDocuments, type SpecificationDocument } from './imported-documents';
import type { XDesignServices } from './xdesign-services';

/**
 * A name means a declaration of its own file, else of a file that is imported directly. Names that an
 * imported file imports itself are not handed on: what a file uses is named in its own imports.
 */
export class XDesignScopeProvider implements ScopeProvider {
  private readonly imported: ImportedDocuments;
  private readonly describe: (node: Declaration) => AstNodeDescription;
  private readonly typeOf: (info: ReferenceInfo) => string;

  constructor(services: XDesignServices) {
    this.imported = services.references.ImportedDocuments;
    this.describe = (node) => services.workspace.AstNodeDescriptionProvider.createDescription(node, node.name);
    this.typeOf = (info) => services.shared.AstReflection.getReferenceType(info);
  }

  getScope(info: ReferenceInfo): Scope {
    const document = AstUtils.getDocument(info.container) as SpecificationDocument;
    const type = this.typeOf(info);
    const visible = visibleDeclarations(document, this.imported).filter((node) => node.$type === type);
    if (visible.length === 0) return EMPTY_SCOPE;
    // The first of a name wins, as in a map filled from behind.
    return new MapScope(visible.toReversed().map(this.describe));
  }
}

/** Named declarations in the order in which they win: own ones first, then by import. */
export function visibleDeclarations(document: SpecificationDocument, imported: ImportedDocuments): readonly Declaration[] {
  const documents = [document, ...importsOf(document).map((node) => imported.of(node))];
  return documents.flatMap((each) => each?.parseResult.value.declarations ?? []).filter((node) => !!node.name);
}
