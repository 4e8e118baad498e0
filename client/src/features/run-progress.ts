/* Display of active runs: status bar, notification, and a message when one fails. */
import { commands, Disposable, MarkdownString, ProgressLocation, StatusBarAlignment, window, type Progress, type StatusBarItem } from 'vscode';
import { commandNames } from '#client/command-names';
import type { Feature, Host } from '#client/host';
import type { ListedRun } from '#client/run-list';
import { describeFindings, describeState } from '#client/words';
import { stageTitle } from '#display/stages';
import { isActive, type RunId } from '#domain/run-state';
import { requests } from '#protocol/methods';
import { beginRun } from './start-runs';

/** Active runs in the status bar: stage, rate, time left; a click shows it, its tooltip offers to cancel it. */
export const runStatus: Feature = ({ runs }) => {
  const item = window.createStatusBarItem('xdesign.run', StatusBarAlignment.Left);
  item.name = 'XDesign run';
  const update = (): void => {
    const active = runs.runs.filter(({ state }) => state.kind === 'running' || state.kind === 'queued');
    if (active.length === 0) item.hide();
    else showInStatusBar(item, active);
  };
  return Disposable.from(item, runs.onDidChangeList(update), runs.onDidChangeRun(update));
};

function showInStatusBar(item: StatusBarItem, active: readonly ListedRun[]): void {
  const first = active.find(({ state }) => state.kind === 'running') ?? active[0]!;
  const others = active.length > 1 ? ` (+${active.length - 1})` : '';
  item.text = `$(sync~spin) ${first.case}: ${describeState(first.state)}${others}`;
  item.command = { command: commandNames.showRun, title: 'Show', arguments: [first.uri, first.case] };
  item.tooltip = tooltip(active);
  item.show();
}

function tooltip(active: readonly ListedRun[]): MarkdownString {
  const text = new MarkdownString('', true);
  text.isTrusted = { enabledCommands: [commandNames.cancelRun] };
  for (const { uri, case: caseName, state } of active) {
    const stage = state.kind === 'running' && state.stage !== undefined ? stageTitle({ stage: state.stage, arm: state.arm }) : 'waiting';
    text.appendText(`${caseName}: ${stage}`);
    if (state.kind === 'running' && state.note !== undefined) text.appendText(`, ${state.note}`);
    text.appendMarkdown(`\n\n[$(debug-stop) Cancel](command:${commandNames.cancelRun}?${encodeURIComponent(JSON.stringify([uri, caseName]))})\n\n`);
  }
  return text;
}

interface Notification {
  report(run: ListedRun): void;
  end(): void;
}

/** A notification for every active run: its progress, with a button that cancels it. */
export const runNotification: Feature = (host) => {
  const shown = new Map<RunId, Notification>();
  const update = (): void => {
    const active = host.runs.runs.filter(({ state, startedBy }) => isActive(state) && startedBy === 'editor');
    for (const run of active) {
      const known = shown.get(run.run) ?? notify(host, run);
      shown.set(run.run, known);
      known.report(run);
    }
    for (const [run, { end }] of shown) {
      if (active.some((each) => each.run === run)) continue;
      end();
      shown.delete(run);
    }
  };
  return Disposable.from(host.runs.onDidChangeList(update), host.runs.onDidChangeRun(update), { dispose: () => shown.forEach(({ end }) => end()) });
};

function notify({ server, log }: Host, { uri, run, case: caseName }: ListedRun): Notification {
  const ended = Promise.withResolvers<void>();
  let report: (message: Parameters<Progress<{ message: string }>['report']>[0]) => void = () => {};
  const options = { location: ProgressLocation.Notification, title: caseName, cancellable: true };
  void window.withProgress<void>(options, (progress, token) => {
    report = (message) => progress.report(message);
    token.onCancellationRequested(() => {
      const cancelled = server.request(requests.cancelRun, { uri, run });
      cancelled.then((response) => response.kind === 'refused' && void window.showErrorMessage(describeFindings(response.findings))).catch((error: unknown) => log.error(`The run of ${caseName} was not cancelled: ${String(error)}`));
    });
    return ended.promise;
  });
  return { report: ({ state }) => report({ message: describeState(state) }), end: () => ended.resolve() };
}

const [resume, show] = ['Resume', 'Show Run'];

/** A message for every run of this editor that fails: the reason and the remedy. */
export const runFailure: Feature = (host) => {
  const active = new Set<RunId>();
  const update = (): void => {
    for (const run of host.runs.runs) {
      if (run.startedBy !== 'editor') continue;
      if (isActive(run.state)) active.add(run.run);
      else if (active.delete(run.run) && run.state.kind === 'failed') void reportFailure(host, run, describeFindings(run.state.findings));
    }
  };
  return Disposable.from(host.runs.onDidChangeList(update), host.runs.onDidChangeRun(update));
};

async function reportFailure({ server }: Host, { uri, run, case: caseName }: ListedRun, why: string): Promise<void> {
  const chosen = await window.showErrorMessage(`The run of ${caseName} failed. ${why}`, resume, show);
  if (chosen === resume) await beginRun((wait) => server.request(requests.resumeRun, { uri, run, ...wait }));
  else if (chosen === show) await commands.executeCommand(commandNames.showRun, { reference: { uri, case: caseName, run } });
}
