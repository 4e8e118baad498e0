import { Disposable, ProgressLocation, window, type Progress } from 'vscode';
import { isActive, type RunId } from '#domain/run-state';
import { requests } from '#protocol/methods';
import type { Feature, Host } from '../host';
import type { ListedRun } from '../run-list';
import { describeFindings, describeState } from '../words';

interface Shown {
  report(run: ListedRun): void;
  end(): void;
}

/** A notification for every run that goes on: how far it is, with a button that cancels it. */
export const runNotification: Feature = (host) => {
  const shown = new Map<RunId, Shown>();
  const update = (): void => {
    const active = host.runs.runs.filter(({ state, startedBy }) => isActive(state) && startedBy === 'editor');
    for (const run of active) {
      const known = shown.get(run.run) ?? show(host, run);
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

function show({ server, log }: Host, { uri, run, case: caseName }: ListedRun): Shown {
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
