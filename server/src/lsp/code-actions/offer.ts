import type { AstNode, LangiumDocument } from 'langium';
import type { Diagnostic, Position, TextEdit } from 'vscode-languageserver';
import type { SpecificationDocument } from '#language/imported-documents';
import type { XDesignServerServices } from '../../server-services';

/** What a maker may look at. */
export interface ActionContext {
  readonly document: SpecificationDocument;
  readonly services: XDesignServerServices;
  /** The innermost node at a place of the document. */
  nodeAt(position: Position): AstNode | undefined;
}

/** An offer: edits by the URI of their document; those of one document may be given alone. */
export interface Offer {
  readonly title: string;
  readonly edits: readonly TextEdit[] | Readonly<Record<string, TextEdit[]>>;
  readonly preferred?: true;
}

/** The edits of an offer by the URI of their document. */
export function editsByUri(edits: Offer['edits'], document: LangiumDocument): Record<string, TextEdit[]> {
  return Array.isArray(edits) ? { [document.uri.toString()]: [...(edits as readonly TextEdit[])] } : { ...(edits as Readonly<Record<string, TextEdit[]>>) };
}

/** Ways out of one finding. */
export type Fix = (diagnostic: Diagnostic, context: ActionContext) => readonly Offer[];
/** Changes of what is right already. */
export type Rewrite = (node: AstNode, context: ActionContext) => readonly Offer[];
