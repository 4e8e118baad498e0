/* The report of a run in a page of the editor, and the folder of its files. Both may be on another machine. */
import { commands, Disposable, env, Uri, ViewColumn, window, workspace } from 'vscode';
import { chooseRun } from '../choose';
import { commandNames } from '../command-names';
import type { Feature, Host } from '../host';
import type { ListedRun } from '../run-list';

export const reports: Feature = (host) =>
  Disposable.from(
    commands.registerCommand(commandNames.openReport, (...args: unknown[]) => openReport(host, args)),
    commands.registerCommand(commandNames.revealFiles, (...args: unknown[]) => revealFiles(host, args)),
  );

async function openReport(host: Host, args: readonly unknown[]): Promise<void> {
  const run = await chooseReported(host, args);
  if (run?.files === undefined) return;
  const html = new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(run.files.report)));
  // A report is one file with its pictures inside and has no scripts; the policy holds it to that.
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;">`;
  const panel = window.createWebviewPanel('xdesign.report', `${run.case}: Report`, ViewColumn.Active, { enableFindWidget: true });
  panel.webview.html = html.replace('<head>', `<head>${policy}`);
}

async function revealFiles(host: Host, args: readonly unknown[]): Promise<void> {
  const run = await chooseReported(host, args);
  if (run?.files === undefined) return;
  const report = Uri.parse(run.files.report);
  // The explorer shows the workspace's own machine; the system's file manager only works on this one.
  if (workspace.getWorkspaceFolder(report) !== undefined || env.remoteName !== undefined) await commands.executeCommand('revealInExplorer', report);
  else await commands.executeCommand('revealFileInOS', report);
}

function chooseReported({ runs }: Host, args: readonly unknown[]): Promise<ListedRun | undefined> {
  return chooseRun(runs, args, ({ files }) => files !== undefined, 'There is no report yet: run the case first.');
}
