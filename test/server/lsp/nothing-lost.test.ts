/*
 * Whatever an editor offers to change, all else is there afterwards, token by token and with its
 * comments: on texts that are right, and on texts that are broken anywhere.
 */
import fc from 'fast-check';
import { CstUtils, EmptyFileSystem, URI, type LangiumDocument } from 'langium';
import { describe, expect, test } from 'vitest';
import type { Range, TextEdit } from 'vscode-languageserver';
import type { SpecificationFile } from '#language/generated/ast';
import { editThreshold, thresholdsOf } from '#server/edits/thresholds';
import { sortEntries } from '#server/lsp/code-actions/rewrites';
import { createServerServices } from '#server/services';
import { brokenTexts } from '#test/language/broken-texts';
import { disk, fixturePaths } from '#test/language/read-fixture';
import { office } from '#test/server/open-text';
import { edited } from '#test/server/show';

const { shared, xdesign } = createServerServices(EmptyFileSystem, { machine: office });
const options = { tabSize: 4, insertSpaces: true };

interface Piece {
  readonly text: string;
  readonly offset: number;
  readonly comment: boolean;
}

/** Words, numbers, comments and what cannot be read, in their order. */
function piecesOf(text: string): readonly Piece[] {
  const { tokens, hidden, errors } = xdesign.parser.Lexer.tokenize(text);
  return [
    ...tokens.map(({ image, startOffset }) => ({ text: image, offset: startOffset, comment: false })),
    ...hidden.map(({ image, startOffset }) => ({ text: image.trim(), offset: startOffset, comment: true })),
    ...errors.flatMap(({ offset, length }) => [...text.slice(offset, offset + length)].map((each, index) => ({ text: each, offset: offset + index, comment: false }))).filter((each) => each.text.trim() !== ''),
  ].toSorted((a, b) => a.offset - b.offset);
}

const wordsOf = (text: string): readonly string[] => piecesOf(text).map((piece) => piece.text);

/** The text after an edit, and how its pieces are those of before, of the edit, and again of before. */
function afterEdit(document: LangiumDocument, { range, newText }: TextEdit): { readonly after: string; readonly lost: string | undefined } {
  const text = document.textDocument.getText();
  const [start, end] = [document.textDocument.offsetAt(range.start), document.textDocument.offsetAt(range.end)];
  const after = text.slice(0, start) + newText + text.slice(end);
  const pieces = piecesOf(text);
  const inside = pieces.filter(({ offset }) => offset >= start && offset < end);
  const comments = inside.filter(({ comment }) => comment).map((piece) => piece.text);
  const wanted = [
    ...pieces.filter(({ offset }) => offset < start).map((piece) => piece.text),
    ...wordsOf(newText),
    ...pieces.filter(({ offset }) => offset >= end).map((piece) => piece.text),
  ];
  const now = wordsOf(after);
  const isKept = JSON.stringify(now) === JSON.stringify(wanted) && comments.every((comment) => newText.includes(comment));
  return { after, lost: isKept ? undefined : `${JSON.stringify(text)} → ${JSON.stringify(after)}` };
}

const parsed = (text: string) => shared.workspace.LangiumDocumentFactory.fromString<SpecificationFile>(text, URI.parse('file:///work/a.xdesign'));

/** The right texts of all tests with comments strewn in. */
const commented = fc
  .tuple(fc.constantFrom(...fixturePaths('good').map((path) => disk.read(path)!)), fc.array(fc.tuple(fc.nat(), fc.constantFrom('/* a */', '// b\n', '/* c\n d */')), { minLength: 1, maxLength: 5 }))
  .map(([text, comments]) => comments.reduce((before, [place, comment]) => {
    const blank = before.indexOf(' ', place % before.length);
    return blank < 0 ? before : before.slice(0, blank) + ` ${comment} ` + before.slice(blank + 1);
  }, text));

describe('formatting and sorting', () => {
  let formatted = 0;
  let sorted = 0;
  async function keepAll(text: string): Promise<void> {
    const document = parsed(text);
    const edits = await xdesign.lsp.Formatter!.formatDocument(document, { textDocument: { uri: document.uri.toString() }, options });
    if (edits!.length > 0) {
      formatted++;
      const after = edited(document, edits!);
      expect(wordsOf(after)).toEqual(wordsOf(text));
    }
    for (const node of document.parseResult.value.declarations ?? []) {
      for (const { edits: [edit] } of sortEntries(node, { document, services: xdesign, nodeAt: () => node }) as readonly { readonly edits: readonly TextEdit[] }[]) {
        sorted++;
        const { after, lost } = afterEdit(document, edit!);
        expect(lost).toBeUndefined();
        expect(wordsOf(after).toSorted()).toEqual(wordsOf(text).toSorted());
      }
    }
  }

  test('20 000 broken texts keep every token', { timeout: 240_000 }, async () => {
    await fc.assert(fc.asyncProperty(brokenTexts, keepAll), { numRuns: 20_000, seed: 7 });
    expect(formatted).toBeGreaterThan(500);
    expect(sorted).toBeGreaterThan(500);
  });

  test('comments between any two words stay there', async () => {
    await fc.assert(fc.asyncProperty(commented, keepAll), { numRuns: 300, seed: 11 });
  });

  test.each(['material A { poisson 0,3  young 379,3 GPa }', 'case C { test periodic load 5 N white A }', 'material A { poisson 0.3 } } { young 1 GPa }', 'database D { seed 3 $ size 8 }'])('nothing is sorted that cannot be read: %s', (text) => {
    const document = parsed(text);
    for (const node of document.parseResult.value.declarations) expect(sortEntries(node, { document, services: xdesign, nodeAt: () => node })).toEqual([]);
  });

  test('an entry is told by its word, also where a number follows without a blank', () => {
    const document = parsed('material A { poisson.3 young 1 GPa }');
    const [offer] = sortEntries(document.parseResult.value.declarations[0]!, { document, services: xdesign, nodeAt: () => undefined });
    expect((offer!.edits as readonly TextEdit[])[0]!.newText).toBe('material A { young 1 GPa  poisson .3 }');
  });
});

