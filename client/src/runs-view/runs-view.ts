import { commands, Disposable, EventEmitter, window, type TreeDataProvider } from 'vscode';
import { commandNames } from '#client/command-names';
import { referenceOf } from '#client/choose';
import type { Feature } from '#client/host';
import { Thumbnails } from './thumbnails';
import { RunRows, type Row } from './rows';
import { toTreeItem } from './tree-items';

/** Changes of a run come ten times a second; the tree is drawn less often. */
const redrawEvery = 250;

/** The view “Runs”: cases, their runs, and of each run its stages and its best designs. */
export const runsView: Feature = ({ runs, server, log }) => {
  const changed = new EventEmitter<void>();
  const thumbnails = new Thumbnails(server);
  const rows = new RunRows(runs, thumbnails);
  const provider: TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (row) => {
      // Until then the view shows that it is loading, and not that there is nothing.
      await runs.known;
      return [...(row === undefined ? rows.roots() : await rows.children(row))];
    },
    getParent: (row) => row.parent,
    getTreeItem: toTreeItem,
  };
  const view = window.createTreeView('xdesign.runs', { treeDataProvider: provider, showCollapseAll: true });
  const say = (message: string): void => void (view.message = message);
  server.start().catch((error: unknown) => say(`The language server did not start: ${String(error)}. Use “XDesign: Restart Language Server”, or see “XDesign: Show Log”.`));
  const redraw = coalesce(() => changed.fire(), redrawEvery);
  return Disposable.from(
    view,
    changed,
    redraw,
    server.onReady(() => {
      log.info('The language server has started.');
      say('');
    }),
    runs.onDidChangeList(redraw.call),
    runs.onDidChangeRun(redraw.call),
    commands.registerCommand(commandNames.refreshRuns, () => window.withProgress({ location: { viewId: 'xdesign.runs' } }, () => runs.refresh())),
    commands.registerCommand(commandNames.showRun, async (...args: unknown[]) => {
      const reference = referenceOf(args);
      if (reference !== undefined) await runs.refresh();
      const row = reference && rows.rowOf(reference);
      if (reference !== undefined && row === undefined) void window.showInformationMessage(`Case ${reference.case} is not in the list of runs: its file was deleted or moved away, or the case has another name.`);
      if (row === undefined) await commands.executeCommand('xdesign.runs.focus');
      else await view.reveal(row, { select: true, focus: true, expand: 1 });
    }),
    commands.registerCommand(commandNames.showStudy, async (uri: unknown, study: unknown) => {
      await runs.refresh();
      const row = typeof uri === 'string' && typeof study === 'string' ? rows.rowOfStudy({ uri, study }) : undefined;
      if (row === undefined) await commands.executeCommand('xdesign.runs.focus');
      else await view.reveal(row, { select: true, focus: true, expand: 1 });
    }),
  );
};

/** Calls at once after a quiet time, and at most every so many milliseconds. */
function coalesce(work: () => void, milliseconds: number): Disposable & { call(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    call: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, milliseconds);
    },
    dispose: () => clearTimeout(timer),
  };
}
