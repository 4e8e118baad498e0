/* Ways out that the editor can take: a table of makers, asked for what lies in the selected range. */
import type { LangiumDocument } from 'langium';
import type { CodeActionProvider } from 'langium/lsp';
import { CodeActionKind, type CodeAction, type CodeActionParams, type TextEdit } from 'vscode-languageserver';
import type { SpecificationDocument } from '#language/imported-documents';
import type { XDesignServerServices } from '../../server-services';
import { leafAt } from '../leaf-at';
import { addMissing } from './add-missing';
import { convertUnits } from './convert-units';
import { fractionWindow } from './fraction-window';
import { materialFromLibrary } from './material-from-library';
import type { ActionContext, Fix, Offer, Rewrite } from './offer';
import { earlierLayer, otherTest } from './settings-fixes';
import { sortEntries } from './sort-entries';
import { spelling } from './spelling';

const fixes: readonly Fix[] = [spelling, materialFromLibrary, addMissing, fractionWindow.fix, earlierLayer, otherTest];
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
        for (const offer of fixes.flatMap((fix) => fix(diagnostic, context))) {
          actions.push({ ...this.action(offer, document), kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], ...(offer.preferred ? { isPreferred: true } : {}) });
        }
      }
    }
    const node = context.nodeAt(range.start);
    if (node !== undefined && wants(CodeActionKind.RefactorRewrite)) {
      for (const offer of rewrites.flatMap((rewrite) => rewrite(node, context))) actions.push({ ...this.action(offer, document), kind: CodeActionKind.RefactorRewrite });
    }
    return actions;
  }

  private action({ title, edits }: Offer, document: LangiumDocument): Pick<CodeAction, 'title' | 'edit'> {
    const changes = Array.isArray(edits) ? { [document.uri.toString()]: [...(edits as readonly TextEdit[])] } : { ...(edits as Readonly<Record<string, TextEdit[]>>) };
    return { title, edit: { changes } };
  }
}
