/* The data of a case as files: the user chooses what, in which format, and where; a process of the server writes them. */
import { commands, ProgressLocation, Uri, window } from 'vscode';
import { chooseCase } from '#client/choose';
import { commandNames } from '#client/command-names';
import { exportedText, fileStart, formatChoices, partChoices, type FormatChoice } from '#client/data-exports';
import type { Feature } from '#client/host';
import { reveal } from '#client/reveal';
import { describeFindings } from '#client/words';
import { requests } from '#protocol/methods';
import type { RunReference } from '#protocol/runs';

export const dataExport: Feature = (host) =>
  commands.registerCommand(commandNames.exportData, async (...args: unknown[]) => {
    const target = await chooseCase(host, args);
    if (target === undefined) return;
    const title = `Export data of ${target.case}`;
    const chosen = await window.showQuickPick(partChoices, { title, placeHolder: 'What?', canPickMany: true, ignoreFocusOut: true });
    if (chosen === undefined || chosen.length === 0) return;
    const format = await window.showQuickPick(formatChoices, { title, placeHolder: 'In which format?', ignoreFocusOut: true });
    if (format === undefined) return;
    const place = await choosePlace(target, format, title);
    if (place === undefined) return;
    const params = { ...target, parts: chosen.map(({ part }) => part), format: format.format, ...place };
    const options = { location: ProgressLocation.Notification, title: `Exporting data of ${target.case}` };
    const response = await window.withProgress(options, () => host.server.request(requests.exportData, params));
    if (response.kind === 'refused') {
      void window.showErrorMessage(describeFindings(response.findings));
      return;
    }
    const [first] = response.files;
    const button = 'Reveal';
    const pressed = await window.showInformationMessage(exportedText(response.files), ...(first ? [button] : []));
    if (pressed === button && first) await reveal(Uri.parse(first.uri));
  });

/** A file, or a folder for formats of several files. */
async function choosePlace({ uri, case: caseName }: RunReference, format: FormatChoice, title: string): Promise<{ readonly folder: string; readonly name?: string } | undefined> {
  const beside = Uri.joinPath(Uri.parse(uri), '..');
  if (format.extension === undefined) {
    const [folder] = (await window.showOpenDialog({ title, defaultUri: beside, canSelectFiles: false, canSelectFolders: true, openLabel: 'Export Here' })) ?? [];
    return folder && { folder: folder.toString() };
  }
  // A variant of a study has a slash in its name.
  const defaultUri = Uri.joinPath(beside, `${caseName.replaceAll('/', '-')}.${format.extension}`);
  const file = await window.showSaveDialog({ title, defaultUri, filters: { [format.label]: [format.extension] } });
  if (file === undefined) return undefined;
  return { folder: Uri.joinPath(file, '..').toString(), name: fileStart(file.path.slice(file.path.lastIndexOf('/') + 1), format) };
}
