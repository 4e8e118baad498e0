import { AstUtils, stream, type AstNodeDescription, type ReferenceInfo, type Scope, type ScopeProvider, type Stream } from 'langium';
import type { Declaration, SpecificationFile } from '#language/generated/ast';
import { importsOf, type ImportedDocuments, type SpecificationDocument } from './imported-documents';
import type { XDesignServices } from './imported-documents';

type NamesOfFile = ReadonlyMap<string, AstNodeDescription>;

/**
 * A name means a declaration of its own file, else of a file that is imported directly. Names that an
 * imported file imports itself are not handed on: what a file uses is named in its own imports.
 */
export class XDesignScopeProvider implements ScopeProvider {
  private readonly imported: ImportedDocuments;
  private readonly describe: (node: Declaration) => AstNodeDescription;
  private readonly typeOf: (info: ReferenceInfo) => string;
  /** Made once for each text: a new text has a new tree. */
  private readonly names = new WeakMap<SpecificationFile, NamesOfFile>();

  constructor(services: XDesignServices) {
    this.imported = services.references.ImportedDocuments;
    this.describe = (node) => services.workspace.AstNodeDescriptionProvider.createDescription(node, node.name);
    this.typeOf = (info) => services.shared.AstReflection.getReferenceType(info);
  }

  getScope(info: ReferenceInfo): Scope {
    const document = AstUtils.getDocument(info.container) as SpecificationDocument;
    const type = this.typeOf(info);
    const files = visibleDocuments(document, this.imported, type).map((each) => this.namesOf(each.parseResult.value));
    return new VisibleNames(files, type);
  }

  private namesOf(file: SpecificationFile): NamesOfFile {
    const known = this.names.get(file);
    if (known !== undefined) return known;
    const names = new Map<string, AstNodeDescription>();
    for (const node of namedDeclarations(file)) {
      const key = keyOf(node.$type, node.name);
      if (!names.has(key)) names.set(key, this.describe(node));
    }
    this.names.set(file, names);
    return names;
  }
}

/** The names of one type in several files; of equal names the first file's counts, and in a file the first. */
class VisibleNames implements Scope {
  constructor(
    private readonly files: readonly NamesOfFile[],
    private readonly type: string,
  ) {}

  getElement(name: string): AstNodeDescription | undefined {
    const key = keyOf(this.type, name);
    for (const names of this.files) {
      const found = names.get(key);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  getElements(name: string): Stream<AstNodeDescription> {
    const found = this.getElement(name);
    return stream(found === undefined ? [] : [found]);
  }

  getAllElements(): Stream<AstNodeDescription> {
    const ofType = this.files.flatMap((names) => [...names.values()].filter(({ type }) => type === this.type));
    return stream(ofType).distinct(({ name }) => name);
  }
}

/** Named declarations of a type in the order in which they win: own ones first, then by import. */
export function visibleDeclarations(document: SpecificationDocument, imported: ImportedDocuments, type: Declaration['$type']): readonly Declaration[] {
  return visibleDocuments(document, imported, type).flatMap((each) => namedDeclarations(each.parseResult.value).filter((node) => node.$type === type));
}

/** Cases of an imported file are not run, so none can be named. */
function visibleDocuments(document: SpecificationDocument, imported: ImportedDocuments, type: string): readonly SpecificationDocument[] {
  if (type === 'Case') return [document];
  return [document, ...importsOf(document).map((node) => imported.of(node)).filter((each) => each !== undefined)];
}

function namedDeclarations(file: SpecificationFile): readonly Declaration[] {
  return (file.declarations ?? []).filter((node) => !!node.name);
}

function keyOf(type: string, name: string): string {
  return `${type} ${name}`;
}
