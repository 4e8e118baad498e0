/* The editor around the panel: where messages go, and what it keeps of the panel beyond a reload. */
import type { FromPanelMessage, ToPanelMessage } from '#protocol/panel-messages';

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
