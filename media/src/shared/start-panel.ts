/*
 * What all panels do: they report to the editor that they are ready, show what it sends, request the views that
 * their rendering needs, and keep a small state beyond a reload of the window. They render at most once per frame.
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
  const known: { state?: PanelState<P>; viewOptions: C; run?: RunChanged; theme: number } = {
    viewOptions: { ...kind.viewOptions, ...storedViewOptions<C>(editor.kept()) },
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
    if (known.state) editor.keep({ ...known.state, viewOptions: known.viewOptions });
    redraw();
  };
  const panel: Panel<P, C> = {
    ...queries,
    get place() {
      return known.state?.place;
    },
    get viewOptions() {
      return known.viewOptions;
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
    setViewOptions: (change) => panel.replaceViewOptions({ ...known.viewOptions, ...change }),
    replaceViewOptions(viewOptions) {
      known.viewOptions = viewOptions;
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
      const content = kind.render(panel);
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
        if (!isSameTarget(known.state, message.state)) queries.clear();
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

function storedViewOptions<C>(kept: unknown): Partial<C> {
  return (kept as { readonly viewOptions?: Partial<C> } | undefined)?.viewOptions ?? {};
}

function isSameTarget(one: PanelState | undefined, { target }: PanelState): boolean {
  return one?.target.uri === target.uri && one.target.case === target.case && one.target.run === target.run;
}

/** What a run has completed, and its state: both decide which views exist. */
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

interface Editor {
  post(message: FromPanelMessage): void;
  onMessage(listener: (message: ToPanelMessage) => void): void;
  /** Stores the state until the panel is closed; it survives a reload of the window. */
  keep(state: object): void;
  kept(): unknown;
}

function connectEditor(): Editor {
  const around = acquireVsCodeApi();
  return {
    post: (message) => around.postMessage(message),
    onMessage: (listener) => window.addEventListener('message', ({ data }: MessageEvent<ToPanelMessage>) => listener(data)),
    keep: (state) => around.setState(state),
    kept: () => around.getState(),
  };
}
