import { commands, Disposable, workspace, type TextDocument } from 'vscode';
import { requests } from '#protocol/methods';
import { chooseCase } from '../choose';
import { commandNames } from '../command-names';
import type { Feature, Host } from '../host';
import { settings } from '../settings';

/** While the designs or the skeleton of a case are open, they follow the text as it is typed. */
export const livePreview: Feature = (host) =>
  Disposable.from(
    commands.registerCommand(commandNames.preview, async (...args: unknown[]) => {
      const target = await chooseCase(host, args);
      if (target === undefined) return;
      host.panels.open({ panel: 'design' }, target);
      const document = workspace.textDocuments.find(({ uri }) => uri.toString() === target.uri);
      if (document !== undefined) await preview(host, document);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.languageId === 'xdesign' && settings.previewWhileTyping()) void preview(host, document);
    }),
  );

/** Asks for each case of the text that has a panel open; the server answers older questions at once as superseded. */
async function preview({ panels, server, log }: Host, { uri, version }: TextDocument): Promise<void> {
  const cases = panels.casesShown(uri.toString(), ['design', 'skeleton', 'heatMap']);
  for (const caseName of cases) {
    const target = { uri: uri.toString(), case: caseName };
    try {
      const answer = await server.request(requests.preview, { ...target, version });
      if (answer.kind !== 'superseded') panels.tell(target, { type: 'preview', answer });
    } catch (error) {
      log.warn(`No preview of ${caseName}: ${String(error)}`);
    }
  }
}
