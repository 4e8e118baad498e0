import { describe, expect, test } from 'vitest';
import { openText } from '#test/server/open-text';
import { edited } from '#test/server/show';

const options = { tabSize: 4, insertSpaces: true };

async function formatted(marked: string, what: 'file' | 'selection' | { readonly typed: string }) {
  const open = await openText(marked);
  const formatter = open.xdesign.lsp.Formatter!;
  const edits =
    what === 'file' ? await formatter.formatDocument(open.document, { ...open, options })
    : what === 'selection' ? await formatter.formatDocumentRange(open.document, { ...open, options })
    : await formatter.formatDocumentOnType(open.document, { ...open, options, ch: what.typed });
  return edited(open.document, edits!);
}

describe('an editor formats', () => {
  test('a file', async () => {
    expect(await formatted('material A{young 1GPa poisson 0.3}', 'file')).toBe('material A { young 1 GPa  poisson 0.3 }\n');
  });

  test('a selection, and nothing beside it', async () => {
    expect(await formatted('material A{young 1GPa}\n<[material B{young 1GPa}]>\nmaterial C{young 1GPa}', 'selection')).toBe(
      'material A{young 1GPa}\nmaterial B { young 1 GPa }\nmaterial C{young 1GPa}',
    );
  });

  test('no text that it cannot read', async () => {
    for (const text of ['material A{young', 'material A{young ~ 1GPa}']) expect(await formatted(text, 'file')).toBe(text);
  });

  test('a new line, and a brace that is typed, also while the text is unfinished', async () => {
    expect(await formatted('case A {\n<|>', { typed: '\n' })).toBe('case A {\n    ');
    expect(await formatted('case A {\n  learn compact {\n<|>\n', { typed: '\n' })).toBe('case A {\n  learn compact {\n        \n');
    expect(await formatted('case A {\n        }<|>', { typed: '}' })).toBe('case A {\n}');
    expect(await formatted('case A { // {\n/* { */ import "{"\n<|>', { typed: '\n' })).toBe('case A { // {\n/* { */ import "{"\n    ');
    expect(await formatted('  material A { young 1 GPa }<|>', { typed: '}' })).toBe('  material A { young 1 GPa }');
  });
});
