/*
 * A page that opens from a file and asks for nothing else: no fonts, images, styles or scripts from elsewhere. A content security
 * policy enforces that; the only script is one that its maker names by its hash.
 */
import { html, type Markup, rawMarkup } from './html';
import { pageStyle } from './page-style';

/** A script of this program, with its source of the policy, `'sha256-…'`. */
export interface PageScript {
  readonly text: string;
  readonly source: string;
}

/** The whole page as text. */
export function htmlDocument(title: string, body: Markup, script?: PageScript): string {
  const scripts = script === undefined ? '' : ` script-src ${script.source};`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline';${rawMarkup(scripts)} base-uri 'none'; form-action 'none'">
<title>${title}</title>
<style>${rawMarkup(pageStyle)}</style>
</head>
<body>
${body}
${script === undefined ? undefined : html`<script>${rawMarkup(script.text)}</script>
`}</body>
</html>
`;
  return page.markup;
}
