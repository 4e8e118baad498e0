/* The structure of a VTK image file, read strictly, and the fields in it. */
import { describe, expect, test } from 'vitest';
import { pixelFields } from '#engine/fem/virtual-tests/pixel-fields';
import { createFieldSolver } from '#engine/fem/virtual-tests/solve-fields';
import { fieldsImage, vtkImage } from '#runner/export/vtk-image';
import type { ExportedTest } from '#runner/export/load-cases';
import { image } from '#test/support/draw-image';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const picture = image(`
  ##..
  #...
  ....
  ...#`);
const n = 4;

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** A parser of the XML that such files may hold; anything else throws. */
function parse(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let rest = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '').replace(/<!-- ((?!--)[^])*? -->/, '');
  expect(rest.length).toBeLessThan(text.length);
  while (rest !== '') {
    const token = /^(?:<(\/?)(\w+)((?: \w+="[^"<&]*")*)(\/?)>|[^<>&]+)/.exec(rest);
    if (!token) throw new Error(`not well-formed: ${rest.slice(0, 40)}`);
    const [whole, closing, name, attributes] = token;
    rest = rest.slice(whole.length);
    if (name === undefined) open.at(-1)!.text += whole.trim();
    else if (closing) expect(open.pop()!.name).toBe(name);
    else {
      const pairs = [...attributes!.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!] as const);
      expect(new Set(pairs.map(([key]) => key)).size).toBe(pairs.length);
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      open.at(-1)!.children.push(element);
      open.push(element);
    }
  }
  expect(open).toEqual([root]);
  expect(root.children).toHaveLength(1);
  return root.children[0]!;
}

/** Arrays of a section by their names. */
function arraysOf(file: Element, section: 'PointData' | 'CellData'): Map<string, { readonly width: number; readonly type: string; readonly values: number[] }> {
  const piece = file.children[0]!.children[0]!;
  const arrays = piece.children.find(({ name }) => name === section)!.children;
  return new Map(arrays.map(({ name, attributes, text, children }) => {
    expect({ name, children, format: attributes['format'] }).toEqual({ name: 'DataArray', children: [], format: 'binary' });
    const bytes = Buffer.from(text, 'base64');
    expect(bytes.toString('base64')).toBe(text);
    expect(Number(bytes.readBigUInt64LE(0))).toBe(bytes.length - 8);
    const type = attributes['type']!;
    const values = type === 'UInt8' ? [...bytes.subarray(8)] : Array.from({ length: (bytes.length - 8) / 8 }, (_, i) => bytes.readDoubleLE(8 + 8 * i));
    return [attributes['Name']!, { width: Number(attributes['NumberOfComponents']), type, values }];
  }));
}

const heating: ExportedTest = { kind: 'heating', plane: 'plane-stress', phases: boronInAluminum };
const solver = createFieldSolver(n, boronInAluminum, { kind: 'heating', plane: 'plane-stress' });
const file = parse(fieldsImage(picture, heating, solver.solve(picture).loadCases, 'Virtual test heating of a--b.png.'));
const cells = arraysOf(file, 'CellData');
const points = arraysOf(file, 'PointData');

test('the file is one piece of an image of n × n cells on a square of edge 1', () => {
  expect(file).toMatchObject({ name: 'VTKFile', attributes: { type: 'ImageData', version: '1.0', byte_order: 'LittleEndian', header_type: 'UInt64' } });
  const grid = file.children[0]!;
  expect(grid).toMatchObject({ name: 'ImageData', attributes: { WholeExtent: '0 4 0 4 0 0', Origin: '0 0 0', Spacing: '0.25 0.25 0.25' } });
  expect(grid.children.map(({ name, attributes }) => [name, attributes['Extent']])).toEqual([['Piece', '0 4 0 4 0 0']]);
});

test('has phase, and for each load case displacement, strain, stress and energy density', () => {
  const names = ['compression_x', 'compression_y', 'heating'];
  expect([...points.keys()]).toEqual(names.map((name) => `${name}_displacement`));
  expect([...cells.keys()]).toEqual(['phase', ...names.flatMap((name) => [`${name}_strain`, `${name}_stress`, `${name}_energy_density`])]);
  for (const { width, values } of points.values()) expect([width, values.length]).toEqual([3, 3 * (n + 1) ** 2]);
  for (const [name, { width, type, values }] of cells) {
    expect(width, name).toBe(/strain|stress/.test(name) ? 3 : 1);
    expect(values, name).toHaveLength(width * n * n);
    expect(type).toBe(name === 'phase' ? 'UInt8' : 'Float64');
  }
});

describe('cells and points run from the bottom left', () => {
  const fields = solver.solve(picture).loadCases;
  const fromTop = (row: number, column: number): number => (n - 1 - row) * n + column;

  test('phase', () => {
    expect(cells.get('phase')!.values).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0]);
  });

  test('fields of every load case are those of the engine', () => {
    for (const loadCase of fields) {
      const name = loadCase.name.replace(' ', '_');
      const { strain, stress } = pixelFields(picture, loadCase, boronInAluminum, 'plane-stress');
      for (let row = 0; row < n; row++) {
        for (let column = 0; column < n; column++) {
          const [cell, p] = [row * n + column, fromTop(row, column)];
          expect(cells.get(`${name}_energy_density`)!.values[cell]).toBe(loadCase.energyDensity[p]);
          expect(cells.get(`${name}_strain`)!.values.slice(3 * cell, 3 * cell + 3)).toEqual([...strain.subarray(3 * p, 3 * p + 3)]);
          expect(cells.get(`${name}_stress`)!.values.slice(3 * cell, 3 * cell + 3)).toEqual([...stress.subarray(3 * p, 3 * p + 3)]);
        }
      }
      const nodes = Array.from({ length: (n + 1) ** 2 }, (_, node) => [loadCase.displacement[2 * node], loadCase.displacement[2 * node + 1], 0]).flat();
      expect(points.get(`${name}_displacement`)!.values).toEqual(nodes);
    }
  });
});

test('one direction alone has no fields of the other', () => {
  const only = parse(fieldsImage(picture, { ...heating, direction: 'y' }, solver.solve(picture).loadCases, ''));
  expect([...arraysOf(only, 'PointData').keys()]).toEqual(['compression_y_displacement', 'heating_displacement']);
});

test('an array of a wrong length or with a name that XML would not bear is a bug', () => {
  expect(() => vtkImage(2, '', [], [{ name: 'phase', values: new Uint8Array(5) }])).toThrow('array phase has 5 values instead of 1 × 4');
  expect(() => vtkImage(2, '', [], [{ name: 'a"b', values: new Uint8Array(4) }])).toThrow('array name a"b');
});
