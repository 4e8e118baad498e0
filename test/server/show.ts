/* How ranges and edits of tests are told: by the text that they hold. */
import { TextDocument, URI, type LangiumDocument } from 'langium';
import type { Range, TextEdit } from 'vscode-languageserver';
import type { OpenText } from './open-text';

/** `main.xdesign 3: text`, with the number of the line from 1. */
export function place({ shared }: OpenText, uri: string, range: Range): string {
  const document = shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
  return `${uri.split('/').at(-1)} ${range.start.line + 1}: ${held(document!, range)}`;
}

/** The text of a range, its blanks and line breaks as one blank. */
export function held(document: LangiumDocument, range: Range): string {
  return document.textDocument.getText(range).replace(/\s+/g, ' ');
}

/** A document's text after edits. */
export function edited(document: LangiumDocument, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(document.textDocument, [...edits]);
}
