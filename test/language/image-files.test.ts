/* Databases of files: what a specification of them says, and which entries belong to which kind of database. */
import { expect, test } from 'vitest';
import type { FileDatabase } from '#domain/image-files';
import { readSpecification } from '#language/read-specification';
import type { FilePath } from '#language/specification/specification';
import { readText } from './read-fixture';

const materials = 'material A { young 379.3 GPa  poisson 0.3 }  material B { young 68.3 GPa  poisson 0.3 }';
const caseText = 'case C { white A  black B  from D  maximize E along x, y }';

function databaseOf(entries: string, more = ''): FileDatabase<FilePath> {
  const { specification, findings } = readText(`${materials}  database D { ${entries} }\n${caseText.replace('}', `${more} }`)}`);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { database } = specification!.cases[0]!.case;
  expect(database.kind).toBe('files');
  return database as FileDatabase<FilePath>;
}

test('a database of files has its settings, and defaults only where they are said', () => {
  const { images, ...settings } = databaseOf('images "a/*.png", "set.h5:/GRF/GRF"');
  expect(settings).toEqual({ kind: 'files', resolution: 128, fraction: { lower: 0, upper: 1 }, seed: 1, stride: 128 });
  expect(images.map(({ file }) => file)).toEqual(['a/*.png', 'set.h5:/GRF/GRF']);
  expect(databaseOf('images "a.png"  size 400  resolution 64  fraction 0.3 .. 0.5  seed 3  fit tile  stride 32  tiles 9  speckles 5  periodic no')).toMatchObject({
    size: 400, resolution: 64, fraction: { lower: 0.3, upper: 0.5 }, seed: 3, fit: 'tile', stride: 32, tiles: 9, speckles: 5, periodic: false,
  });
});

test.each<[string, FileDatabase['white']]>([
  ['white above 128', { kind: 'above', value: 128 }],
  ['white below 0.5', { kind: 'below', value: 0.5 }],
  ['white above otsu', { kind: 'above', value: 'otsu' }],
  ['white below otsu', { kind: 'below', value: 'otsu' }],
  ['white is 1', { kind: 'is', value: 1 }],
  ['white is darker', { kind: 'is', value: 'darker' }],
])('%s', (entry, white) => expect(databaseOf(`images "a.png"  ${entry}`).white).toEqual(white));

test('labels have columns with the factor into SI', () => {
  const { labels } = databaseOf('images "a.png"  labels "set.csv" { file "name"  test heating  E "Ex_GPa", "Ey_GPa" GPa  poisson "nxy", "nyx"  expansion "ax", "ay" ppm/K }');
  expect(labels).toMatchObject({ table: { file: 'set.csv' }, names: 'name', test: 'heating' });
  expect(labels!.columns).toEqual([
    { property: 'youngs-modulus', x: 'Ex_GPa', y: 'Ey_GPa', scale: 1e9 },
    { property: 'poisson-ratio', x: 'nxy', y: 'nyx', scale: 1 },
    { property: 'thermal-expansion', x: 'ax', y: 'ay', scale: 1e-6 },
  ]);
});

test('designs have any fraction until the images are read, unless the case or the database says one', () => {
  const windowOf = (entries: string, more: string): unknown => readText(`${materials}  database D { images "a.png" ${entries} }\n${caseText.replace('}', `${more} }`)}`).specification!.cases[0]!.case.construct.fraction;
  expect(windowOf('', '')).toEqual({ lower: 0, upper: 1 });
  expect(windowOf('fraction 0.3 .. 0.5', '')).toEqual({ lower: 0.3, upper: 0.5 });
  expect(windowOf('', 'subject to fraction in 0.35 .. 0.4')).toEqual({ lower: 0.35, upper: 0.4 });
});

test('paths are relative to the file that declares the database', () => {
  const files: Readonly<Record<string, string>> = {
    'main.xdesign': `import "sub/data.xdesign"\n${materials}\n${caseText}`,
    'sub/data.xdesign': 'database D { images "scans/*.png" }',
  };
  const { specification } = readSpecification('main.xdesign', { read: (path) => files[path], resolve: (_, target) => target });
  const { database } = specification!.cases[0]!.case;
  expect(database).toMatchObject({ images: [{ file: 'scans/*.png', place: { file: 'sub/data.xdesign' } }] });
});

test('a study varies the settings of pictures, and none of the other kind', () => {
  const study = (setting: string): readonly string[] => readText(`${materials}  database D { images "a.png"  white above otsu }\n${caseText}\nstudy S of C { ${setting} }`).findings.map(({ code }) => code);
  expect(study('speckles 2, 5, 9')).toEqual([]);
  expect(study('images "a.png", "b.png"')).toEqual([]);
  expect(study('fit crop, resample')).toEqual([]);
  expect(study('waves 100, 200')).toEqual(['setting-without-effect']);
  const random = readText(`${materials}  database D { size 800  fraction 0.38 .. 0.41  cells 100% }\n${caseText}\nstudy S of C { speckles 2, 5 }`);
  expect(random.findings.map(({ code }) => code)).toEqual(['setting-without-effect']);
});
