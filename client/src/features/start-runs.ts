/* Run, Run on cluster, Run until…, and Generate Database: each starts a run of a case. */
import { commands, Disposable, Uri, window, workspace } from 'vscode';
import { chooseCase, chooseCaseOfDatabase, referenceOf } from '#client/choose';
import { commandNames } from '#client/command-names';
import type { Feature, Host } from '#client/host';
import { settings } from '#client/settings';
import { describeFindings } from '#client/words';
import { stageTerms } from '#display/stages';
import type { Finding } from '#domain/finding';
import type { BatchSystem } from '#domain/run-state';
import { stageNames, type StageName } from '#domain/stages';
import { requests } from '#protocol/methods';
import type { RunReference, StartRunResponse } from '#protocol/runs';

export const startRuns: Feature = (host) =>
  Disposable.from(
    commands.registerCommand(commandNames.run, (...args: unknown[]) => run(host, args)),
    commands.registerCommand(commandNames.runOnCluster, (...args: unknown[]) => run(host, args, 'slurm')),
    commands.registerCommand(commandNames.runUntil, (...args: unknown[]) => runUntil(host, args)),
    commands.registerCommand(commandNames.generate, (...args: unknown[]) => generate(host, args)),
  );

async function run(host: Host, args: readonly unknown[], executor?: BatchSystem): Promise<void> {
  if (referenceOf(args) === undefined) await saveNewDocuments();
  const reference = await chooseCase(host, args);
  if (reference !== undefined) await start(host, reference, undefined, executor);
}

async function runUntil(host: Host, args: readonly unknown[]): Promise<void> {
  if (referenceOf(args) === undefined) await saveNewDocuments();
  const reference = await chooseCase(host, args);
  if (reference === undefined) return;
  const stages = stageNames.map((stage) => ({ label: stage, description: stageTerms[stage].title, stage }));
  const picked = await window.showQuickPick(stages, { placeHolder: 'Run up to which stage?' });
  if (picked !== undefined) await start(host, reference, picked.stage);
}

/** Images are generated and tested for a case; any case of the database will do. */
async function generate(host: Host, args: readonly unknown[]): Promise<void> {
  const reference = await chooseCaseOfDatabase(host, args);
  if (reference !== undefined) await start(host, reference, 'solve');
}

/** Saves the file, starts the run and opens the panel of the settings. Shows the reason if there is no run. */
async function start({ server, panels }: Host, { uri, case: caseName }: RunReference, until?: StageName, executor?: BatchSystem): Promise<void> {
  const saved = await save(Uri.parse(uri));
  if (saved === undefined) {
    void window.showInformationMessage(`Nothing was run, because the file of ${caseName} was not saved: a run needs it on disk.`);
    return;
  }
  const target = { uri: saved.toString(), case: caseName };
  if (!(await beginRun((wait) => server.request(requests.startRun, { ...target, ...(until && { until }), ...(executor && { executor }), ...wait })))) return;
  const panel = settings.panelOfRun();
  if (panel !== undefined && (until === undefined || until === 'validate')) panels.open({ panel }, target);
}

/** The server lists the cases of files on disk: new documents are saved before the user is asked which case to run. */
async function saveNewDocuments(): Promise<void> {
  const documents = workspace.textDocuments.filter(({ isUntitled, languageId }) => isUntitled && languageId === 'xdesign');
  for (const { uri } of documents) await workspace.save(uri);
}

/** The URI of the saved file; undefined if the user did not save it. */
export async function save(uri: Uri): Promise<Uri | undefined> {
  const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (document === undefined || !document.isDirty) return uri;
  // An untitled document gets a file; a document without an editor can only be saved in its own file.
  if (document.isUntitled) return workspace.save(uri);
  return (await document.save()) ? uri : undefined;
}

const whenFree = 'Run When It Ends';

/** Whether another program uses the run folder, so that a run may wait for it. */
export function isFolderInUse(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => code === 'run-folder-in-use');
}

/** Requests a run and shows the reason if it is refused; if another program uses the run folder, offers to wait for it. */
export async function beginRun(request: (wait: { readonly wait?: true }) => Promise<StartRunResponse>): Promise<boolean> {
  const response = await request({});
  if (response.kind !== 'refused') return true;
  const offers = isFolderInUse(response.findings) ? [whenFree] : [];
  const chosen = await window.showErrorMessage(describeFindings(response.findings), ...offers);
  if (chosen === undefined) return false;
  const again = await request({ wait: true });
  if (again.kind !== 'refused') return true;
  void window.showErrorMessage(describeFindings(again.findings));
  return false;
}
