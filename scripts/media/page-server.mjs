/*
 * A server of pages for panels in a plain browser: `/` lists them, `/NAME?theme=dark&situation=running` is one, with
 * the policy of editors and a mock editor that responds with recorded views (media/mock).
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, extname } from 'node:path';
import { panelPolicy } from '../../src/protocol/panel-messages.ts';
import { bundleForBrowser, panels } from '../build/media.mjs';

export const themes = ['vscode-light', 'vscode-dark', 'vscode-high-contrast'];
export const situations = ['finished', 'empty', 'files', 'running', 'optimizing', 'failed', 'refused', 'alone', 'stale', 'broken'];

const themeStyle = new URL('../../media/mock/themes.css', import.meta.url);
const types = { '.js': 'text/javascript', '.css': 'text/css', '.map': 'application/json' };

/** Starts it on 127.0.0.1; port 0 means any free one. */
export async function servePanels({ port = 0 } = {}) {
  const outputs = await bundleForBrowser({ ...panels, 'mock-editor': 'media/mock/mock-editor.ts' }, '/bundles');
  const files = new Map(outputs.map(({ path, contents }) => [`/files/${basename(path)}`, contents]));
  files.set('/files/themes.css', readFileSync(themeStyle));
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const file = files.get(pathname);
    const panel = pathname.slice(1);
    if (file !== undefined) return response.writeHead(200, { 'content-type': types[extname(pathname)] }).end(file);
    if (Object.hasOwn(panels, panel)) return sendPage(response, panelPage(panel, searchParams.get('theme') ?? 'vscode-dark'));
    if (pathname === '/') return sendPage(response, listPage());
    response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}

function sendPage(response, text) {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text);
}

function panelPage(panel, theme) {
  const nonce = randomBytes(16).toString('base64');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${panelPolicy(`'self'`, nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${panel}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/files/themes.css">
<link rel="stylesheet" href="/files/${panel}.css">
</head>
<body class="${themes.includes(theme) ? theme : themes[0]}">
<script type="module" src="/files/mock-editor.js" nonce="${nonce}"></script>
<script type="module" src="/files/${panel}.js" nonce="${nonce}"></script>
</body>
</html>`;
}

function listPage() {
  const row = (panel) => `<tr><th>${panel}</th>${themes.map((theme) => `<td>${situations.map((each) => `<a href="/${panel}?theme=${theme}&situation=${each}">${each}</a>`).join(' ')}</td>`).join('')}</tr>`;
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Panels</title>
<style>body { font: 15px/1.6 system-ui, sans-serif; margin: 40px; } th, td { text-align: left; padding: 6px 24px 6px 0; vertical-align: top; }</style></head>
<body><h1>Panels</h1><table><tr><th></th>${themes.map((theme) => `<th>${theme}</th>`).join('')}</tr>${Object.keys(panels).map(row).join('')}</table>
<p>Add <code>&points=20000</code> for a large database, <code>&designs=200</code> for many designs.</p></body></html>`;
}
