/* Texts as they are while somebody types, and worse: declarations of the fixtures, mutated. */
import fc from 'fast-check';
import { disk, fixturePaths, root } from './read-fixture';

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

/** One or two declarations that are right or nearly so, changed in one to four places. */
export const brokenTexts = fc
  .tuple(fc.array(fc.constantFrom(...declarations), { minLength: 1, maxLength: 2 }), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([parts, edits]) =>
    edits.reduce((before, { from, length, insert, double }) => {
      const start = from % (before.length + 1);
      const cut = before.slice(start, start + length);
      return `${before.slice(0, start)}${double ? cut : ''}${insert}${double ? cut : ''}${before.slice(start + length)}`;
    }, parts.join('\n')),
  );
