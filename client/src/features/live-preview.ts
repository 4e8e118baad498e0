import { commands, Disposable, workspace, type TextDocument } from 'vscode';
import { chooseCase } from '#client/choose';
import { commandNames } from '#client/command-names';
import type { Feature } from '#client/host';
import { settings } from '#client/settings';

/** While panels of a case are open, they follow edits of the document: each requests a preview of the image that it shows. */
export const livePreview: Feature = ({ panels, ...host }) => {
  const typed = ({ uri, version }: TextDocument): void => panels.tellText(uri.toString(), { type: 'typed', version });
  return Disposable.from(
    commands.registerCommand(commandNames.preview, async (...args: unknown[]) => {
      const target = await chooseCase({ panels, ...host }, args);
      if (target === undefined) return;
      panels.open({ panel: 'design' }, target);
      const document = workspace.textDocuments.find(({ uri }) => uri.toString() === target.uri);
      if (document !== undefined) typed(document);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.languageId === 'xdesign' && settings.previewWhileTyping()) typed(document);
    }),
    workspace.onDidCloseTextDocument(({ uri }) => panels.tellText(uri.toString(), { type: 'typed' })),
  );
};
