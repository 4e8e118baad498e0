import { AstUtils, URI, UriUtils, type LangiumDocument, type LangiumSharedCoreServices, type LangiumCoreServices } from 'langium';
import type { Import, SpecificationFile } from '#language/generated/ast';
import { asksForLibrary, libraryScheme } from './library';

export type SpecificationDocument = LangiumDocument<SpecificationFile>;

/** Which document an import means. */
export interface ImportedDocuments {
  /** Undefined when there is none, or when the import is refused. */
  of(node: Import): SpecificationDocument | undefined;
  /** Why an import is not followed, in a sentence; undefined when it is. */
  refusal(node: Import): string | undefined;
}

/** Imports as paths relative to the importing document's URI, among the documents that are loaded. */
export function importedByUri(shared: LangiumSharedCoreServices): ImportedDocuments {
  return {
    of: (node) => {
      const uri = importedUri(node);
      return uri === undefined ? undefined : (shared.workspace.LangiumDocuments.getDocument(uri) as SpecificationDocument | undefined);
    },
    refusal: () => undefined,
  };
}

/** Where an import leads; files of the library have URIs of their own: `xdesign:/materials.xdesign`. */
export function importedUri(node: Import): URI | undefined {
  // Half a character, as in a name that was cut, has no place in an address: no file has that name.
  if (!node.path || /\p{Surrogate}/u.test(node.path)) return undefined;
  if (asksForLibrary(node.path)) return libraryUri(node.path);
  return UriUtils.resolvePath(UriUtils.dirname(AstUtils.getDocument(node).uri), node.path);
}

/** The URI under which an editor opens a file of the library. */
export function libraryUri(path: string): URI {
  return URI.from({ scheme: libraryScheme.slice(0, -1), path: `/${path.slice(libraryScheme.length)}.xdesign` });
}

/** The imports of a document; none where its text did not parse that far. */
export function importsOf(document: SpecificationDocument): readonly Import[] {
  return document.parseResult.value.imports ?? [];
}

/** What the language adds to Langium's services. */
export interface XDesignAddedServices {
  readonly references: { readonly ImportedDocuments: ImportedDocuments };
}

export type XDesignServices = LangiumCoreServices & XDesignAddedServices;
