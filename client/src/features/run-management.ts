/* Cancel, resume and delete. */
import { commands, Disposable, window } from 'vscode';
import { requests } from '#protocol/methods';
import { isActive, isResumable } from '#protocol/run-state';
import { chooseRun } from '../choose';
import { commandNames } from '../command-names';
import type { Feature, Host } from '../host';
import { describeFindings } from '../words';

export const runManagement: Feature = (host) =>
  Disposable.from(
    commands.registerCommand(commandNames.cancelRun, (...args: unknown[]) => cancel(host, args)),
    commands.registerCommand(commandNames.resumeRun, (...args: unknown[]) => resume(host, args)),
    commands.registerCommand(commandNames.deleteRun, (...args: unknown[]) => remove(host, args)),
  );

async function cancel({ runs, server }: Host, args: readonly unknown[]): Promise<void> {
  const run = await chooseRun(runs, args, ({ state }) => isActive(state), 'No run is going on.');
  if (run !== undefined) await server.request(requests.cancelRun, { uri: run.uri, run: run.run });
}

async function resume({ runs, server }: Host, args: readonly unknown[]): Promise<void> {
  const run = await chooseRun(runs, args, ({ state }) => isResumable(state), 'There is no run that could go on.');
  if (run === undefined) return;
  const answer = await server.request(requests.resumeRun, { uri: run.uri, run: run.run });
  if (answer.kind === 'refused') void window.showErrorMessage(describeFindings(answer.findings));
}

async function remove({ runs, server }: Host, args: readonly unknown[]): Promise<void> {
  const run = await chooseRun(runs, args, ({ state }) => !isActive(state), 'There is no run that has ended.');
  if (run === undefined) return;
  const question = `Forget this run of ${run.case}? What it stored stays: other runs may need it.`;
  if ((await window.showWarningMessage(question, { modal: true }, 'Forget')) === undefined) return;
  await server.request(requests.deleteRun, { uri: run.uri, run: run.run });
}
