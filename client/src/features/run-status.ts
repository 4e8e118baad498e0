import { Disposable, MarkdownString, StatusBarAlignment, window, type StatusBarItem } from 'vscode';
import type { ListedRun } from '../run-list';
import { commandNames } from '../command-names';
import type { Feature } from '../host';
import { stageTitle } from '#display/stages';
import { describeState } from '../words';

/** Every run that goes on, in the status bar: stage, rate, time left; a click shows it, its tooltip offers to cancel it. */
export const runStatus: Feature = ({ runs }) => {
  const item = window.createStatusBarItem('xdesign.run', StatusBarAlignment.Left);
  item.name = 'XDesign run';
  const update = (): void => {
    const active = runs.runs.filter(({ state }) => state.kind === 'running' || state.kind === 'queued');
    if (active.length === 0) item.hide();
    else show(item, active);
  };
  return Disposable.from(item, runs.onDidChangeList(update), runs.onDidChangeRun(update));
};

function show(item: StatusBarItem, active: readonly ListedRun[]): void {
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
