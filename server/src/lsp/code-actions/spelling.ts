import type { Fix } from './offer';

/** Findings whose way out names the text that belongs in their place. */
const replaced: Readonly<Record<string, RegExp>> = {
  'syntax': /^Did you mean `([^`]+)`\?$/,
  'unknown-unit': /^Did you mean `([^`]+)`\?$/,
  'unknown-material': /^Did you mean `([^`]+)`\?$/,
  'unknown-database': /^Did you mean `([^`]+)`\?$/,
  'value-out-of-range': /^Did you mean `([^`]+)`\?$/,
  'missing-unit': /^Write `([^`]+)`/,
  'not-a-whole-number': /^Write `([^`]+)`\.$/,
  'resolution-not-supported': /^Write `resolution ([^`]+)`\.$/,
  'outliers-on-wrong-side': /^Write `outliers ([^`]+)`\.$/,
};

/** A mistyped word, unit or number is replaced by what was meant. */
export const spelling: Fix = ({ code, range, data }) => {
  const wayOut = (data as { readonly wayOut?: string } | undefined)?.wayOut ?? '';
  const [, text] = replaced[String(code)]?.exec(wayOut) ?? [];
  return text === undefined ? [] : [{ title: `Write \`${text}\``, edits: [{ range, newText: text }], preferred: true }];
};
