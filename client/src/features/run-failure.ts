import { commands, Disposable, window } from 'vscode';
import { isActive, type RunId } from '#domain/run-state';
import { requests } from '#protocol/methods';
import type { Feature, Host } from '../host';
import type { ListedRun } from '../run-list';
import { commandNames } from '../command-names';
import { describeFindings } from '../words';
import { beginRun } from './begin-run';

const [resume, show] = ['Resume', 'Show Run'];

/** A message for every run of this editor that fails while its user may be elsewhere: why, and what can be done. */
export const runFailure: Feature = (host) => {
  const active = new Set<RunId>();
  const update = (): void => {
    for (const run of host.runs.runs) {
      if (run.startedBy !== 'editor') continue;
      if (isActive(run.state)) active.add(run.run);
      else if (active.delete(run.run) && run.state.kind === 'failed') void tell(host, run, describeFindings(run.state.findings));
    }
  };
  return Disposable.from(host.runs.onDidChangeList(update), host.runs.onDidChangeRun(update));
};

async function tell({ server }: Host, { uri, run, case: caseName }: ListedRun, why: string): Promise<void> {
  const chosen = await window.showErrorMessage(`The run of ${caseName} failed. ${why}`, resume, show);
  if (chosen === resume) await beginRun((wait) => server.request(requests.resumeRun, { uri, run, ...wait }));
  else if (chosen === show) await commands.executeCommand(commandNames.showRun, { reference: { uri, case: caseName, run } });
}
