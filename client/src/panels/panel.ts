import { Disposable, window, type WebviewPanel } from 'vscode';
import { requests, type ViewRequest } from '#protocol/methods';
import type { FromPanelMessage, PanelLink, PanelName, PanelState, ToPanelMessage } from '#protocol/panel-messages';
import type { RunReference } from '#protocol/runs';
import type { ViewResponse, ViewName, ViewParams, ViewQuery } from '#protocol/views';
import { panelHtml } from './panel-html';
import { panelTitle } from './panel-titles';
import { saveDesign } from './save-design';
import type { PanelParts } from './panel-parts';
import { describeFindings } from '../words';

/**
 * One panel beside the text. It knows nothing of what is drawn: it hands the panel's queries to the server
 * and the responses back, and does what only an editor can: open another panel, save, write into the text.
 */
export class Panel implements Disposable {
  private readonly subscriptions: Disposable[];
  private listens = false;
  /** That the text was typed in. */
  private typed: ToPanelMessage | undefined;

  constructor(
    readonly name: PanelName,
    private readonly view: WebviewPanel,
    private state: PanelState,
    private readonly parts: PanelParts,
  ) {
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
    this.view.title = this.title;
    if (this.listens) this.post({ type: 'show', state });
  }

  /** Its case has another name now. */
  rename(target: RunReference): void {
    this.show({ ...this.state, target: { ...this.target, ...target } });
  }

  post(message: ToPanelMessage): void {
    if (message.type === 'typed') this.typed = message;
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
        if (this.typed) this.post(this.typed);
        break;
      case 'query':
        void this.respond(message.id, this.query(message.query));
        break;
      case 'preview':
        void this.preview(message);
        break;
      case 'open': {
        const { type: _type, ...link } = message;
        this.parts.open(link as PanelLink, this.target);
        break;
      }
      case 'setThreshold':
        void this.respond(message.id, this.setThreshold(message));
        break;
      case 'save':
        this.attempt(saveDesign(this.parts.server, this.target, message));
        break;
      case 'trouble':
        this.parts.log.error(`${this.name} panel: ${message.message}`);
        break;
    }
  }

  private async respond(id: number, requested: Promise<ViewResponse>): Promise<void> {
    try {
      this.post({ type: 'response', id, response: await requested });
    } catch (error) {
      this.parts.log.warn(`${this.name} panel: ${String(error)}`);
      this.post({ type: 'failed', id, message: String(error) });
    }
  }

  private query(query: ViewQuery): Promise<ViewResponse> {
    return this.parts.server.request(requests.view as ViewRequest<ViewName>, { ...this.target, ...query } as ViewParams);
  }

  private async setThreshold({ from, to, query }: Extract<FromPanelMessage, { readonly type: 'setThreshold' }>): Promise<ViewResponse> {
    const { findings, shown } = await this.parts.server.request(requests.setThreshold, { ...this.target, from, to, query });
    if (findings.length > 0) void window.showErrorMessage(describeFindings(findings));
    return shown;
  }

  private async preview({ id, version, image }: Extract<FromPanelMessage, { readonly type: 'preview' }>): Promise<void> {
    const { uri, case: caseName } = this.target;
    try {
      const response = await this.parts.server.request(requests.preview, { uri, case: caseName, version, ...(image !== undefined && { image }) });
      this.post({ type: 'preview', id, response });
    } catch (error) {
      this.parts.log.warn(`No preview of ${caseName}: ${String(error)}`);
    }
  }

  private attempt(work: Promise<void>): void {
    work.catch((error: unknown) => void window.showErrorMessage(error instanceof Error ? error.message : String(error)));
  }
}

