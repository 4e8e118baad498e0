/* A threshold that is moved in a panel, as it changes the text: `from → to` and the text afterwards. */
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'langium';
import { editThreshold, thresholdsOf } from '#server/cases/thresholds';
import { openText } from '#test/server/open-text';

const textOf = (entries: string): string => `case Other { explain gradram { threshold 0.5 } }\ncase One {\n    ${entries}\n}\n`;

/** The entries after the edit, or why there is none. */
async function edited(entries: string, from: number, to: number, name = 'One'): Promise<string> {
  const { document } = await openText(textOf(entries));
  const result = editThreshold(document, name, from, to);
  if (!result.ok) return result.why;
  return TextDocument.applyEdits(document.textDocument, [...result.edits]).split('\n').slice(2, -2).join('\n').trim();
}

describe('a threshold is written', () => {
  test.each([
    ['in the place of another', 'explain gradram { threshold 0.4, 0.5 }', 0.5, 0.62, 'explain gradram { threshold 0.4, 0.62 }'],
    ['as the percentage that it was', 'explain gradram { threshold 40%, 50% }', 0.4, 0.355, 'explain gradram { threshold 36%, 50% }'],
    ['with the space before the unit', 'explain gradram { threshold 40 %, 50 % }', 0.4, 0.3, 'explain gradram { threshold 30 %, 50 % }'],
    ['in whole percents', 'explain gradram { threshold 0.5 }', 0.5, 0.4444, 'explain gradram { threshold 0.44 }'],
    ['with the decimals that the others have', 'explain gradram { threshold 0.40, 0.50 }', 0.5, 0.6, 'explain gradram { threshold 0.40, 0.60 }'],
    ['with the decimals that it had', 'explain gradram { threshold 0.55 }', 0.55, 0.4, 'explain gradram { threshold 0.40 }'],
    ['with no more decimals than the others have', 'explain gradram { threshold 0.4, 0.55 }', 0.55, 0.6, 'explain gradram { threshold 0.4, 0.6 }'],
    ['with decimals of a percentage', 'explain gradram { threshold 40.0%, 50.0% }', 0.4, 0.3, 'explain gradram { threshold 30.0%, 50.0% }'],
    ['as each number was written', 'explain gradram { threshold 40%, 0.5 }', 0.5, 0.6, 'explain gradram { threshold 40%, 0.6 }'],
    ['in its order', 'explain gradram { threshold 0.3, 50%, 0.7 }', 0.3, 0.6, 'explain gradram { threshold 50%, 0.6, 0.7 }'],
    ['in order, whatever the order was', 'explain gradram { threshold 0.7, 0.5, 0.6 }', 0.7, 0.2, 'explain gradram { threshold 0.2, 0.5, 0.6 }'],
    ['between comments', 'explain gradram { threshold /* a */ 0.5 /* b */ }', 0.5, 0.6, 'explain gradram { threshold /* a */ 0.6 /* b */ }'],
    ['over several lines', 'explain gradram { threshold 0.5, // half\n        0.6 }', 0.5, 0.8, 'explain gradram { threshold 0.6, // half\n        0.8 }'],
    ['into a block without thresholds', 'explain gradram { layer last }', 0.6, 0.65, 'explain gradram { threshold 0.5, 0.65, 0.7  layer last }'],
    ['into a block of several lines', 'explain gradram {\n        layer last\n    }', 0.5, 0.9, 'explain gradram {\n        threshold 0.6, 0.7, 0.9\n        layer last\n    }'],
    ['with a block', 'explain hirescam', 0.5, 0.3, 'explain hirescam { threshold 0.3, 0.6, 0.7 }'],
    ['with an entry', 'compare control', 0.7, 0.8, 'compare control\n    explain gradram { threshold 0.5, 0.6, 0.8 }'],
    ['not at all where it is', 'explain gradram { threshold 0.5, 0.4 }', 0.5, 0.5, 'explain gradram { threshold 0.5, 0.4 }'],
  ])('%s', async (_name, entries, from, to, after) => {
    expect(await edited(entries, from, to)).toBe(after);
  });
});

test('why a threshold cannot be written', async () => {
  expect(await edited('explain gradram { threshold 0.5 }', 0.6, 0.7)).toBe('case "One" has no threshold 60 % now');
  expect(await edited('compare control', 0.55, 0.7)).toBe('case "One" has no threshold 55 % now');
  expect(await edited('explain gradram { threshold 0.5, nonsense }', 0.5, 0.7)).toBe('case "One" has no threshold 50 % now');
  expect(await edited('explain gradram { threshold 0.5, 0.6 }', 0.5, 0.6)).toBe('case "One" has the threshold 60 % already');
  expect(await edited('compare control', 0.5, 0.7, 'Two')).toBe('the file has no case "Two"');
});

test.each([
  ['those that it names, in order', 'explain gradram { threshold 0.7, 40% }', [0.4, 0.7]],
  ['the defaults', 'compare control', [0.5, 0.6, 0.7]],
  ['also beside an error', 'maximise E  explain gradram { threshold 0.7 }', [0.7]],
  ['none while they cannot be read', 'explain gradram { threshold 7 }', undefined],
])('the thresholds of a text: %s', async (_name, entries, expected) => {
  const { document } = await openText(textOf(entries));
  expect(thresholdsOf(document, 'One')).toEqual(expected);
});
