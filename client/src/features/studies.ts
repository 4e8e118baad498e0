/* The commands of studies, and a message when one has ended. */
import { commands, Disposable, env, Uri, window } from 'vscode';
import { commandNames } from '#client/command-names';
import type { Feature, Host } from '#client/host';
import { activeVariant, bestText, countFinished, isSameStudy, listedStudies, tableOf, type ListedStudy, type StudyReference } from '#client/studies';
import { describeFindings } from '#client/words';
import { counted } from '#display/numbers';
import { isActive, type BatchSystem } from '#domain/run-state';
import { requests } from '#protocol/methods';
import { showReport } from './finished-runs';
import { beginRun, save } from './start-runs';
import { settingsText } from '#domain/study';

export const studies: Feature = (host) =>
  Disposable.from(
    commands.registerCommand(commandNames.runStudy, (...args: unknown[]) => run(host, args)),
    commands.registerCommand(commandNames.runStudyOnCluster, (...args: unknown[]) => run(host, args, 'slurm')),
    commands.registerCommand(commandNames.cancelStudy, (...args: unknown[]) => cancel(host, args)),
    commands.registerCommand(commandNames.openStudyReport, (...args: unknown[]) => openReport(host, args)),
    commands.registerCommand(commandNames.deleteStudyRuns, (...args: unknown[]) => deleteRuns(host, args)),
    commands.registerCommand(commandNames.copyStudy, (...args: unknown[]) => copy(host, args)),
  );

async function run(host: Host, args: readonly unknown[], executor?: BatchSystem): Promise<void> {
  const study = await chooseStudy(host, args, ({ gone }) => gone === undefined, 'There is no study: write one into a specification, such as “study Seeds of Stiffness { seed 1 .. 5 }”.');
  if (study !== undefined) await start(host, study, executor);
}

async function start({ server }: Host, { uri, study }: StudyReference, executor?: BatchSystem): Promise<void> {
  const saved = await save(Uri.parse(uri));
  if (saved === undefined) {
    void window.showInformationMessage(`Nothing was run, because the file of ${study} was not saved: a run needs it on disk.`);
    return;
  }
  await beginRun((wait) => server.request(requests.startStudy, { uri: saved.toString(), study, ...(executor && { executor }), ...wait }));
}

async function cancel(host: Host, args: readonly unknown[]): Promise<void> {
  const study = await chooseStudy(host, args, (each) => activeVariant(each) !== undefined, 'No study is running or queued, so there is nothing to cancel.');
  const active = study && activeVariant(study);
  if (study === undefined || active === undefined) return;
  const response = await host.server.request(requests.cancelRun, { uri: study.uri, run: active.run.run });
  if (response.kind === 'refused') void window.showErrorMessage(describeFindings(response.findings));
}

async function openReport(host: Host, args: readonly unknown[]): Promise<void> {
  const study = await chooseStudy(host, args, ({ report }) => report !== undefined, 'There is no report of a study yet: it is written when all variants have run.');
  if (study?.report !== undefined) await showPage(study, study.report);
}

/** The page of a study; its links open the reports of the variants. */
async function showPage({ study, variants }: ListedStudy, page: string): Promise<void> {
  const links = variants.flatMap(({ uri, case: name, runs }) => {
    const folder = runs.find(({ files }) => files !== undefined)?.files?.folder;
    return folder === undefined ? [] : [{ href: `${folder.slice(folder.lastIndexOf('/') + 1)}/report.html`, command: commandNames.openReport, args: [uri, name] }];
  });
  await showReport(Uri.parse(page), `${study}: Report`, links);
}

async function deleteRuns(host: Host, args: readonly unknown[]): Promise<void> {
  const ended = ({ variants }: ListedStudy) => variants.flatMap(({ uri, runs }) => runs.filter(({ state }) => !isActive(state)).map(({ run: id }) => ({ uri, run: id })));
  const study = await chooseStudy(host, args, (each) => ended(each).length > 0, 'No study has runs to delete: those that are running or queued have to be cancelled first.');
  if (study === undefined) return;
  const chosen = ended(study);
  if ((await window.showWarningMessage(`Delete ${counted(chosen.length, 'run')} of study ${study.study}? Stored results are kept: other runs may need them.`, { modal: true }, 'Delete')) === undefined) return;
  for (const each of chosen) {
    const response = await host.server.request(requests.deleteRun, each);
    if (response.kind === 'refused') void window.showErrorMessage(describeFindings(response.findings));
  }
}

