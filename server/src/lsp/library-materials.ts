/* Materials of the library, and the edits that import one into a file or copy it there. */
import type { CompletionValueItem } from 'langium/lsp';
import { CompletionItemKind, type TextEdit } from 'vscode-languageserver';
import { endOfComments } from '#language/syntax/text-fixes';
import { importsOf, libraryUri, type SpecificationDocument } from '#language/imports/imported-documents';
import { libraryScheme } from '#language/imports/library';
import { visibleDeclarations } from '#language/imports/scope';
import type { XDesignServerServices } from '../server-services';

const path = `${libraryScheme}materials`;

/** Materials of the library that are not visible in the file yet; choosing one adds it to the file. */
export function libraryMaterials(document: SpecificationDocument, services: XDesignServerServices): readonly CompletionValueItem[] {
  const visible = new Set(visibleDeclarations(document, services.references.ImportedDocuments, 'Material').map(({ name }) => name));
  const materials = libraryNames(services);
  // A file that declares a name of the library cannot import the library, so it gets a copy.
  const shares = materials.some(({ name }) => visible.has(name));
  return materials
    .filter(({ name }) => !visible.has(name))
    .map(({ name, detail }) => ({
      label: name,
      kind: CompletionItemKind.Constant,
      detail: `${detail} (${shares ? 'copied from' : 'imports'} "${path}")`,
      sortText: '3',
      additionalTextEdits: [shares ? copyEdit(document, `material ${name} { ${detail} }`) : importEdit(document)],
    }));
}

/** Adds a material before the first declaration and the comments directly above it. */
export function copyEdit({ parseResult, textDocument }: SpecificationDocument, text: string): TextEdit {
  const before = textDocument.getText().slice(0, parseResult.value.declarations?.[0]?.$cstNode?.offset ?? 0);
  const [comments] = /(?:(?<=^|[\n\r])[ \t]*(?:\/\/[^\n\r]*|\/\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*)(?:\r\n|\r|\n))*[ \t]*$/.exec(before)!;
  const place = textDocument.positionAt(before.length - comments.trimStart().length);
  return { range: { start: place, end: place }, newText: `${text}\n` };
}

/** Names of the materials of the library, and their entries as text. */
export function libraryNames({ shared }: XDesignServerServices): readonly { readonly name: string; readonly detail: string }[] {
  const library = shared.workspace.LangiumDocuments.getDocument(libraryUri(path)) as SpecificationDocument | undefined;
  return (library?.parseResult.value.declarations ?? []).map((node) => ({ name: node.name, detail: node.$cstNode?.text.replace(/^material \S+ \{ | \}$/g, '') ?? '' }));
}

/** Adds the import of the library after the last import of the file. */
export function importEdit(document: SpecificationDocument): TextEdit {
  const text = document.textDocument.getText();
  const last = importsOf(document).at(-1)?.$cstNode?.end;
  const place = document.textDocument.positionAt(last === undefined ? 0 : endOfComments(last, text.length, text));
  return { range: { start: place, end: place }, newText: last === undefined ? `import "${path}"\n` : `\nimport "${path}"` };
}
