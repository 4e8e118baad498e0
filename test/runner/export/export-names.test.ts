/* What the files of pictures are called for other programs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportFileName } from '#runner/export/export-images';
import { exportNames } from '#runner/export/export-names';

const stemsOf = (...pictures: string[]): string[] => exportNames(pictures).map(({ stem }) => stem);

test('a name that programs take is kept, and nothing is said of it', () => {
  expect(exportNames(['in/Probe_1.png', 'b.PNG'])).toEqual([{ path: 'in/Probe_1.png', stem: 'Probe_1' }, { path: 'b.PNG', stem: 'b' }]);
});

test('another name is changed, and which became what is told', () => {
  expect(stemsOf('1 Probe.png', '0001.png', 'a.b.png', 'Größe.png', 'NUL.png')).toEqual([
    expect.stringMatching(/^image-1-Probe-[0-9a-f]{6}$/), 'image-0001', expect.stringMatching(/^a-b-[0-9a-f]{6}$/), expect.stringMatching(/^Gro-e-[0-9a-f]{6}$/), expect.stringMatching(/^image-NUL-[0-9a-f]{6}$/),
  ]);
  const { stem, finding } = exportNames(['in/1 Probe.png'])[0]!;
  expect(finding).toMatchObject({ code: 'export-name-changed', severity: 'information' });
  expect(finding!.message).toContain(`The files of in/1 Probe.png are named ${stem}: other programs take`);
});

test('of several pictures with one name the first keeps it, and the others get the next free number', () => {
  expect(stemsOf('one/a.png', 'two/a.png', 'two/A.png', 'a-2.png')).toEqual(['a', 'a-3', 'A-4', 'a-2']);
  expect(exportNames(['one/a.png', 'two/a.png'])[1]!.finding!.message).toBe('The files of two/a.png are named a-2: one/a.png has its name already.');
});

test('no two pictures share a name on any disk, jobs are short enough, and the same pictures get the same names', () => {
  const picture = fc.oneof(fc.string({ unit: 'binary', maxLength: 90 }), fc.constantFrom('a', 'A', 'a-2', 'a b', 'x'.repeat(100), '1', 'image-1')).map((name) => `in/${name.replaceAll(/[/\\]/g, '')}.png`);
  fc.assert(
    fc.property(fc.array(picture, { maxLength: 12 }), (pictures) => {
      const stems = stemsOf(...pictures);
      expect(new Set(stems.map((stem) => stem.toLowerCase())).size).toBe(pictures.length);
      for (const stem of stems) expect(exportFileName(stem, 'compression', 'calculix')).toMatch(/^[A-Za-z][A-Za-z0-9_-]{0,79}\.inp$/);
      expect(stemsOf(...pictures)).toEqual(stems);
    }),
    { numRuns: 500 },
  );
});
