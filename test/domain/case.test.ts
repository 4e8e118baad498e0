import { expect, test } from 'vitest';
import { comparedArms, ownArm } from '#domain/arms';
import { overrideCase, picturesOf, resolveFiles, type DesignCase, type FileResolver } from '#domain/case';
import { anyFraction, type FileDatabase } from '#domain/image-files';
import type { Interval } from '#domain/intervals';
import { readText } from '#test/language/read-fixture';

const first: DesignCase<{ readonly file: string }> = readText(`
material Hard { young 100 GPa  poisson 0.3 } material Soft { young 1 GPa  poisson 0.2 }
database Images { size 1000  fraction 0.3 .. 0.5  cells 100% }
case First { white Hard  black Soft  from Images  maximize E along x  learn compact { weights "start.safetensors"  epochs 7 } }`).specification!.cases[0]!.case;
const second: typeof first = { ...first, name: 'Second', start: { kind: 'case', case: first } };

test('overrides change a case and those that it starts from, and nothing else', () => {
  const changed = overrideCase(second, { size: 60, seed: 3 });
  const expected = (each: typeof first): typeof first => ({ ...each, database: { ...each.database, size: 60, seed: 3 } });
  expect(changed).toEqual({ ...expected(second), start: { kind: 'case', case: expected(first) } });
  expect(overrideCase(second, {})).toEqual(second);
  const trained = overrideCase(first, { epochs: 2, backend: 'wasm' });
  expect(trained).toEqual({ ...first, learning: { ...first.learning, epochs: 2, backend: 'wasm' } });
  // What results are keyed by is the JSON: its entries keep their order.
  expect(Object.keys(changed.database)).toEqual(Object.keys(second.database));
});

/** A resolver of files of which each entry names one. */
const each = <To>(file: (named: { readonly file: string }) => To): FileResolver<{ readonly file: string }, To> => ({
  file,
  pictures: (entries) => entries.map(file),
  images: ({ read, labels, ...database }) => ({ ...database, images: database.images.map(file), ...(labels && { labels: { ...labels, table: file(labels.table) } }) }),
});

test('files with weights are resolved wherever they are named, and only what they resolve to is kept', () => {
  const resolved = resolveFiles(second, each(({ file }) => ({ file, sha256: `of ${file}` })));
  expect(resolved.start).toEqual({ kind: 'case', case: { ...first, start: { kind: 'file', file: 'start.safetensors', sha256: 'of start.safetensors' } } });
  const random: typeof first = { ...first, start: { kind: 'random' } };
  expect(resolveFiles(random, each(() => expect.unreachable()))).toEqual(random);
});

test('designs have the fractions of a database of files that says none, a few pixels around those of images that are all alike', () => {
  const windowOf = (fraction: Interval): Interval => {
    const database: FileDatabase<{ readonly file: string }> = { kind: 'files', resolution: 32, fraction, seed: 1, images: [{ file: 'a.png' }], stride: 32 };
    const open: typeof first = { ...first, start: { kind: 'random' }, database, construct: { ...first.construct, fraction: anyFraction } };
    return resolveFiles(open, each(({ file }) => ({ file }))).construct.fraction;
  };
  expect(windowOf({ lower: 0.2, upper: 0.6 })).toEqual({ lower: 0.2, upper: 0.6 });
  const { lower, upper } = windowOf({ lower: 0.5, upper: 0.5 });
  expect([lower, upper].map((share) => share * 32 ** 2)).toEqual([504, 520]);
  expect(resolveFiles({ ...first, start: { kind: 'random' } }, each(() => 'other')).construct).toEqual(first.construct);
});

test('so are pictures, of which a case without any has none', () => {
  const pictured: typeof first = { ...first, start: { kind: 'random' }, optimization: { ...first.optimization, from: ['pictures'], pictures: [{ file: 'a.png' }, { file: 'b.png' }] } };
  expect(resolveFiles(pictured, each(({ file }) => `of ${file}`)).optimization.pictures).toEqual(['of a.png', 'of b.png']);
  expect(Object.keys(resolveFiles(first, each(() => 'other')).optimization)).not.toContain('pictures');
});

test('an entry of the arm of pictures becomes as many files as there are, and the arm says which files its numbers count', () => {
  const pictured: typeof first = { ...first, start: { kind: 'random' }, optimization: { ...first.optimization, pictures: [{ file: 'start.png' }] }, pictures: [{ file: 'a*.png' }, { file: 'b.png' }] };
  const resolved = resolveFiles(pictured, { ...each(({ file }) => file), pictures: (entries) => entries.flatMap(({ file }) => (file.includes('*') ? ['a1.png', 'a2.png'] : [file])) });
  expect(picturesOf(resolved, comparedArms.pictures)).toEqual(['a1.png', 'a2.png', 'b.png']);
  expect(picturesOf(resolved, comparedArms.optimization)).toEqual(['start.png']);
  expect(picturesOf(first, comparedArms.pictures)).toEqual([]);
  expect(Object.keys(resolveFiles(first, each(() => 'other')))).not.toContain('pictures');
});

test('what a case can be compared with has another name than its own arm', () => {
  expect(Object.values(comparedArms).map(({ name }) => name)).not.toContain(ownArm('mirror').name);
});
