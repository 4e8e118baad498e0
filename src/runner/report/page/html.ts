/*
 * HTML as text that is safe by construction: the `html` template escapes its contents, unless they came from the
 * template itself. So a name in a specification can never become markup.
 */

/** Finished markup; only `html` and `rawMarkup` create it. */
export interface Markup {
  readonly markup: string;
}

/** Contents of a template: text and numbers are escaped, markup is kept, undefined is empty. */
export type Content = string | number | Markup | undefined | readonly Content[];

/** Template tag: `` html`<p>${name}</p>` ``. Use double quotes around attribute values. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { markup: String.raw({ raw: parts }, ...contents.map(markupOf)) };
}

/** Markup that this program made by other means, such as a chart. Never pass foreign text. */
export function rawMarkup(markup: string): Markup {
  return { markup };
}

/** Text for element content and double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character]!);
}

const escapes: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markupOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return escapeHtml(String(content));
  if ('markup' in content) return content.markup;
  return content.map(markupOf).join('');
}
