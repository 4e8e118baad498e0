/*
 * Whatever an editor offers to change, all else is there afterwards, token by token and with its
 * comments: on texts that are right, and on texts that are broken anywhere. One parse of a text serves
 * all that is asked of it; what an edit leaves is compared token by token, without a parse.
 */
import fc from 'fast-check';
import { AstUtils, CstUtils, EmptyFileSystem, URI, type AstNode, type LangiumDocument } from 'langium';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, Range, TextEdit } from 'vscode-languageserver';
import { isCase, type SpecificationFile } from '#language/generated/ast';
import { editThreshold, thresholdsOf } from '#server/cases/thresholds';
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
const commentsOf = (pieces: readonly Piece[]): readonly string[] => pieces.filter(({ comment }) => comment).map((piece) => piece.text);

/** The text after edits. Fails unless its pieces are those of before outside of the edits and those of the new texts, in order; no comment goes. */
function afterEdits({ textDocument }: LangiumDocument, pieces: readonly Piece[], edits: readonly TextEdit[], what: string): string {
  const text = textDocument.getText();
  const wanted: string[] = [];
  let after = '';
  let end = 0;
  const placed = edits.map(({ range, newText }) => ({ from: textDocument.offsetAt(range.start), to: textDocument.offsetAt(range.end), newText })).toSorted((a, b) => a.from - b.from);
  for (const { from, to, newText } of placed) {
    after += text.slice(end, from) + newText;
    wanted.push(...pieces.filter(({ offset }) => offset >= end && offset < from).map((piece) => piece.text), ...wordsOf(newText));
    const lost = commentsOf(pieces.filter(({ offset }) => offset >= from && offset < to)).filter((comment) => !newText.includes(comment));
    expect(lost, what).toEqual([]);
    end = to;
  }
  after += text.slice(end);
  wanted.push(...pieces.filter(({ offset }) => offset >= end).map((piece) => piece.text));
  const now = wordsOf(after);
  if (now.length !== wanted.length || now.some((word, index) => word !== wanted[index])) expect(now, `${what}: ${text} → ${after}`).toEqual(wanted);
  return after;
}

const parsed = (text: string) => shared.workspace.LangiumDocumentFactory.fromString<SpecificationFile>(text, URI.parse('file:///work/a.xdesign'));

/** The right texts of all tests with comments strewn in. */
const commented = fc
  .tuple(fc.constantFrom(...fixturePaths('good').map((path) => disk.read(path)!)), fc.array(fc.tuple(fc.nat(), fc.constantFrom('/* a */', '// b\n', '/* c\n d */')), { minLength: 1, maxLength: 5 }))
  .map(([text, comments]) => comments.reduce((before, [place, comment]) => {
    const blank = before.indexOf(' ', place % before.length);
    return blank < 0 ? before : before.slice(0, blank) + ` ${comment} ` + before.slice(blank + 1);
  }, text));

