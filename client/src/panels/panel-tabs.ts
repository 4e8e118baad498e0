/*
 * The tabs of panels. After a reload of the window a tab that is hidden has no panel yet: the editor makes it when
 * its user looks.
 */
import { TabInputWebview, window, type Tab } from 'vscode';
import { panelNames, type PanelName } from '#protocol/panel-messages';

/** What the editor calls a panel's kind. */
export function viewType(name: PanelName): string {
  return `xdesign.${name}`;
}

/** All tabs of these kinds of panels. */
export function panelTabs(names: readonly PanelName[] = panelNames): readonly Tab[] {
  const types = names.map(viewType);
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  // The editor puts a word of its own before the type.
  return tabs.filter(({ input }) => input instanceof TabInputWebview && types.some((type) => input.viewType.endsWith(type)));
}