/** Copies the variants as a table for a spreadsheet. */
async function copy(host: Host, args: readonly unknown[]): Promise<void> {
  const study = await chooseStudy(host, args, () => true, 'There is no study.');
  if (study !== undefined) await env.clipboard.writeText(tableOf(study));
}

/** The study that the arguments name: those of a lens, or a row of the runs view; else the only suitable one of the active document or of all, or the one that the user picks. */
async function chooseStudy({ runs }: Host, [first, second]: readonly unknown[], suits: (study: ListedStudy) => boolean, none: string): Promise<ListedStudy | undefined> {
  await runs.refresh();
  const named = typeof first === 'string' && typeof second === 'string' ? { uri: first, study: second } : (first as { readonly study?: StudyReference } | undefined)?.study;
  const all = listedStudies(runs);
  const suitable = (named === undefined ? all : all.filter((each) => isSameStudy(each, named))).filter(suits);
  const active = window.activeTextEditor?.document.uri.toString();
  const ofText = suitable.filter(({ uri }) => uri === active);
  const offered = ofText.length > 0 ? ofText : suitable;
  if (offered.length === 0) void window.showInformationMessage(none);
  if (offered.length <= 1) return offered[0];
  const items = offered.map((study) => ({ label: study.study, description: `${study.uri.slice(study.uri.lastIndexOf('/') + 1)}, ${counted(countFinished(study).all, 'variant')}`, study }));
  return (await window.showQuickPick(items, { placeHolder: 'Which study?' }))?.study;
}

const [show, report, resume] = ['Show', 'Report', 'Resume'];

/** A message when a study has ended: its best variant, or why variants failed. Nothing when the user has cancelled it. */
export const studyEnd: Feature = (host) => {
  const active = new Map<string, StudyReference>();
  const update = (): void => {
    for (const study of host.runs.studies) {
      const key = `${study.uri}#${study.study}`;
      const running = activeVariant(study);
      if (running?.run.startedBy === 'editor') active.set(key, study);
      else if (running === undefined && active.delete(key)) void announce(host, study);
    }
  };
  return host.runs.onDidChangeList(update);
};

async function announce(host: Host, study: Host['runs']['studies'][number]): Promise<void> {
  const { uri, study: name, variants, best, report: page } = study;
  const last = variants.flatMap(({ runs: [newest] }) => newest ?? []);
  const failed = last.filter(({ state }) => state.kind === 'failed');
  const { finished, all } = countFinished(study);
  if (last.some(({ state }) => state.kind === 'cancelled')) return;
  if (failed.length > 0) {
    const [{ state }] = failed as [(typeof failed)[number]];
    const why = state.kind === 'failed' ? describeFindings(state.findings) : '';
    const chosen = await window.showErrorMessage(`${failed.length} of ${counted(all, 'variant')} of study ${name} failed. ${why}`, resume, show);
    if (chosen === resume) await start(host, study, failed[0]!.executor);
    else if (chosen === show) await commands.executeCommand(commandNames.showStudy, uri, name);
    return;
  }
  if (finished < all) return;
  const winner = variants.find((each) => each.case === best?.variant);
  const design = winner?.runs.find(({ run: id }) => id === best?.run)?.best;
  const result = winner && design ? `The best of ${counted(all, 'variant')} is ${settingsText(winner.settings)}: ${bestText(design)}.` : `None of ${counted(all, 'variant')} has a design that meets all constraints.`;
  const chosen = await window.showInformationMessage(`Study ${name} has finished. ${result}`, ...(best ? [show] : []), ...(page === undefined ? [] : [report]));
  if (chosen === show && best) host.panels.open({ panel: 'design' }, { uri, case: best.variant, run: best.run });
  else if (chosen === report && page !== undefined) await showPage(study, page);
}