/** How often each thing was offered, by the start of its title. */
const offered = new Map<string, number>();
const count = (title: string): void => {
  const kind = title.replace(/`.*/s, '').trim();
  offered.set(kind, (offered.get(kind) ?? 0) + 1);
};

beforeAll(() => shared.workspace.WorkspaceManager.initializeWorkspace([]));

/** All that an editor can ask of a text that changes it. */
async function keepsAll(text: string): Promise<void> {
  const { LangiumDocuments } = shared.workspace;
  const uri = URI.parse('file:///work/main.xdesign');
  const document = LangiumDocuments.createDocument(uri, text) as LangiumDocument<SpecificationFile>;
  try {
    await shared.workspace.DocumentBuilder.build([document], { validation: true });
    const pieces = piecesOf(text);
    await keepsAllFormatted(document, pieces);
    for (const action of actionsOf(document)) checkAction(document, pieces, action);
    moveThresholds(document, pieces);
  } finally {
    LangiumDocuments.deleteDocument(uri);
  }
}

async function keepsAllFormatted(document: LangiumDocument, pieces: readonly Piece[]): Promise<void> {
  const edits = await xdesign.lsp.Formatter!.formatDocument(document, { textDocument: { uri: document.uri.toString() }, options });
  if (edits!.length === 0) return;
  count('Format');
  expect(wordsOf(edited(document, edits!))).toEqual(pieces.map((piece) => piece.text));
}

/** Fixes of all diagnostics, and rewrites of each node: those of a node are the same at all of its words. */
function actionsOf(document: LangiumDocument<SpecificationFile>): readonly CodeAction[] {
  const textDocument = { uri: document.uri.toString() };
  const request = (range: Range, diagnostics: typeof document.diagnostics, only: string): readonly CodeAction[] =>
    xdesign.lsp.CodeActionProvider!.getCodeActions(document, { textDocument, range, context: { diagnostics: diagnostics ?? [], only: [only] } }) as CodeAction[];
  const words = new Map<AstNode, Range>();
  for (const { astNode, range, hidden } of CstUtils.flattenCst(document.parseResult.value.$cstNode!)) if (!hidden && !words.has(astNode)) words.set(astNode, range);
  const found = [...request({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, document.diagnostics, 'quickfix'), ...[...words.values()].flatMap((range) => request(range, [], 'refactor'))];
  return [...new Map(found.map((action) => [JSON.stringify([action.title, action.edit, action.diagnostics?.map(({ code, range }) => [code, range])]), action])).values()];
}

function checkAction(document: LangiumDocument, pieces: readonly Piece[], { title, edit, diagnostics }: CodeAction): void {
  count(title);
  expect(Object.keys(edit!.changes!), title).toEqual([document.uri.toString()]);
  const edits = edit!.changes![document.uri.toString()]!;
  const unread = diagnostics?.find(({ code }) => code === 'unexpected-character' || code === 'syntax');
  // What cannot be read may become a part of the word beside it, as `−` does.
  if (unread !== undefined) {
    expect(edits.every(({ range }) => isWithin(range, unread.range)), title).toBe(true);
    return;
  }
  const after = afterEdits(document, pieces, edits, title);
  if (title.startsWith('Sort')) expect(wordsOf(after).toSorted()).toEqual(pieces.map((piece) => piece.text).toSorted());
}

/** Each threshold of each case, moved: one number is another one, or entries are new. */
function moveThresholds(document: LangiumDocument<SpecificationFile>, pieces: readonly Piece[]): void {
  const before = pieces.map((piece) => piece.text);
  for (const { name } of AstUtils.streamContents(document.parseResult.value).filter(isCase)) {
    for (const from of thresholdsOf(document, name) ?? []) {
      const planned = editThreshold(document, name, from, 0.33);
      if (!planned.ok || planned.edits.length === 0) continue;
      count('Move');
      const after = wordsOf(afterEdits(document, pieces, planned.edits, `threshold ${from} of ${name}`));
      expect(missing(before, after).length, `threshold ${from} of ${name}`).toBeLessThanOrEqual(1);
    }
  }
}

/** Words of one list that the other has not, or not so often. */
function missing(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const word of after) left.set(word, (left.get(word) ?? 0) + 1);
  return before.filter((word) => {
    const times = left.get(word) ?? 0;
    left.set(word, times - 1);
    return times <= 0;
  });
}

test('6000 broken texts: formatter, code actions and thresholds keep every token that they do not mean to change', { timeout: 600_000 }, async () => {
  await fc.assert(fc.asyncProperty(brokenTexts, keepsAll), { numRuns: 6000, seed: 7 });
  // All that there is was offered, each several times.
  const kinds = ['Format', 'Write', 'Add', 'Use the range of', 'Import', 'Copy', 'Declare material', 'Sort and align the entries of', 'Move'];
  expect(kinds.filter((kind) => (offered.get(kind) ?? 0) < 3)).toEqual([]);
});

test('comments between any two words stay there', async () => {
  await fc.assert(fc.asyncProperty(commented, keepsAll), { numRuns: 300, seed: 11 });
});

describe('sorting', () => {
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

function isWithin(inner: Range, outer: Range): boolean {
  const before = (a: Range['start'], b: Range['start']): boolean => a.line < b.line || (a.line === b.line && a.character <= b.character);
  return before(outer.start, inner.start) && before(inner.end, outer.end);
}
