import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingCodes } from '#language/finding-codes';
import { disk, fixturePaths, readText, root } from './read-fixture';

const texts = [...fixturePaths('good'), `${root}/examples/quickstart.xdesign`].map((path) => disk.read(path)!);
const words = texts.flatMap((text) => text.match(/[\w-]+|\S/g) ?? []);

/** One change of a text: a stretch cut out, doubled, or replaced by words of the language or by any text. */
const edit = fc.record({
  from: fc.nat(),
  length: fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 400 })),
  insert: fc.oneof(
    fc.constant(''),
    fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((parts) => parts.join(' ')),
    fc.string({ maxLength: 6 }),
    fc.constantFrom('{', '}', '/*', '"', '..', '1e999', '-0', '%', '1/K', ' white '),
  ),
  double: fc.boolean(),
});

function apply(text: string, edits: readonly { from: number; length: number; insert: string; double: boolean }[]): string {
  return edits.reduce((before, { from, length, insert, double }) => {
    const start = from % (before.length + 1);
    const cut = before.slice(start, start + length);
    return `${before.slice(0, start)}${double ? cut : ''}${insert}${double ? cut : ''}${before.slice(start + length)}`;
  }, text);
}

test('no text makes the language throw; findings lie inside the text and have known codes', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 5 }), (text, edits) => {
      const broken = apply(text, edits);
      const { specification, findings } = readText(broken);
      expect(specification === undefined).toBe(findings.some((finding) => finding.severity === 'error'));
      const lines = broken.split(/\r\n|\r|\n/);
      for (const { code, severity, message, wayOut, start, end } of findings) {
        expect(findingCodes).toHaveProperty(code, severity);
        expect(message).toMatch(/^[A-Z`"].*\.$/s);
        if (wayOut !== undefined) expect(wayOut).toMatch(/^[A-Z`].*[.?]$/s);
        for (const { line, character } of [start, end]) {
          expect(line).toBeLessThan(lines.length);
          expect(character).toBeLessThanOrEqual(lines[line]!.length);
        }
        expect(start.line < end.line || (start.line === end.line && start.character <= end.character)).toBe(true);
      }
    }),
    { numRuns: 400, seed: 7 },
  );
});

test('texts that are no specification at all have findings', () => {
  for (const text of ['{', '}', '"', '/*', 'case', 'material {', 'case { white', '\u0000', '\uFFFD', 'database D { particles', '👋']) {
    expect(readText(text).findings.map((finding) => finding.severity), text).toContain('error');
  }
});

test('an empty file, or comments alone, is a specification without cases', () => {
  for (const text of ['', '\n', '// nothing\n', '\uFEFF/* nothing */']) {
    const { specification, findings } = readText(text);
    expect(findings).toEqual([]);
    expect(specification!.cases).toEqual([]);
  }
});
