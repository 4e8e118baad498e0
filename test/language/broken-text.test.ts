import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingCodes } from '#language/finding-codes';
import { disk, fixturePaths, readText, root } from './read-fixture';

/** Single declarations, so that thousands of broken ones take seconds. */
const declarations = [...fixturePaths('good'), ...fixturePaths('bad'), `${root}/examples/quickstart.xdesign`]
  .flatMap((path) => disk.read(path)!.split(/^(?=(?:material|database|case|import)\b)/m))
  .map((text) => text.trim())
  .filter((text) => text !== '' && text.length < 500);
const words = [...new Set(declarations.flatMap((text) => text.match(/[\w-]+|\S/g) ?? []))];

/** Texts that break readers: huge numbers, deep nesting, ends without beginnings, all of Unicode. */
const garbage = fc.oneof(
  fc.constantFrom('{', '}', '/*', '*/', '//', '"', "'", '..', ',', '(', ')', '<', '%', '1/K', '\u0000', '\uFEFF', '\u2028', '\r', '\t', '1e999', '-0', '1e-999', '0.1e5GPa'),
  fc.array(fc.constantFrom(...words), { maxLength: 5 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ maxLength: 8 }),
  fc.nat({ max: 60 }).map((depth) => '{'.repeat(depth)),
  fc.nat({ max: 60 }).map((depth) => 'learn compact { '.repeat(depth)),
  fc.nat({ max: 400 }).map((digits) => `9${'0'.repeat(digits)}`),
  fc.nat({ max: 400 }).map((digits) => `.${'7'.repeat(digits + 1)}e${digits}`),
);

/** One change: a stretch cut out or doubled, garbage in its place. */
const edit = fc.record({ from: fc.nat(), length: fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 300 })), insert: fc.oneof(fc.constant(''), garbage), double: fc.boolean() });

const broken = fc
  .tuple(fc.array(fc.constantFrom(...declarations), { minLength: 1, maxLength: 2 }), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([parts, edits]) =>
    edits.reduce((before, { from, length, insert, double }) => {
      const start = from % (before.length + 1);
      const cut = before.slice(start, start + length);
      return `${before.slice(0, start)}${double ? cut : ''}${insert}${double ? cut : ''}${before.slice(start + length)}`;
    }, parts.join('\n')),
  );

test('20 000 broken texts are read without an exception; findings lie inside the text and have known codes', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(broken, (text) => {
      const { specification, findings } = readText(text);
      expect(specification === undefined).toBe(findings.some((finding) => finding.severity === 'error'));
      if (findings.length === 0) return;
      const lines = text.split(/\r\n|\r|\n/);
      const isInside = ({ line, character }: { line: number; character: number }): boolean => line < lines.length && character <= lines[line]!.length;
      // One assertion a text: thousands of findings are looked at.
      const wrong = findings.filter(
        ({ code, severity, message, wayOut, start, end }) =>
          (findingCodes as Readonly<Record<string, string>>)[code] !== severity ||
          !/^[A-Z`"].*\.$/s.test(message) ||
          (wayOut !== undefined && !/^[A-Z`].*[.?]$/s.test(wayOut)) ||
          !isInside(start) ||
          !isInside(end) ||
          start.line > end.line ||
          (start.line === end.line && start.character > end.character),
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 20_000, seed: 7 },
  );
});

test('deep nesting and endless words are read too', () => {
  for (const text of ['{'.repeat(5000), 'case C { learn compact { '.repeat(500), `material A { young ${'9'.repeat(50_000)} GPa }`, `/*${'*'.repeat(20_000)}`, 'case '.repeat(200), '(('.repeat(2000)]) {
    expect(readText(text).findings.length).toBeGreaterThan(0);
  }
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
