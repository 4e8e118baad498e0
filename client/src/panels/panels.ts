import { Disposable, type LogOutputChannel, type Memento, type Tab, TabInputWebview, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Server } from '#client/server/lazy-server';
import { notifications } from '#protocol/methods';
import { type PanelLink, type PanelName, panelNames, type PanelState, type ToPanelMessage } from '#protocol/panel-messages';
import type { CaseReference, CaseRenamed, RunReference } from '#protocol/runs';
import { Panel, type PanelParts, panelTitle } from './panel';

/** All open panels. Each kind is open at most once for a case. */
export class Panels implements Disposable {
  private readonly all = new Set<Panel>();
  private readonly subscriptions: readonly Disposable[];
  private readonly parts: PanelParts;

  constructor(extensionUri: Uri, server: Server, log: LogOutputChannel, private readonly memory: PanelMemory) {
    const icon = (theme: string): Uri => Uri.joinPath(extensionUri, `client/icons/file-${theme}.svg`);
    this.parts = { server, log, icon: { light: icon('light'), dark: icon('dark') }, media: Uri.joinPath(extensionUri, 'dist/media'), open: (...args) => this.open(...args) };
    this.subscriptions = [
      ...panelNames.map((name) => window.registerWebviewPanelSerializer(viewType(name), { deserializeWebviewPanel: (view, state) => this.restore(name, view, state) })),
      server.onNotification(notifications.runChanged, (change) => this.send(change, { type: 'changed', change })),
      server.onNotification(notifications.runsChanged, () => this.tellAll({ type: 'stale' })),
      server.onNotification(notifications.caseRenamed, (rename) => this.follow(rename)),
      // A restarted server may have more results, or respond where the former one did not.
      server.onReady(() => this.tellAll({ type: 'stale' })),
    ];
  }

  /** Opens a panel next to the editor, in the column of other panels, or shows the place in a panel that is already open. */
  open({ panel: name, place }: PanelLink, target: RunReference): void {
    const state: PanelState = { target, ...(place && { place }) };
    const known = [...this.all].find((panel) => panel.name === name && isSame(panel.target, target));
    if (known !== undefined) {
      known.reveal();
      // Without a place the panel keeps what its user chose.
      if (place !== undefined) known.show(state);
      return;
    }
    const title = panelTitle(name, target);
    // A tab with this title but without a panel comes from an earlier window and was not yet shown.
    const unrestored = panelTabs([name]).filter(({ label }) => label === title);
    const column = panelTabs()[0]?.group.viewColumn ?? ViewColumn.Beside;
    const view = window.createWebviewPanel(viewType(name), title, { viewColumn: column, preserveFocus: true });
    const panel = this.add(name, view, state);
    // When a tab closes, the editor shows the one that was active before.
    if (unrestored.length > 0) void window.tabGroups.close(unrestored).then(() => panel.reveal());
  }

  /** The run that the active panel shows. */
  get activeTarget(): RunReference | undefined {
    return [...this.all].find((panel) => panel.isActive)?.target;
  }

  /** Sends to every panel of a case. */
  send(target: CaseReference, message: ToPanelMessage): void {
    for (const panel of this.all) if (isSame(panel.target, target)) panel.post(message);
  }

  /** Sends to every panel of a document. */
  tellText(uri: string, message: ToPanelMessage): void {
    for (const panel of this.all) if (panel.target.uri === uri) panel.post(message);
  }

  dispose(): void {
    this.subscriptions.forEach((each) => each.dispose());
    // The editor keeps the open tabs: panels are restored when the extension starts again.
    this.all.clear();
  }

  /** Panels show the same run under the new name. */
  private follow({ from, to }: CaseRenamed): void {
    for (const panel of this.all) {
      const { target, title } = panel;
      if (target.uri !== from.uri || (from.case !== undefined && target.case !== from.case)) continue;
      panel.rename({ uri: to.uri, case: to.case ?? target.case });
      const kept = this.memory.recall(panel.name, title);
      this.memory.delete(panel.name, title);
      if (kept !== undefined) this.memory.keep(panel.name, panel.title, { ...kept, target: panel.target });
    }
  }

  private tellAll(message: ToPanelMessage): void {
    for (const panel of this.all) panel.post(message);
  }

  /** Restores a panel of an earlier window with its stored state, or else with its first one. */
  private async restore(name: PanelName, view: WebviewPanel, kept: unknown): Promise<void> {
    const state = isPanelState(kept) ? kept : this.memory.recall(name, view.title);
    if (state === undefined) view.dispose();
    else this.add(name, view, state);
  }

  private add(name: PanelName, view: WebviewPanel, state: PanelState): Panel {
    const panel = new Panel(name, view, state, this.parts);
    const { title } = view;
    this.all.add(panel);
    this.memory.keep(name, title, state);
    view.onDidDispose(() => {
      // A panel that disappears with the window is not closed by the user.
      if (this.all.delete(panel)) this.memory.delete(name, panel.title);
      panel.dispose();
    });
    return panel;
  }
}

function isSame(one: CaseReference, other: CaseReference): boolean {
  return one.uri === other.uri && one.case === other.case;
}

function isPanelState(kept: unknown): kept is PanelState {
  const target = (kept as Partial<PanelState> | undefined)?.target;
  return typeof target?.uri === 'string' && typeof target.case === 'string';
}

/**
 * What each open panel shows, by its kind and title. A panel keeps that itself, but the editor stores it with the
 * window, which may close before: then the tab is restored without a state.
 */
export class PanelMemory {
  constructor(private readonly store: Memento) {}

  recall(name: PanelName, title: string): PanelState | undefined {
    return this.store.get<PanelState>(keyOf(name, title));
  }

  keep(name: PanelName, title: string, state: PanelState): void {
    void this.store.update(keyOf(name, title), state);
  }

  delete(name: PanelName, title: string): void {
    void this.store.update(keyOf(name, title), undefined);
  }
}

function keyOf(name: PanelName, title: string): string {
  return `panel/${name}/${title}`;
}

/** The editor's name for a kind of panel. */
function viewType(name: PanelName): string {
  return `xdesign.${name}`;
}

/** All tabs of these kinds of panels. */
function panelTabs(names: readonly PanelName[] = panelNames): readonly Tab[] {
  const types = names.map(viewType);
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  // The editor adds a prefix to the type.
  return tabs.filter(({ input }) => input instanceof TabInputWebview && types.some((type) => input.viewType.endsWith(type)));
}
