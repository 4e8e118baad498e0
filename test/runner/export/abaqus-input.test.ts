import { describe, expect, test } from 'vitest';
import type { PhasePair } from '#domain/materials';
import { abaqusInput } from '#test/support/whole-abaqus-input';
import { abaqusNumber } from '#runner/export/written-nodes';
import type { ExportedTest } from '#runner/export/load-cases';
import { image } from '#test/support/draw-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const picture = image(`
  ##..
  #...
  ....
  ...#`);
const n = 4;
const origin = { imageName: 'cell.png', caseName: 'Plate' };
const compression: ExportedTest = { kind: 'compression', plane: 'plane-stress', phases: boronInAluminum };
const periodic: ExportedTest = { ...compression, kind: 'periodic' };

/** One keyword with its parameters, its data lines split at commas, and how many steps began before. */
interface Card {
  readonly keyword: string;
  readonly data: readonly (readonly string[])[];
  readonly step: number;
}

function cardsOf(text: string): Card[] {
  let step = 0;
  return text.replace(/^\*\*.*\n/gm, '').split(/^(?=\*)/m).map((part) => {
    const [keyword, ...lines] = part.trimEnd().split('\n');
    if (keyword === '*STEP') step++;
    return { keyword: keyword!, data: lines.map((line) => line.split(',').map((field) => field.trim())), step };
  });
}

const write = (test: ExportedTest, dialect: 'abaqus' | 'calculix' = 'abaqus', of = picture): Card[] => cardsOf(abaqusInput(of, test, origin, dialect));
const numbers = (cards: readonly Card[], keyword: string): number[][] =>
  cards.filter((card) => card.keyword === keyword).flatMap(({ data }) => data.map((line) => line.map(Number)));
const words = (cards: readonly Card[], keyword: string): string[] =>
  cards.filter((card) => card.keyword === keyword).flatMap(({ data }) => data.map((line) => line.join(' ')));

/** Members of a set that is written as first, last, step. */
function setOf(cards: readonly Card[], name: string): number[] {
  const [first, last, step] = numbers(cards, `*NSET, NSET=${name}, GENERATE`)[0] as [number, number, number];
  return Array.from({ length: (last - first) / step + 1 }, (_, i) => first + i * step);
}

describe('the mesh', () => {
  const cards = write(compression);
  const nodes = new Map(numbers(cards, '*NODE, NSET=NODES').map(([node, x, y]) => [node!, [x!, y!] as const]));

  test('has every node once, on whole millimeters', () => {
    expect(nodes.size).toBe((n + 1) ** 2);
    const places = new Set([...nodes.values()].map(String));
    for (let x = 0; x <= n; x++) for (let y = 0; y <= n; y++) expect(places).toContain(`${x},${y}`);
  });

  test('has every pixel once, as a square with its corners counter-clockwise, in the set of its phase; row 0 at the top', () => {
    const elements = ['BLACK', 'WHITE'].flatMap((set, phase) => numbers(cards, `*ELEMENT, TYPE=CPS4, ELSET=${set}`).map((element) => ({ element, phase })));
    expect(elements.map(({ element }) => element[0]!).toSorted((a, b) => a - b)).toEqual(Array.from({ length: n * n }, (_, p) => p + 1));
    for (const { element: [number, ...corners], phase } of elements) {
      const [row, column] = [Math.floor((number! - 1) / n), (number! - 1) % n];
      expect(picture.data[number! - 1]).toBe(phase);
      const [x, y] = [column, n - 1 - row];
      expect(corners.map((corner) => nodes.get(corner))).toEqual([[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]]);
    }
    expect(words(cards, '*ELSET, ELSET=PIXELS, GENERATE')).toEqual([`1 ${n * n} 1`]);
  });

  test.each([['LEFT', 0, 0], ['RIGHT', 0, n], ['BOTTOM', 1, 0], ['TOP', 1, n]] as const)('the side %s is a whole edge, corners included', (name, axis, place) => {
    const expected = [...nodes].filter(([, at]) => at[axis] === place).map(([node]) => node);
    expect(expected).toHaveLength(n + 1);
    expect(setOf(cards, name)).toEqual(expected);
  });

  test('is of plane strain elements in plane strain', () => {
    const others = write({ ...compression, plane: 'plane-strain' });
    expect(numbers(others, '*ELEMENT, TYPE=CPE4, ELSET=WHITE')).toHaveLength(4);
    expect(others.some(({ keyword }) => keyword.includes('CPS4'))).toBe(false);
  });
});

