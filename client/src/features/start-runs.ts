/* Run, Run until…, and the drawing of a database alone: each starts a run of a case. */
import { commands, Disposable, Uri, window, workspace } from 'vscode';
import { type StageName, stageNames } from '#domain/stages';
import { requests } from '#protocol/methods';
import type { RunReference } from '#protocol/runs';
import { chooseCase, chooseCaseOfDatabase, referenceOf } from '../choose';
import { commandNames } from '../command-names';
import type { Feature, Host } from '../host';
import { settings } from '../settings';
import { stageTerms } from '#display/stages';
import { beginRun } from './begin-run';

export const startRuns: Feature = (host) =>
  Disposable.from(
    commands.registerCommand(commandNames.run, (...args: unknown[]) => run(host, args)),
    commands.registerCommand(commandNames.runUntil, (...args: unknown[]) => runUntil(host, args)),
    commands.registerCommand(commandNames.generate, (...args: unknown[]) => generate(host, args)),
  );

async function run(host: Host, args: readonly unknown[]): Promise<void> {
  if (referenceOf(args) === undefined) await saveNewTexts();
  const reference = await chooseCase(host, args);
  if (reference !== undefined) await start(host, reference);
}

async function runUntil(host: Host, args: readonly unknown[]): Promise<void> {
  if (referenceOf(args) === undefined) await saveNewTexts();
  const reference = await chooseCase(host, args);
  if (reference === undefined) return;
  const stages = stageNames.map((stage) => ({ label: stage, description: stageTerms[stage].title, stage }));
  const picked = await window.showQuickPick(stages, { placeHolder: 'Run up to which stage?' });
  if (picked !== undefined) await start(host, reference, picked.stage);
}

/** Images are drawn and tested for a case: any case of the database does. */
async function generate(host: Host, args: readonly unknown[]): Promise<void> {
  const reference = await chooseCaseOfDatabase(host, args);
  if (reference !== undefined) await start(host, reference, 'solve');
}

/** Saves the text, starts the run and opens the panel that the settings name. Says why when there is no run. */
async function start({ server, panels }: Host, { uri, case: caseName }: RunReference, until?: StageName): Promise<void> {
  const saved = await save(Uri.parse(uri));
  if (saved === undefined) {
    void window.showInformationMessage(`Nothing was run, because the file of ${caseName} was not saved: a run needs it on disk.`);
    return;
  }
  const target = { uri: saved.toString(), case: caseName };
  if (!(await beginRun((wait) => server.request(requests.startRun, { ...target, ...(until && { until }), ...wait })))) return;
  const panel = settings.panelOfRun();
  if (panel !== undefined && (until === undefined || until === 'validate')) panels.open({ panel }, target);
}

/** The server lists the cases of texts that are on disk: new ones are saved before their user is asked which to run. */
async function saveNewTexts(): Promise<void> {
  const texts = workspace.textDocuments.filter(({ isUntitled, languageId }) => isUntitled && languageId === 'xdesign');
  for (const { uri } of texts) await workspace.save(uri);
}

/** Where the text is on disk when all of it is there; undefined when its user did not want that. */
async function save(uri: Uri): Promise<Uri | undefined> {
  const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (document === undefined || !document.isDirty) return uri;
  // A text without a place on disk gets one; one that no editor shows can only be saved where it is.
  if (document.isUntitled) return workspace.save(uri);
  return (await document.save()) ? uri : undefined;
}
