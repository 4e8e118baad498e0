/* Quick fixes of findings and rewrites of the selected node: two tables of functions. */
import { URI, type LangiumDocument } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import { CodeActionKind, type CodeAction, type CodeActionParams, type Range, type TextEdit } from 'vscode-languageserver';
import { standingApart } from '#language/syntax/text-fixes';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import type { XDesignServerServices } from '../../server-services';
import { leafAt } from '../navigation';
import { convertUnits } from './rewrites';
import { fractionWindow } from './quick-fixes';
import { keepsComments } from './offer';
import { materialFromLibrary } from './quick-fixes';
import { editsByUri, type ActionContext, type Fix, type Offer, type Rewrite } from './offer';
import { sortEntries } from './rewrites';
import { textFixes } from './quick-fixes';

const fixes: readonly Fix[] = [textFixes, materialFromLibrary, fractionWindow.fix];
const rewrites: readonly Rewrite[] = [convertUnits, fractionWindow.rewrite, sortEntries];

export class XDesignCodeActions implements CodeActionProvider {
  constructor(private readonly services: XDesignServerServices) {}

  getCodeActions(document: LangiumDocument, { range, context: { diagnostics, only } }: CodeActionParams): CodeAction[] {
    const context: ActionContext = {
      document: document as SpecificationDocument,
      services: this.services,
      nodeAt: (position) => leafAt(document, position)?.astNode,
    };
    const wants = (kind: string): boolean => only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
    const actions: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix)) {
      for (const diagnostic of diagnostics) {
        // An editor may still show findings of an older version; their edits would be at the wrong position.
        const current = document.diagnostics?.find((each) => each.code === diagnostic.code && each.message === diagnostic.message && isSame(each.range, diagnostic.range));
        const offers = current === undefined ? [] : fixes.flatMap((fix) => fix(current, context));
        for (const offer of offers.filter(({ edits }) => keepsComments(edits, context))) {
          actions.push({ ...this.action(offer, document), kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], ...(offer.preferred ? { isPreferred: true } : {}) });
        }
      }
    }
    const node = context.nodeAt(range.start);
    if (node !== undefined && wants(CodeActionKind.RefactorRewrite)) {
      for (const offer of rewrites.flatMap((rewrite) => rewrite(node, context)).filter(({ edits }) => keepsComments(edits, context))) actions.push({ ...this.action(offer, document), kind: CodeActionKind.RefactorRewrite });
    }
    return actions;
  }

  private action({ title, edits }: Offer, document: LangiumDocument): Pick<CodeAction, 'title' | 'edit'> {
    const changes = Object.entries(editsByUri(edits, document)).map(([uri, each]) => [uri, each.map((edit) => separated(edit, this.services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri))))]);
    return { title, edit: { changes: Object.fromEntries(changes) as Record<string, TextEdit[]> } };
  }
}

/** The edit with its text separated from the adjacent tokens. */
function separated({ range, newText }: TextEdit, document: LangiumDocument | undefined): TextEdit {
  if (document === undefined) return { range, newText };
  const { textDocument } = document;
  return { range, newText: standingApart(newText, textDocument.getText(), textDocument.offsetAt(range.start), textDocument.offsetAt(range.end)) };
}

function isSame(one: Range, other: Range): boolean {
  return one.start.line === other.start.line && one.start.character === other.start.character && one.end.line === other.end.line && one.end.character === other.end.character;
}
