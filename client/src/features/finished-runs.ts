/* The results of a run: its report in a page of the editor, the folder of its files (either may be on another machine), and its comparison with another run. */
import { createHash } from 'node:crypto';
import { commands, Disposable, Uri, ViewColumn, window, workspace } from 'vscode';
import { chooseRun, referenceOf, runItem } from '#client/choose';
import { commandNames } from '#client/command-names';
import type { Feature, Host } from '#client/host';
import type { ListedRun } from '#client/run-list';
import { reveal } from '#client/reveal';
import { describeState } from '#client/words';
import { durationText } from '#display/durations';
import { counted, percentText, quantityText } from '#display/numbers';
import { placeText } from '#domain/stages';
import { requests } from '#protocol/methods';
import type { ArmView, CaseResultView } from '#protocol/result';
import type { RunSummary } from '#protocol/runs';
import type { ViewResponse } from '#protocol/views';

export const reports: Feature = (host) =>
  Disposable.from(
    commands.registerCommand(commandNames.openReport, (...args: unknown[]) => openReport(host, args)),
    commands.registerCommand(commandNames.revealFiles, (...args: unknown[]) => revealFiles(host, args)),
  );

async function openReport(host: Host, args: readonly unknown[]): Promise<void> {
  const run = await chooseReported(host, args);
  if (run?.files !== undefined) await showReport(Uri.parse(run.files.report), `${run.case}: Report`);
}

/**
 * Shows a report in a page of the editor with this title. It is one file that contains its images; a policy enforces this. The only
 * script that it may have sorts the table of a study. `links` are relative links of the page, with the commands that open their targets.
 */
export async function showReport(report: Uri, title: string, links: readonly ReportLink[] = []): Promise<void> {
  const html = new TextDecoder().decode(await workspace.fs.readFile(report));
  const scripts = workspace.isTrusted ? [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`) : [];
  const allowed = scripts.length === 0 ? '' : ` script-src ${scripts.join(' ')};`;
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;${allowed}">`;
  const options = { enableFindWidget: true, enableScripts: scripts.length > 0, enableCommandUris: links.map(({ command }) => command) };
  const panel = window.createWebviewPanel('xdesign.report', title, ViewColumn.Active, options);
  const linked = links.reduce((text, { href, command, args }) => text.replaceAll(`href="${href}"`, `href="command:${command}?${encodeURIComponent(JSON.stringify(args))}"`), html);
  panel.webview.html = linked.replace('<head>', `<head>${policy}`);
}

export interface ReportLink {
  readonly href: string;
  readonly command: string;
  readonly args: readonly string[];
}

async function revealFiles(host: Host, args: readonly unknown[]): Promise<void> {
  const run = await chooseReported(host, args);
  if (run?.files !== undefined) await reveal(Uri.parse(run.files.report));
}

function chooseReported({ runs }: Host, args: readonly unknown[]): Promise<ListedRun | undefined> {
  return chooseRun(runs, args, ({ files }) => files !== undefined, 'There is no report yet: run the case first.');
}

const scheme = 'xdesign-run';

export const runComparison: Feature = (host) =>
  Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ query }) => describeRun(host, JSON.parse(query) as { uri: string; run: string }),
    }),
    commands.registerCommand(commandNames.compare, (...args: unknown[]) => compare(host, args)),
  );

async function compare({ runs }: Host, args: readonly unknown[]): Promise<void> {
  const first = await chooseRun(runs, args, () => true, 'There is no run to compare.');
  if (first === undefined) return;
  const others = runs.runs.filter(({ run }) => run !== first.run);
  // Another run of the same case is the more likely choice.
  const ordered = [...others.filter((each) => isSameCase(each, first)), ...others.filter((each) => !isSameCase(each, first))];
  if (ordered.length === 0) {
    void window.showInformationMessage('There is only one run: comparing needs a second one.');
    return;
  }
  const named = args.map((arg) => referenceOf([arg])).at(1);
  const second = ordered.find(({ run }) => run === named?.run) ?? (await window.showQuickPick(ordered.map(runItem), { placeHolder: `${runItem(first).label}: compare with which run?` }))?.item;
  if (second === undefined) return;
  await commands.executeCommand('vscode.diff', textUri(first), textUri(second), `${runItem(first).label} ↔ ${runItem(second).label}`);
}

function isSameCase(one: ListedRun, other: ListedRun): boolean {
  return one.uri === other.uri && one.case === other.case;
}

function textUri({ uri, run, case: caseName }: ListedRun): Uri {
  return Uri.from({ scheme, path: `/${caseName}.txt`, query: JSON.stringify({ uri, run }) });
}

/** Everything known of a run, one fact per line, in an order that makes two runs comparable. */
async function describeRun({ runs, server }: Host, name: { readonly uri: string; readonly run: string }): Promise<string> {
  const run = runs.find(name);
  if (run === undefined) return 'This run is no longer known.';
  const response = (await server.request(requests.view, { ...name, case: run.case, view: 'result', query: {} })) as ViewResponse<'result'>;
  const result = response.kind === 'view' ? resultLines(response.content) : ['no designs yet'];
  return [...runQueues(run), '', ...result, ''].join('\n');
}

function runQueues({ case: caseName, started, state, stages }: RunSummary): string[] {
  return [
    `case      ${caseName}`,
    `started   ${new Date(started).toLocaleString()}`,
    `state     ${describeState(state)}`,
    ...stages.map(({ state: stageState, seconds, ...place }) => `${placeText(place).padEnd(20)}${seconds === undefined ? stageState : durationText(seconds)}`),
  ];
}

function resultLines({ objective, database, arms }: CaseResultView): string[] {
  return [
    `objective ${objective.sense} ${objective.name} along ${objective.directions.join(', ')} by test ${objective.test}`,
    `database  ${counted(database.count, 'image')}, ${database.outliers} exceptional, best ${quantityText(objective, database.best.objectiveValue)}`,
    ...arms.flatMap((arm) => armLines(arm, objective)),
  ];
}

function armLines({ look, optimizes, attempts, designs }: ArmView, objective: CaseResultView['objective']): string[] {
  return [
    '',
    `from ${look.sources}   ${designs.length} of ${optimizes ? counted(attempts, 'start') : counted(attempts, 'patch', 'patches')}, ${designs.filter(({ beatsDatabase }) => beatsDatabase).length} beat the database`,
    ...designs.map(({ name, objectiveValue, limit, volumeFraction, feasible }) =>
      [name, quantityText(objective, objectiveValue), limit === undefined ? '–' : `${percentText(limit.percent / 100)} of the limit`, `white ${percentText(volumeFraction)}`, feasible ? 'feasible' : 'not feasible'].join('  '),
    ),
  ];
}