describe('materials', () => {
  test('are in MPa and per kelvin, one section a phase', () => {
    const cards = write(compression);
    expect(cards.filter(({ keyword }) => keyword.startsWith('*MATERIAL')).map(({ keyword }) => keyword)).toEqual(['*MATERIAL, NAME=WHITE', '*MATERIAL, NAME=BLACK']);
    expect(words(cards, '*ELASTIC')).toEqual(['379300. 0.3', '68300. 0.3']);
    expect(words(cards, '*EXPANSION, ZERO=0.')).toEqual(['0.0000083', '0.0000236']);
    expect(words(cards, '*SOLID SECTION, ELSET=WHITE, MATERIAL=WHITE')).toEqual(['1.']);
    expect(words(cards, '*SOLID SECTION, ELSET=BLACK, MATERIAL=BLACK')).toEqual(['1.']);
  });

  test('without expansion have none', () => {
    const bare = (name: string) => ({ name, youngsModulus: 1e9, poissonRatio: 0.2 });
    const phases: PhasePair = { white: bare('a'), black: bare('b') };
    expect(abaqusInput(picture, { ...compression, phases }, origin, 'abaqus')).not.toContain('*EXPANSION');
    expect(write({ ...periodic, phases }).filter(({ keyword }) => keyword === '*STEP')).toHaveLength(3);
  });

  test('of an image of one phase are one, with no empty set', () => {
    const text = abaqusInput({ ...picture, data: new Uint8Array(16) }, compression, origin, 'abaqus');
    expect(text).not.toContain('WHITE');
    expect(numbers(cardsOf(text), '*ELEMENT, TYPE=CPS4, ELSET=BLACK')).toHaveLength(16);
  });

  test('of plane stress do not, for CalculiX, change their thickness', () => {
    const cards = write(compression, 'calculix');
    expect(numbers(cards, '*ELEMENT, TYPE=CPS4, ELSET=WHITE')).toHaveLength(4);
    const shear = abaqusNumber(379300 / 2.6);
    expect(words(cards, '*ELASTIC, TYPE=ENGINEERING CONSTANTS').slice(0, 2)).toEqual([`379300. 379300. 379300. 0.3 0. 0. ${shear} ${shear} `, shear]);
    expect(words(cards, '*EXPANSION, TYPE=ORTHO, ZERO=0.')[0]).toBe('0.0000083 0.0000083 0.');
    const bare = { white: { name: 'a', youngsModulus: 1e9, poissonRatio: 0.2 }, black: { name: 'b', youngsModulus: 1e9, poissonRatio: -0.9 } };
    expect(abaqusInput(picture, { ...compression, phases: bare }, origin, 'calculix')).not.toContain('*EXPANSION');
    const strain: ExportedTest = { ...compression, plane: 'plane-strain' };
    expect(words(write(strain, 'calculix'), '*ELASTIC')).toEqual(words(write(strain), '*ELASTIC'));
  });
});

describe('steps', () => {
  const conditions = (cards: readonly Card[]) =>
    cards.filter(({ keyword }) => keyword === '*BOUNDARY, OP=NEW').map(({ data }) => data.map((line) => line.join(' ')));
  const rollers = ['LEFT 1 1 0.', 'BOTTOM 2 2 0.'];

  test('of compression move one edge by a thousandth of the edge each', () => {
    expect(conditions(write(compression))).toEqual([[...rollers, 'RIGHT 1 1 -0.004'], [...rollers, 'TOP 2 2 -0.004']]);
    expect(conditions(write({ ...compression, direction: 'y' }))).toEqual([[...rollers, 'TOP 2 2 -0.004']]);
  });

  test('of heating are those of compression, then 1 K between the rollers alone', () => {
    const cards = write({ ...compression, kind: 'heating' });
    expect(conditions(cards)).toEqual([[...rollers, 'RIGHT 1 1 -0.004'], [...rollers, 'TOP 2 2 -0.004'], rollers]);
    expect(words(cards, '*TEMPERATURE, OP=NEW')).toEqual(['NODES 0.', 'NODES 0.', 'NODES 1.']);
    expect(words(cards, '*INITIAL CONDITIONS, TYPE=TEMPERATURE')).toEqual(['NODES 0.']);
  });

  test('of periodic are the unit strains, and the held cell heated when both phases have an expansion', () => {
    const held = ['ORIGIN 1 1 0.', 'ORIGIN 2 2 0.'];
    const cards = write(periodic);
    expect(conditions(cards)).toEqual([
      [...held, 'NORMAL 1 1 0.001', 'NORMAL 2 2 0.', 'SHEAR 1 1 0.'],
      [...held, 'NORMAL 1 1 0.', 'NORMAL 2 2 0.001', 'SHEAR 1 1 0.'],
      [...held, 'NORMAL 1 1 0.', 'NORMAL 2 2 0.', 'SHEAR 1 1 0.001'],
      [...held, 'NORMAL 1 1 0.', 'NORMAL 2 2 0.', 'SHEAR 1 1 0.'],
    ]);
    expect(words(cards, '*TEMPERATURE, OP=NEW')).toEqual(['NODES 0.', 'NODES 0.', 'NODES 0.', 'NODES 1.']);
  });

  test('print what the properties need, to the end', () => {
    const cards = write({ ...compression, kind: 'heating' });
    const prints = (step: number): string[] => cards.filter((card) => card.step === step && card.keyword.includes('PRINT')).map(({ keyword, data }) => `${keyword} ${data.join(' ')}`);
    const energies = '*EL PRINT, ELSET=PIXELS, TOTALS=YES ELSE';
    expect(prints(1)).toEqual(['*NODE PRINT, NSET=RIGHT, TOTALS=YES RF', '*NODE PRINT, NSET=TOP U', energies]);
    expect(prints(2)).toEqual(['*NODE PRINT, NSET=TOP, TOTALS=YES RF', '*NODE PRINT, NSET=RIGHT U', energies]);
    expect(prints(3)).toEqual(['*NODE PRINT, NSET=RIGHT U', '*NODE PRINT, NSET=TOP U', energies]);
    expect(cards.at(-1)!.keyword).toBe('*END STEP');
    expect(cards.filter(({ keyword }) => keyword === '*STEP')).toHaveLength(cards.filter(({ keyword }) => keyword === '*END STEP').length);
  });
});

