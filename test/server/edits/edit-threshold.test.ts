/* A threshold that is moved in a panel, as it changes the text: `from → to` and the text afterwards. */
import { expect, test } from 'vitest';
import { editThreshold } from '#server/edits/edit-threshold';
import { openText } from '#test/server/open-text';

/** The text after the edit, or `absent`. */
async function edited(entries: string, from: number, to: number, name = 'One'): Promise<string> {
  const { shared, document, text, textDocument } = await openText(`case Other { explain gradram { threshold 0.5 } }\ncase One {\n    ${entries}\n}\n`);
  const answer = await editThreshold(shared, { ...textDocument, case: name, from, to });
  if (answer.kind === 'absent') return 'absent';
  const [start, end] = [answer.range.start, answer.range.end].map((position) => document.textDocument.offsetAt(position));
  return (text.slice(0, start) + answer.newText + text.slice(end)).split('\n').slice(2, -2).join('\n').trim();
}

test.each([
  ['a number of the list', 'explain gradram { threshold 0.4, 0.5 }', 0.5, 0.62, 'explain gradram { threshold 0.4, 0.62 }'],
  ['a percentage stays one', 'explain gradram { threshold 40%, 50% }', 0.4, 0.355, 'explain gradram { threshold 36%, 50% }'],
  ['whole percents are written', 'explain gradram { threshold 0.5 }', 0.5, 0.4444, 'explain gradram { threshold 0.44 }'],
  ['comments stay', 'explain gradram { threshold /* a */ 0.5 /* b */ }', 0.5, 0.6, 'explain gradram { threshold /* a */ 0.6 /* b */ }'],
  ['a block without thresholds', 'explain gradram { layer last }', 0.6, 0.65, 'explain gradram { threshold 0.5, 0.65, 0.7  layer last }'],
  ['no block', 'explain hirescam', 0.5, 0.3, 'explain hirescam { threshold 0.3, 0.6, 0.7 }'],
  ['no entry', 'compare control', 0.7, 0.8, 'compare control\n    explain gradram { threshold 0.5, 0.6, 0.8 }'],
])('%s', async (_name, entries, from, to, after) => {
  expect(await edited(entries, from, to)).toBe(after);
});

test('what is not there is told', async () => {
  expect(await edited('explain gradram { threshold 0.5 }', 0.6, 0.7)).toBe('absent');
  expect(await edited('compare control', 0.55, 0.7)).toBe('absent');
  expect(await edited('compare control', 0.5, 0.7, 'Two')).toBe('absent');
});
