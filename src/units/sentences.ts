/* Words put together into sentences. */

/** `a, b and c`; with another conjunction, `a, b or c`. */
export function listed(parts: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${conjunction} ${parts.at(-1)!}`;
}

/** With a capital letter, as at the beginning of a sentence. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
