import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingCodes } from '#language/findings';
import { readSpecification } from '#language/read-specification';
import { asMarker, disk, fixturePaths, markersOf, readText } from './read-fixture';

/** Shortens the words of the findings that a marker tells, so that the rest can be compared as a whole. */
function compared(path: string): { readonly expected: readonly object[]; readonly actual: readonly object[] } {
  const expected = markersOf(readFileSync(path, 'utf8'));
  const found = readSpecification(path, disk).findings.filter(({ place }) => place.file === path).map(asMarker);
  const actual = found.map((marker) => {
    const told = expected.find((each) => each.line === marker.line && each.from === marker.from && each.code === marker.code && marker.words.includes(each.words));
    return told === undefined ? marker : { ...marker, words: told.words };
  });
  const inOrder = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return { expected: expected.toSorted(inOrder), actual: actual.toSorted(inOrder) };
}

describe('each marked place has its finding, and no other place has one', () => {
  test.each([...fixturePaths('bad'), ...fixturePaths('good')].map((path) => ({ name: basename(path), path })))('$name', ({ path }) => {
    const { expected, actual } = compared(path);
    expect(actual).toEqual(expected);
  });
});

test('every finding has a marked place', () => {
  const marked = new Set(fixturePaths('bad').flatMap((path) => markersOf(readFileSync(path, 'utf8')).map((marker) => marker.code)));
  expect(Object.keys(findingCodes).filter((code) => !marked.has(code))).toEqual(['file-not-found', 'import-outside-workspace']);
});

test('a specification comes without errors only; warnings do not hold it back', () => {
  for (const path of fixturePaths('bad')) {
    const { specification, findings } = readSpecification(path, disk);
    expect(specification === undefined, basename(path)).toBe(findings.some((finding) => finding.severity === 'error'));
  }
  const warned = readText(`material A { young 1 GPa poisson 0.3 } material B { young 2 GPa poisson 0.3 }
    database D { size 800 fraction 0.38 .. 0.41 fibers 100% } case C { white A black B from D maximize E along x }`);
  expect(warned.findings.map((finding) => [finding.severity, finding.code])).toEqual([['warning', 'white-is-softer']]);
  expect(warned.specification?.cases).toHaveLength(1);
});

test('an entry file that is not there is told, not thrown', () => {
  const { specification, findings } = readSpecification('/nowhere.xdesign', disk);
  expect(specification).toBeUndefined();
  expect(findings).toMatchObject([{ code: 'file-not-found', place: { file: '/nowhere.xdesign', start: { line: 0, character: 0 } } }]);
});

test('text that ends too early is told where it ends', () => {
  const { findings } = readText('material Boron { young 379 GPa  poisson 0.3\n\n  ');
  expect(findings).toMatchObject([{ code: 'syntax', place: { start: { line: 0, character: 43 }, end: { line: 0, character: 43 } } }]);
  expect(findings[0]!.message).toMatch(/the file ends/);
});

test('a comment that has no end is told at its start', () => {
  const { findings } = readText('material A { young 1 GPa  poisson 0.3 }\n/* never closed');
  expect(findings[0]).toMatchObject({ code: 'unexpected-character', place: { start: { line: 1, character: 0 } }, message: 'This comment has no end.' });
});

test('findings are sorted: the entry file first, then what it imports, each by place', () => {
  const path = fixturePaths('bad').find((each) => each.endsWith('imports.xdesign'))!;
  const { findings } = readSpecification(path, disk);
  expect(findings.map((finding) => `${basename(finding.place.file)}:${finding.place.start.line} ${finding.code}`)).toEqual([
    'imports.xdesign:0 import-not-found',
    'cycle-a.xdesign:0 import-cycle',
    'cycle-b.xdesign:0 import-cycle',
    'cycle-b.xdesign:2 import-cycle',
    'cycle-c.xdesign:0 import-cycle',
  ]);
});

test('characters count as editors count them: UTF-16 units, Windows line ends', () => {
  const { findings } = readText('// 𝛼 and ü\r\nmaterial Å { /* 𝛼 */ young 3 mm poisson 0.3 }\r\n');
  expect(findings).toMatchObject([{ code: 'wrong-dimension', place: { start: { line: 1, character: 30 }, end: { line: 1, character: 32 } } }]);
});
