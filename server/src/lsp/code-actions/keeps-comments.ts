import { URI } from 'langium';
import { editsByUri, type ActionContext, type Offer } from './offer';

/** Whether the comments in what edits replace stand in what they put there. */
export function keepsComments(edits: Offer['edits'], { document, services }: ActionContext): boolean {
  const { LangiumDocuments } = services.shared.workspace;
  return Object.entries(editsByUri(edits, document)).every(([uri, changes]) => {
    const edited = LangiumDocuments.getDocument(URI.parse(uri));
    return changes.every(({ range, newText }) => {
      const comments = services.parser.Lexer.tokenize(edited?.textDocument.getText(range) ?? '').hidden.map(({ image }) => image.trim());
      return comments.every((comment) => newText.includes(comment));
    });
  });
}
