import { Disposable, window, type WebviewPanel } from 'vscode';
import { requests, type ViewRequest } from '#protocol/methods';
import type { FromPanelMessage, PanelLink, PanelName, PanelState, ToPanelMessage } from '#protocol/panel-messages';
import type { RunReference } from '#protocol/runs';
import type { ViewName, ViewParams, ViewQuery } from '#protocol/views';
import { panelHtml } from './panel-html';
import { panelTitle } from './panel-titles';
import { saveDesign } from './save-design';
import type { PanelParts } from './panel-parts';
import { ThresholdWriter } from './write-threshold';

/**
 * One panel beside the text. It knows nothing of what is drawn: it hands the panel's questions to the server
 * and the answers back, and does what only an editor can: open another panel, save, write into the text.
 */
export class Panel implements Disposable {
  private readonly subscriptions: Disposable[];
  private readonly thresholds: ThresholdWriter;
  private listens = false;
  /** What the text as it was last typed would give. */
  private preview: ToPanelMessage | undefined;

  constructor(
    readonly name: PanelName,
    private readonly view: WebviewPanel,
    private state: PanelState,
    private readonly parts: PanelParts,
  ) {
    this.thresholds = new ThresholdWriter(parts.server);
    const media = parts.media;
    view.webview.options = { enableScripts: true, localResourceRoots: [media] };
    this.subscriptions = [view.webview.onDidReceiveMessage((message: FromPanelMessage) => this.receive(message))];
    view.title = this.title;
    view.iconPath = parts.icon;
    view.webview.html = panelHtml(view.webview, media, this.name, this.title);
  }

  /** Whether it is in use. */
  get isActive(): boolean {
    return this.view.active;
  }

  get target(): RunReference {
    return this.state.target;
  }

  /** Comes to the front. */
  reveal(): void {
    this.view.reveal(undefined, true);
  }

  /** Shows something else of the same kind. */
  show(state: PanelState): void {
    this.state = state;
    this.preview = undefined;
    this.view.title = this.title;
    if (this.listens) this.post({ type: 'show', state });
  }

  /** Its case has another name now. */
  rename(target: RunReference): void {
    this.show({ ...this.state, target: { ...this.target, ...target } });
  }

  post(message: ToPanelMessage): void {
    if (message.type === 'preview') this.preview = message;
    // A panel that is hidden or closed gets nothing; when it is shown again it begins anew and asks.
    void this.view.webview.postMessage(message);
  }

  dispose(): void {
    this.subscriptions.forEach((each) => each.dispose());
    this.view.dispose();
  }

  get title(): string {
    return panelTitle(this.name, this.target);
  }

  private receive(message: FromPanelMessage): void {
    switch (message.type) {
      case 'ready':
        this.listens = true;
        this.post({ type: 'show', state: this.state });
        if (this.preview) this.post(this.preview);
        break;
      case 'ask':
        void this.answer(message.id, message.question);
        break;
      case 'open': {
        const { type: _type, ...link } = message;
        this.parts.open(link as PanelLink, this.target);
        break;
      }
      case 'setThreshold':
        this.attempt(this.thresholds.write(this.target, message.from, message.to));
        break;
      case 'save':
        this.attempt(saveDesign(this.parts.server, this.target, message));
        break;
      case 'trouble':
        this.parts.log.error(`${this.name} panel: ${message.message}`);
        break;
    }
  }

  private async answer(id: number, question: ViewQuery): Promise<void> {
    const params = { ...this.target, ...question } as ViewParams;
    try {
      this.post({ type: 'answer', id, answer: await this.parts.server.request(requests.view as ViewRequest<ViewName>, params) });
    } catch (error) {
      this.parts.log.warn(`${this.name} panel: ${String(error)}`);
      this.post({ type: 'unanswered', id, message: String(error) });
    }
  }

  private attempt(work: Promise<void>): void {
    work.catch((error: unknown) => void window.showErrorMessage(error instanceof Error ? error.message : String(error)));
  }
}

