/**
 * The content security policy of a panel's page, in the editor and in a plain browser: scripts with the page's
 * nonce; styles, pictures and fonts from `source`, where the bundles come from; nothing else.
 */
export function panelPolicy(source: string, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `img-src ${source} data: blob:`,
    `font-src ${source}`,
  ].join('; ');
}
