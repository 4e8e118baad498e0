/* What a code action offers, and which comments its edits must keep. */
import { URI, type AstNode, type LangiumDocument } from 'langium';
import type { Diagnostic, Position, TextEdit } from 'vscode-languageserver';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import type { XDesignServerServices } from '../../server-services';

/** What a fix or a rewrite may read. */
export interface ActionContext {
  readonly document: SpecificationDocument;
  readonly services: XDesignServerServices;
  /** The innermost node at a position of the document. */
  nodeAt(position: Position): AstNode | undefined;
}

/** One code action: edits by the URI of their document; edits of the current document may be given alone. */
export interface Offer {
  readonly title: string;
  readonly edits: readonly TextEdit[] | Readonly<Record<string, TextEdit[]>>;
  readonly preferred?: true;
}

/** The edits of an offer by the URI of their document. */
export function editsByUri(edits: Offer['edits'], document: LangiumDocument): Record<string, TextEdit[]> {
  return Array.isArray(edits) ? { [document.uri.toString()]: [...(edits as readonly TextEdit[])] } : { ...(edits as Readonly<Record<string, TextEdit[]>>) };
}

/** Quick fixes of one finding. */
export type Fix = (diagnostic: Diagnostic, context: ActionContext) => readonly Offer[];
/** Rewrites of correct text. */
export type Rewrite = (node: AstNode, context: ActionContext) => readonly Offer[];

/** Whether the new text of each edit contains every comment of the text that it replaces. */
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
