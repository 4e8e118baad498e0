/* Display of active runs: status bar, notification, and a message when one fails. */
import { commands, Disposable, MarkdownString, ProgressLocation, StatusBarAlignment, window, type Progress, type StatusBarItem } from 'vscode';
import { activitiesOf, type Activity } from '#client/activities';
import { commandNames } from '#client/command-names';
import type { Feature, Host } from '#client/host';
import type { ListedRun } from '#client/run-list';
import { describeFindings } from '#client/words';
import { readingTerms, stageTitle } from '#display/stages';
import { isActive, type RunId, type RunProgress } from '#domain/run-state';
import { requests } from '#protocol/methods';
import { beginRun } from './start-runs';
import { runsOfStudies } from '#client/studies';

/** Active runs in the status bar: stage, rate, time left; a click shows it, its tooltip offers to cancel it. */
export const runStatus: Feature = ({ runs }) => {
  const item = window.createStatusBarItem('xdesign.run', StatusBarAlignment.Left);
  item.name = 'XDesign run';
  const update = (): void => {
    const active = activitiesOf(runs);
    if (active.length === 0) item.hide();
    else showInStatusBar(item, active);
  };
  return Disposable.from(item, runs.onDidChangeList(update), runs.onDidChangeRun(update));
};

function showInStatusBar(item: StatusBarItem, active: readonly Activity[]): void {
  const first = active.find(({ run: { state } }) => state.kind === 'running') ?? active[0]!;
  const others = active.length > 1 ? ` (+${active.length - 1})` : '';
  item.text = `$(sync~spin) ${first.title}: ${first.message}${others}`;
  item.command = { title: 'Show', command: first.show.command, arguments: [...first.show.arguments] };
  item.tooltip = tooltip(active);
  item.show();
}

function tooltip(active: readonly Activity[]): MarkdownString {
  const text = new MarkdownString('', true);
  text.isTrusted = { enabledCommands: [commandNames.cancelRun] };
  for (const { title, run: { uri, case: caseName, state } } of active) {
    const stage = state.kind === 'running' ? placeTitle(state) : 'waiting';
    text.appendText(`${title}: ${stage}`);
    if (state.kind === 'running' && state.note !== undefined) text.appendText(`, ${state.note}`);
    text.appendMarkdown(`\n\n[$(debug-stop) Cancel](command:${commandNames.cancelRun}?${encodeURIComponent(JSON.stringify([uri, caseName]))})\n\n`);
  }
  return text;
}

/** The stage, or what comes before the first one. */
function placeTitle({ stage, arm, total }: RunProgress): string {
  if (stage !== undefined) return stageTitle({ stage, arm });
  return total > 0 ? readingTerms.title : 'starting';
}

interface Notification {
  report(activity: Activity): void;
  end(): void;
}

/** A notification for every active run and study of this editor: its progress, with a button that cancels it. */
export const runNotification: Feature = (host) => {
  const shown = new Map<string, Notification>();
  const update = (): void => {
    const active = activitiesOf(host.runs).filter(({ run }) => run.startedBy === 'editor');
    for (const activity of active) {
      const known = shown.get(activity.key) ?? notify(host, activity);
      shown.set(activity.key, known);
      known.report(activity);
    }
    for (const [key, { end }] of shown) {
      if (active.some((each) => each.key === key)) continue;
      end();
      shown.delete(key);
    }
  };
  return Disposable.from(host.runs.onDidChangeList(update), host.runs.onDidChangeRun(update), { dispose: () => shown.forEach(({ end }) => end()) });
};

function notify({ server, log }: Host, first: Activity): Notification {
  const ended = Promise.withResolvers<void>();
  let report: (message: Parameters<Progress<{ message: string }>['report']>[0]) => void = () => {};
  // Of a study, another run may be the active one when the user cancels.
  let current = first;
  const options = { location: ProgressLocation.Notification, title: first.title, cancellable: true };
  void window.withProgress<void>(options, (progress, token) => {
    report = (message) => progress.report(message);
    token.onCancellationRequested(() => {
      const cancelled = server.request(requests.cancelRun, { uri: current.run.uri, run: current.run.run });
      cancelled.then((response) => response.kind === 'refused' && void window.showErrorMessage(describeFindings(response.findings))).catch((error: unknown) => log.error(`${first.title} was not cancelled: ${String(error)}`));
    });
    return ended.promise;
  });
  return {
    report(activity) {
      current = activity;
      report({ message: activity.message });
    },
    end: () => ended.resolve(),
  };
}

const [resume, show] = ['Resume', 'Show Run'];

/** A message for every run of this editor that fails: the reason and the remedy. Studies have one of their own. */
export const runFailure: Feature = (host) => {
  const active = new Set<RunId>();
  const update = (): void => {
    const ofStudies = runsOfStudies(host.runs.studies);
    for (const run of host.runs.runs) {
      if (run.startedBy !== 'editor' || ofStudies.has(run.run)) continue;
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
