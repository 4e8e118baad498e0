import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import type { PanelName } from '#protocol/panel-messages';
import { panelPolicy } from '#protocol/panel-messages';

/**
 * The page of a panel: its bundle and its style, and a policy that lets nothing else in. Scripts and styles that
 * the bundle adds by itself carry the nonce of the page's `csp-nonce`.
 */
export function panelHtml(webview: Webview, media: Uri, panel: PanelName, title: string): string {
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