describe('periodic equations', () => {
  const cards = write(periodic);
  const [normal, shear] = numbers(cards, '*NODE, NSET=REFERENCE').map(([node]) => node!) as [number, number];
  const equations = cards.filter(({ keyword }) => keyword === '*EQUATION').map(({ data }) => {
    const terms = data.slice(1).flat().map(Number);
    expect(terms).toHaveLength(3 * Number(data[0]![0]));
    return Array.from({ length: terms.length / 3 }, (_, i) => terms.slice(3 * i, 3 * i + 3) as [number, number, number]);
  });

  test('tie every node of the right and the top edge once, corners too, and no other', () => {
    const followers = equations.map(([first]) => first!.slice(0, 2).join('.'));
    const nodes = new Set([...setOf(cards, 'RIGHT'), ...setOf(cards, 'TOP')]);
    expect(nodes.size).toBe(2 * n + 1);
    expect(followers.toSorted()).toEqual([...nodes].flatMap((node) => [`${node}.1`, `${node}.2`]).toSorted());
    // A node that follows may not lead: programs eliminate it.
    for (const [, leader] of equations) expect(nodes.has(leader![0])).toBe(false);
  });

  test('hold for every uniform strain', () => {
    const strain = { xx: 0.3, yy: -0.2, xy: 0.7 };
    const displacement = (node: number, degree: number): number => {
      if (node === normal) return degree === 1 ? strain.xx : strain.yy;
      if (node === shear) return strain.xy;
      const [x, y] = [(node - 1) % (n + 1), Math.floor((node - 1) / (n + 1))];
      return degree === 1 ? strain.xx * x + (strain.xy / 2) * y : (strain.xy / 2) * x + strain.yy * y;
    };
    for (const terms of equations) expect(terms.reduce((sum, [node, degree, factor]) => sum + factor * displacement(node, degree), 0)).toBeCloseTo(0, 12);
  });

  test('are not there in other tests', () => {
    const text = abaqusInput(picture, compression, origin, 'abaqus');
    expect(text).not.toMatch(/EQUATION|REFERENCE/);
  });

  test('of CalculiX print the forces of the edges, as it has none at nodes without elements', () => {
    expect(cards.filter(({ keyword }) => keyword.includes('NSET=REFERENCE, TOTALS=YES'))).toHaveLength(4);
    const others = write(periodic, 'calculix').map(({ keyword }) => keyword).filter((keyword) => keyword.startsWith('*NODE PRINT'));
    expect(others).toEqual(Array.from({ length: 4 }, () => ['*NODE PRINT, NSET=RIGHT, TOTALS=ONLY', '*NODE PRINT, NSET=TOP, TOTALS=ONLY']).flat());
  });
});

test('the header says where the file comes from and its units, in ASCII and short lines', () => {
  const strange = { imageName: `Zelle-№1${'0'.repeat(200)}.png`, caseName: 'Plättchen' };
  const text = abaqusInput(picture, periodic, strange, 'calculix');
  expect(text).toMatch(/^\*HEADING\nVirtual test periodic of Zelle-\?10+\n\*\* Written by xdesign export for CalculiX\.\n/);
  expect(abaqusInput(picture, periodic, { ...strange, imageName: 'a.png' }, 'abaqus')).toContain('** Picture a.png, case Pl?ttchen; white is boron, black is aluminum.');
  expect(text).toContain('** Units: mm, N, MPa, K.');
  expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(133);
});

test.each([
  [68300, '68300.'], [-0.004, '-0.004'], [0, '0.'], [1e-15, '1e-15'], [2.36e-5, '0.0000236'], [1 / 3, '0.333333333333'], [-1.23456789012345e-7, '-1.23456789012e-7'],
])('%s is written as %s', (value, text) => {
  expect(abaqusNumber(value)).toBe(text);
  expect(text.length).toBeLessThan(21);
});
