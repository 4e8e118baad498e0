import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { library } from '#language/imports/library';
import { readSpecification } from '#language/read-specification';
import { root } from './read-fixture';

const text = library['xdesign:materials']!;
const names = [...text.matchAll(/^material (\S+)/gm)].map((match) => match[1]!);

function read(main: string) {
  return readSpecification('main.xdesign', {
    read: (file) => (file === 'main.xdesign' ? main : undefined),
    resolve: (_, target) => {
      throw new Error(`${target} is looked for on the disk`);
    },
  });
}

const database = 'database D { size 800  fraction 0.38 .. 0.41  cells 100% }';

describe('the library of materials', () => {
  test('has those that people ask for', () => {
    expect(names).toEqual(['Boron', 'Aluminum', 'Foam', 'Steel', 'Titanium', 'Epoxy', 'PLA', 'Alumina', 'SiliconCarbide', 'Rubber']);
  });

  test('has the values of table 3 of the paper', () => {
    const { specification, findings } = read(`import "xdesign:materials" ${database} case C { white Aluminum  black Foam  from D  minimize expansion along x, y } case B { white Boron  black Aluminum  from D  maximize E along x, y }`);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [third, first] = specification!.cases.map((each) => each.case.phases);
    expect(third).toMatchObject({
      white: { youngsModulus: 68_300e6, poissonRatio: 0.33, thermalExpansion: 23.6e-6 },
      black: { youngsModulus: 0.1e6, poissonRatio: 0.25, thermalExpansion: 1e-15 },
    });
    expect(first).toMatchObject({ white: { youngsModulus: 379_300e6, poissonRatio: 0.3 }, black: { youngsModulus: 68_300e6 } });
  });

  test('gives them to a file that imports it, without a disk', () => {
    const { specification, findings } = read(`import "xdesign:materials" ${database} case C { white Steel  black Epoxy  from D  maximize E along x, y }`);
    expect(findings).toEqual([]);
    expect(specification!.cases[0]!.case.phases).toMatchObject({
      white: { name: 'Steel', youngsModulus: 210e9, poissonRatio: 0.3, thermalExpansion: 12e-6 },
      black: { name: 'Epoxy', youngsModulus: 4.35e9 },
    });
  });

  test('is read whole without a finding, and gives none to a file that does not import it', () => {
    expect(readSpecification('m.xdesign', { read: () => text, resolve: (_, target) => target }).findings).toEqual([]);
    expect(read(`${database} case C { white Steel  black Epoxy  from D  maximize E along x, y }`).findings.map(({ code }) => code)).toEqual(['unknown-material', 'unknown-material']);
  });

  test('has the source of every material above it', () => {
    for (const block of text.trim().split('\n\n').slice(1)) expect(block).toMatch(/^(\/\/.*\n)+material .*}$/);
  });

  test('is told in docs/language.md with its values', () => {
    const language = readFileSync(join(root, 'docs/language.md'), 'utf8');
    for (const [, name, young, poisson, expansion] of text.matchAll(/^material (\S+) \{ young (\S+ \S+)  poisson (\S+)(?:  expansion (\S+ \S+))? \}$/gm)) {
      expect(language).toContain(`| \`${name}\` | \`${young}\` | \`${poisson}\` | ${expansion === undefined ? 'none' : `\`${expansion}\``} |`);
    }
  });

  test('has nothing beyond its files, and says what it has', () => {
    const [finding] = read('import "xdesign:fluids"').findings;
    expect(finding).toMatchObject({ code: 'import-not-found', message: 'The library has no file "xdesign:fluids".', remedy: 'It has "xdesign:materials".' });
  });
});
