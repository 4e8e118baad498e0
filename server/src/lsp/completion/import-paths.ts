import { CstUtils, UriUtils } from 'langium';
import type { CompletionValueItem } from 'langium/lsp';
import { CompletionItemKind } from 'vscode-languageserver';
import type { SpecificationDocument } from '#language/imported-documents';
import { library, libraryScheme } from '#language/library';
import type { XDesignServerServices } from '../../server-services';

/** Paths in quotes: files that the server knows, seen from the document, and the library. A path that is there is replaced whole. */
export function importPaths(document: SpecificationDocument, offset: number, { shared }: XDesignServerServices): readonly CompletionValueItem[] {
  const root = document.parseResult.value.$cstNode;
  const leaf = root && CstUtils.findLeafNodeBeforeOffset(root, offset);
  const written = leaf !== undefined && /^["']/.test(leaf.text) && offset <= leaf.end ? leaf.range : undefined;
  const folder = UriUtils.dirname(document.uri);
  const files = [...shared.workspace.LangiumDocuments.all]
    .map(({ uri }) => uri)
    .filter((uri) => uri.scheme === document.uri.scheme && !UriUtils.equals(uri, document.uri))
    .map((uri) => UriUtils.relative(folder, uri))
    .toSorted((a, b) => (a < b ? -1 : 1));
  return [...files, ...Object.keys(library)].map((path, index) => ({
    label: `"${path}"`,
    ...(written === undefined ? {} : { textEdit: { range: written, newText: `"${path}"` } }),
    kind: CompletionItemKind.File,
    sortText: String(index).padStart(5, '0'),
    ...(path.startsWith(libraryScheme) ? { detail: 'comes with XDesign' } : {}),
  }));
}
