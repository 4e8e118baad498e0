import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingCodes } from '#language/findings';
import { brokenTexts } from './broken-texts';
import { readText } from './read-fixture';

test('6000 broken texts are read without an exception; findings lie inside the text and have known codes', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(brokenTexts, (text) => {
      const { specification, findings } = readText(text);
      expect(specification === undefined).toBe(findings.some((finding) => finding.severity === 'error'));
      if (findings.length === 0) return;
      const lines = text.split(/\r\n|\r|\n/);
      const isInside = ({ line, character }: { line: number; character: number }): boolean => line < lines.length && character <= lines[line]!.length;
      // One assertion a text: thousands of findings are looked at.
      const wrong = findings.filter(
        ({ code, severity, message, remedy, place: { start, end } }) =>
          (findingCodes as Readonly<Record<string, string>>)[code] !== severity ||
          !/^[A-Z`"].*\.$/s.test(message) ||
          (remedy !== undefined && !/^[A-Z`].*[.?]$/s.test(remedy)) ||
          !isInside(start) ||
          !isInside(end) ||
          start.line > end.line ||
          (start.line === end.line && start.character > end.character),
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 6000, seed: 7 },
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