test('a threshold that a panel moves takes no comment and no other number with it', () => {
  let moved = 0;
  const spread = fc
    .tuple(fc.constantFrom('50%, 0.60 , 70 %', '0.5', '0.7, 0.5', '40 %,\n    60 %'), fc.array(fc.tuple(fc.nat(), fc.constantFrom('/* a */', '/* b\n c */', '// d\n')), { maxLength: 4 }))
    .map(([values, comments]) => comments.reduce((before, [place, comment]) => {
      const ends = [...before.matchAll(/(?<![*/\w])\s|(?<=\d)(?=%)/g)].map(({ index }) => index).filter((index) => !/\/[*/][^\n]*$/.test(before.slice(0, index)));
      const at = ends.length === 0 ? before.length : ends[place % ends.length]!;
      return `${before.slice(0, at)} ${comment} ${before.slice(at)}`;
    }, `case A { explain gradram { threshold ${values} } }`));
  fc.assert(
    fc.property(spread, (text) => {
      const document = parsed(text);
      for (const from of thresholdsOf(document, 'A') ?? []) {
        const planned = editThreshold(document, 'A', from, 0.33);
        if (!planned.ok) continue;
        moved++;
        const [before, after] = [piecesOf(text), piecesOf(edited(document, planned.edits))];
        const comments = (pieces: readonly Piece[]): readonly string[] => pieces.filter(({ comment }) => comment).map((piece) => piece.text);
        expect(comments(after).toSorted()).toEqual(comments(before).toSorted());
        expect(after).toHaveLength(before.length);
      }
    }),
    { numRuns: 500, seed: 9 },
  );
  expect(moved).toBeGreaterThan(300);
});

test('each action changes what it says, and nothing beside it', { timeout: 240_000 }, async () => {
  await shared.workspace.WorkspaceManager.initializeWorkspace([]);
  const offered = new Map<string, number>();
  let name = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof({ weight: 3, arbitrary: brokenTexts }, { weight: 1, arbitrary: commented }), async (text) => {
      const document = shared.workspace.LangiumDocuments.createDocument(URI.parse(`file:///work/${name++}.xdesign`), text);
      await shared.workspace.DocumentBuilder.build([document], { validation: true });
      const textDocument = { uri: document.uri.toString() };
      const leaves = CstUtils.flattenCst(document.parseResult.value.$cstNode!).toArray();
      const places = leaves.filter((_, index) => index % 3 === 0).map((leaf) => leaf.range);
      const ask = async (range: (typeof places)[number], diagnostics: typeof document.diagnostics = [], only = 'refactor') =>
        ((await xdesign.lsp.CodeActionProvider!.getCodeActions(document, { textDocument, range, context: { diagnostics: diagnostics ?? [], only: [only] } })) ?? []) as { title: string; edit: { changes: Record<string, TextEdit[]> } }[];
      const told = (title: string): void => void offered.set(title.replace(/`.*/s, '').trim(), (offered.get(title.replace(/`.*/s, '').trim()) ?? 0) + 1);
      for (const diagnostic of document.diagnostics!) {
        for (const { title, edit } of await ask(diagnostic.range, [diagnostic], 'quickfix')) {
          told(title);
          const edits = edit.changes[textDocument.uri]!;
          // What cannot be read may become a part of the word beside it, as `−` does.
          const isUnread = diagnostic.code === 'unexpected-character' || diagnostic.code === 'syntax';
          if (isUnread) expect(edits.every(({ range }) => isWithin(range, diagnostic.range)), title).toBe(true);
          else expect(edits.map((each) => afterEdit(document, each).lost), title).toEqual(edits.map(() => undefined));
        }
      }
      for (const place of places) {
        for (const { title, edit } of await ask(place)) {
          told(title);
          for (const each of edit.changes[textDocument.uri]!) {
            const { lost, after } = afterEdit(document, each);
            expect(lost, title).toBeUndefined();
            if (title.startsWith('Sort')) expect(wordsOf(after).toSorted()).toEqual(wordsOf(text).toSorted());
          }
        }
      }
      await shared.workspace.DocumentBuilder.update([], [document.uri]);
    }),
    { numRuns: 500, seed: 23 },
  );
  // All that there is was offered, each many times.
  const kinds = ['Write', 'Add', 'Use the range of', 'Import', 'Copy', 'Declare material', 'Sort and align the entries of'];
  expect(kinds.filter((kind) => (offered.get(kind) ?? 0) < 3)).toEqual([]);
});

function isWithin(inner: Range, outer: Range): boolean {
  const before = (a: Range['start'], b: Range['start']): boolean => a.line < b.line || (a.line === b.line && a.character <= b.character);
  return before(outer.start, inner.start) && before(inner.end, outer.end);
}
