/*
 * What all panels do: they tell the editor that they listen, show what it says, ask for the views that their
 * drawing needs, and keep a small state beyond a reload of the window. They are drawn anew at most once a frame.
 */
import { render } from 'lit';
import type { FromPanelMessage, PanelName, PanelState, ToPanelMessage } from '#protocol/panel-messages';
import type { RunChanged } from '#protocol/runs';
import { frame } from './frame';
import type { Panel, PanelKind } from './panel';
import { createPreviewQuery, createQueryCache } from './queries';
import { onThemeChange } from './theme';

/** Milliseconds between two queries for what grows. */
const followInterval = 500;

/** Starts the panel of this page. */
export function startPanel<P extends PanelName, C extends object>(kind: PanelKind<P, C>): void {
  const editor = connectEditor();
  const queries = createQueryCache((id, query) => editor.post({ type: 'query', id, query }));
  const known: { state?: PanelState<P>; choice: C; run?: RunChanged; theme: number } = {
    choice: { ...kind.choice, ...keptChoice<C>(editor.kept()) },
    theme: 0,
  };
  const preview = createPreviewQuery((query) => editor.post({ type: 'preview', ...query }));
  let waiting = false;

  const redraw = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };
  const keep = (): void => {
    if (known.state) editor.keep({ ...known.state, choice: known.choice });
    redraw();
  };
  const panel: Panel<P, C> = {
    ...queries,
    get place() {
      return known.state?.place;
    },
    get choice() {
      return known.choice;
    },
    get run() {
      return known.run;
    },
    previewOf: preview.of,
    get theme() {
      return known.theme;
    },
    go(place) {
      if (known.state) known.state = { ...known.state, place };
      keep();
    },
    choose: (change) => panel.replaceChoice({ ...known.choice, ...change }),
    replaceChoice(choice) {
      known.choice = choice;
      keep();
    },
    open: (link) => editor.post({ type: 'open', ...link }),
    post: editor.post,
    redraw,
  };

  const draw = (): void => {
    if (!known.state) return;
    queries.begin();
    try {
      const content = kind.draw(panel);
      queries.end();
      render(frame(kind, panel, content), document.body);
    } catch (error) {
      editor.post({ type: 'error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      throw error;
    }
  };

  const follow = spaced(() => queries.requestAgain(), followInterval);
  const onMessage = (message: ToPanelMessage): void => {
    switch (message.type) {
      case 'show':
        if (!isSameTarget(known.state, message.state)) queries.forget();
        known.state = message.state as PanelState<P>;
        return keep();
      case 'response':
        queries.onReply(message.id, message.response);
        return redraw();
      case 'failed':
        queries.onReply(message.id, { kind: 'failed', message: message.message });
        return redraw();
      case 'changed':
        if (kind.follows === 'progress' || doneStages(message.change) !== doneStages(known.run)) follow();
        known.run = message.change;
        return redraw();
      case 'stale':
        queries.requestAgain();
        preview.requestAgain();
        return redraw();
      case 'typed':
        preview.typed(message.version);
        return redraw();
      case 'preview':
        if (preview.receive(message.id, message.response)) redraw();
        return;
    }
  };

  onThemeChange(() => {
    known.theme++;
    redraw();
  });
  window.addEventListener('resize', redraw);
  editor.onMessage(onMessage);
  editor.post({ type: 'ready' });
}

function keptChoice<C>(kept: unknown): Partial<C> {
  return (kept as { readonly choice?: Partial<C> } | undefined)?.choice ?? {};
}

function isSameTarget(one: PanelState | undefined, { target }: PanelState): boolean {
  return one?.target.uri === target.uri && one.target.case === target.case && one.target.run === target.run;
}

/** What a run has done, and whether it goes on: what changes which views are there. */
function doneStages(change: RunChanged | undefined): string {
  return change ? [change.run, change.state.kind, ...change.stages.map(({ state }) => state)].join() : '';
}

/** Calls `action` now, or once when `interval` milliseconds have passed since the last time. */
function spaced(action: () => void, interval: number): () => void {
  let last = -Infinity;
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      last = performance.now();
      action();
    }, Math.max(0, last + interval - performance.now()));
  };
}

interface EditorWindow {
  postMessage(message: FromPanelMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** VS Code gives it to each webview, once. */
declare function acquireVsCodeApi(): EditorWindow;

export interface Editor {
  post(message: FromPanelMessage): void;
  onMessage(listener: (message: ToPanelMessage) => void): void;
  /** Kept until the panel is closed, also when the window is loaded anew. */
  keep(state: object): void;
  kept(): unknown;
}

export function connectEditor(): Editor {
  const around = acquireVsCodeApi();
  return {
    post: (message) => around.postMessage(message),
    onMessage: (listener) => window.addEventListener('message', ({ data }: MessageEvent<ToPanelMessage>) => listener(data)),
    keep: (state) => around.setState(state),
    kept: () => around.getState(),
  };
}
