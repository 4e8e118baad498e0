import { randomBytes } from 'node:crypto';
import { commands, Disposable, type LogOutputChannel, Uri, type Webview, type WebviewPanel, window, workspace } from 'vscode';
import { commandNames } from '#client/command-names';
import type { Server } from '#client/server/lazy-server';
import { placeText } from '#domain/stages';
import { requests, type ViewRequest } from '#protocol/methods';
import { fromBase64 } from '#protocol/packed';
import { type FromPanelMessage, type PanelLink, type PanelName, panelPolicy, type PanelState, type ToPanelMessage } from '#protocol/panel-messages';
import type { CaseReference, RunReference } from '#protocol/runs';
import type { ViewName, ViewParams, ViewQuery, ViewResponse } from '#protocol/views';
import { describeFindings } from '../words';

/**
 * One panel next to the editor. It does not depend on what is shown: it passes the panel's queries to the server and
 * the responses back, and does what only an editor can do: open another panel, save, write into the document.
 */
export class Panel implements Disposable {
  private readonly subscriptions: Disposable[];
  private listens = false;
  /** The last message that the document was edited. */
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

  /** Whether the panel is active. */
  get isActive(): boolean {
    return this.view.active;
  }

  get target(): RunReference {
    return this.state.target;
  }

  /** Brings the panel to the front. */
  reveal(): void {
    this.view.reveal(undefined, true);
  }

  /** Shows something else of the same kind. */
  show(state: PanelState): void {
    this.state = state;
    this.view.title = this.title;
    if (this.listens) this.post({ type: 'show', state });
  }

  /** Follows the new name of its case. */
  rename(target: RunReference): void {
    this.show({ ...this.state, target: { ...this.target, ...target } });
  }

  post(message: ToPanelMessage): void {
    if (message.type === 'typed') this.typed = message;
    // A panel that is hidden or closed receives nothing; when it is shown again it starts over and requests its views.
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
      case 'exportData':
        void commands.executeCommand(commandNames.exportData, { reference: this.target });
        break;
      case 'error':
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

/** What a panel needs from the extension. */
export interface PanelParts {
  readonly server: Server;
  readonly log: LogOutputChannel;
  /** Of the tabs. */
  readonly icon: { readonly light: Uri; readonly dark: Uri };
  /** Folder of the bundles that draw. */
  readonly media: Uri;
  /** Opens another panel. */
  open(link: PanelLink, target: RunReference): void;
}

const titles: Readonly<Record<PanelName, string>> = {
  design: 'Designs',
  heatMap: 'Heat Map',
  skeleton: 'Skeleton',
  database: 'Database',
  training: 'Training',
  optimization: 'Optimization',
};

/** Of a panel's tab. */
export function panelTitle(name: PanelName, { case: caseName }: CaseReference): string {
  return `${caseName}: ${titles[name]}`;
}

/**
 * The page of a panel: its bundle and its style, and a policy that lets nothing else in. Scripts and styles that
 * the bundle adds by itself carry the nonce of the page's `csp-nonce`.
 */
function panelHtml(webview: Webview, media: Uri, panel: PanelName, title: string): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(media, name)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${panelPolicy(webview.cspSource, nonce)}">
<meta property="csp-nonce" content="${nonce}" nonce="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${file(`${panel}.css`)}" nonce="${nonce}">
</head>
<body>
<script type="module" src="${file(`${panel}.js`)}" nonce="${nonce}"></script>
</body>
</html>`;
}

type SaveMessage = Extract<FromPanelMessage, { readonly type: 'save' }>;

interface DesignFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** The user chooses the location of the file, on the machine of the workspace. */
async function saveDesign(server: Server, target: RunReference, message: SaveMessage): Promise<void> {
  const { fileName, bytes } = await fileOf(server, target, message);
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1);
  const defaultUri = Uri.joinPath(Uri.parse(target.uri), '..', fileName);
  const place = await window.showSaveDialog({ defaultUri, filters: { [extension.toUpperCase()]: [extension] } });
  if (place !== undefined) await workspace.fs.writeFile(place, bytes);
}

/** Drawn files come with the message; computed files are requested from the server. */
async function fileOf(server: Server, target: RunReference, message: SaveMessage): Promise<DesignFile> {
  const { arm, rank, format } = message;
  if ('bytes' in message) return { fileName: `${target.case}-${arm}-${rank}.${format}`, bytes: fromBase64(message.bytes) };
  const request = requests.view as ViewRequest<'file'>;
  const response = await server.request(request, { ...target, view: 'file', query: { arm, rank, format: message.format } });
  if (response.kind === 'refused') throw new Error(describeFindings(response.findings));
  if (response.kind === 'waiting') throw new Error(`The file can be written when the stage “${placeText(response)}” is done.`);
  return { fileName: response.content.fileName, bytes: new TextEncoder().encode(response.content.text) };
}
