/* Names for files and folders that every system and program takes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeName } from '#runner/safe-name';

const name = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Za-z0-9 ._-]{0,90}$/), fc.constantFrom('CON', 'nul', 'Com1', 'LPT9', 'aux.', '..', '.', ''));

test.each([
  ['Probe', 'Probe'],
  ['my-part_2', 'my-part_2'],
  ['Größe', /^Gro-e-[0-9a-f]{6}$/],
  ['a b', /^a-b-[0-9a-f]{6}$/],
  ['αβ', /^case-[0-9a-f]{6}$/],
  ['CON', /^case-CON-[0-9a-f]{6}$/],
  ['com1', /^case-com1-[0-9a-f]{6}$/],
  ['Console', 'Console'],
  ['1a', /^case-1a-[0-9a-f]{6}$/],
  ['part.', /^part-[0-9a-f]{6}$/],
  ['../../etc/passwd', /^etc-passwd-[0-9a-f]{6}$/],
  ['x'.repeat(40), 'x'.repeat(40)],
  ['x'.repeat(41), /^x{33}-[0-9a-f]{6}$/],
])('%s', (given, wanted) => {
  const safe = safeName(given, 'case', 40);
  if (typeof wanted === 'string') expect(safe).toBe(wanted);
  else expect(safe).toMatch(wanted);
});

test('every name becomes one that programs take, and a name that is one already stays', () => {
  fc.assert(
    fc.property(name, (given) => {
      const safe = safeName(given, 'image', 40);
      expect(safe).toMatch(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/);
      expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/i);
      expect(safeName(safe, 'image', 40)).toBe(safe);
    }),
    { numRuns: 1000 },
  );
});

test('two names stay two, also where they lose what tells them apart; one name spelled in two ways is one', () => {
  fc.assert(
    fc.property(name, name, (a, b) => {
      if (a.normalize('NFC') !== b.normalize('NFC')) expect(safeName(a, 'case', 40)).not.toBe(safeName(b, 'case', 40));
    }),
    { numRuns: 1000 },
  );
  const lost = ['Größe', 'Grüße', 'Gro e', 'Gro-e', 'x'.repeat(50), 'x'.repeat(51), 'α', 'β', '', 'CON', 'case-CON'];
  expect(new Set(lost.map((each) => safeName(each, 'case', 40))).size).toBe(lost.length);
  expect(safeName('Gr\u00f6n', 'case', 40)).toBe(safeName('Gro\u0308n', 'case', 40));
});
