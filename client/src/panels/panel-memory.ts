import type { Memento } from 'vscode';
import type { PanelName, PanelState } from '#protocol/panel-messages';

/**
 * What each open panel shows, by its kind and title. A panel keeps that itself, but the editor stores it with the
 * window, which may be gone before: then the tab comes back and knows nothing.
 */
export class PanelMemory {
  constructor(private readonly store: Memento) {}

  recall(name: PanelName, title: string): PanelState | undefined {
    return this.store.get<PanelState>(keyOf(name, title));
  }

  keep(name: PanelName, title: string, state: PanelState): void {
    void this.store.update(keyOf(name, title), state);
  }

  forget(name: PanelName, title: string): void {
    void this.store.update(keyOf(name, title), undefined);
  }
}

function keyOf(name: PanelName, title: string): string {
  return `panel/${name}/${title}`;
}
