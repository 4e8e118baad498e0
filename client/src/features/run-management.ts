/* Cancel, resume, delete, and the assignment of runs whose case is gone. */
import { commands, Disposable, window } from 'vscode';
import { isActive, isResumable } from '#domain/run-state';
import { requests } from '#protocol/methods';
import type { CaseReference, ChangeResponse } from '#protocol/runs';
import { caseItem, chooseRun, referenceOf } from '#client/choose';
import { commandNames } from '#client/command-names';
import type { Feature, Host } from '#client/host';
import { describeFindings } from '#client/words';
import { beginRun } from './start-runs';

export const runManagement: Feature = (host) =>
  Disposable.from(
    commands.registerCommand(commandNames.cancelRun, (...args: unknown[]) => cancel(host, args)),
    commands.registerCommand(commandNames.resumeRun, (...args: unknown[]) => resume(host, args)),
    commands.registerCommand(commandNames.deleteRun, (...args: unknown[]) => remove(host, args)),
    commands.registerCommand(commandNames.adoptRuns, (...args: unknown[]) => adopt(host, args)),
  );

async function cancel({ runs, server }: Host, args: readonly unknown[]): Promise<void> {
  const run = await chooseRun(runs, args, ({ state }) => isActive(state), 'No run is running or queued, so there is nothing to cancel.');
  if (run !== undefined) showRefusal(await server.request(requests.cancelRun, { uri: run.uri, run: run.run }));
}

async function resume(host: Host, args: readonly unknown[]): Promise<void> {
  const run = await chooseRun(host.runs, args, ({ state }) => isResumable(state), 'There is no run to resume: only failed, cancelled and interrupted runs can be.');
  if (run !== undefined) await beginRun((wait) => host.server.request(requests.resumeRun, { uri: run.uri, run: run.run, ...wait }));
}

/** One run, or all of a case that is gone. */
async function remove({ runs, server }: Host, args: readonly unknown[]): Promise<void> {
  const reference = referenceOf(args);
  const ofGone = reference !== undefined && reference.run === undefined && runs.others.some((each) => each.uri === reference.uri && each.case === reference.case);
  const none = 'There is no run to delete: runs that are running or queued have to be cancelled first.';
  const chosen = ofGone ? runs.of(reference).filter(({ state }) => !isActive(state)) : [(await chooseRun(runs, args, ({ state }) => !isActive(state), none)) ?? []].flat();
  if (chosen.length === 0) {
    if (ofGone) void window.showInformationMessage(none);
    return;
  }
  const what = chosen.length === 1 ? 'this run' : `all ${chosen.length} runs`;
  if ((await window.showWarningMessage(`Delete ${what} of ${chosen[0]!.case}? Stored results are kept: other runs may need them.`, { modal: true }, 'Delete')) === undefined) return;
  for (const { uri, run } of chosen) showRefusal(await server.request(requests.deleteRun, { uri, run }));
}

/** Asks for a case in the same folder, to which the runs of the removed case are then assigned. */
async function adopt({ runs, server }: Host, args: readonly unknown[]): Promise<void> {
  const from = referenceOf(args) ?? (await pickGone(runs.others));
  if (from === undefined) return;
  const folder = folderOf(from.uri);
  const cases = runs.cases.filter((each) => folderOf(each.uri) === folder);
  if (cases.length === 0) {
    void window.showInformationMessage(`No specification in the folder ${decodeURIComponent(folder)} has a case that could take these runs. Move the file back there, or delete the runs.`);
    return;
  }
  const to = (await window.showQuickPick(cases.map(caseItem), { placeHolder: `Assign the runs of ${from.case} to which case?`, matchOnDescription: true }))?.item;
  if (to !== undefined) showRefusal(await server.request(requests.adoptRuns, { from: { uri: from.uri, case: from.case }, to: { uri: to.uri, case: to.case } }));
}

async function pickGone(gone: readonly CaseReference[]): Promise<CaseReference | undefined> {
  if (gone.length === 0) void window.showInformationMessage('All runs belong to an existing case, so there is nothing to assign.');
  return gone.length === 0 ? undefined : (await window.showQuickPick(gone.map(caseItem), { placeHolder: 'Whose runs?' }))?.item;
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

function showRefusal(response: ChangeResponse): void {
  if (response.kind === 'refused') void window.showErrorMessage(describeFindings(response.findings));
}
