/* Pores are left out of what other programs get: CalculiX found in the files what we find in the images. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { PhasePair } from '#domain/materials';
import { readSpecificationFile } from '#cli/read-cases';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import type { Image2D } from '#engine/grid/image-2d';
import { createExportWriter } from '#runner/export/export-images';
import type { ExportedTest } from '#runner/export/load-cases';
import { image as drawn } from '#test/support/draw-image';

interface Run {
  readonly case: 'Stress' | 'Strain';
  readonly test: 'heating' | 'periodic';
  readonly image: string;
  /** Twice the strain energy per unit strain and area, Pa, of each load case of the file but heating. */
  readonly energies: Readonly<Record<string, number>>;
  readonly nuxy?: number;
  readonly nuyx?: number;
  readonly alphax?: number;
  readonly alphay?: number;
  readonly sha256: string;
}

const folder = new URL('../../golden/calculix/', import.meta.url);
const golden = JSON.parse(readFileSync(new URL('porous.json', folder), 'utf8')) as { readonly images: Readonly<Record<string, readonly string[]>>; readonly runs: readonly Run[] };
const { cases } = readSpecificationFile(fileURLToPath(new URL('porous.xdesign', folder))).specification!;

function prepare(run: Run): { readonly image: Image2D<'binary'>; readonly exported: ExportedTest } {
  const { phases, plane } = cases.find((each) => each.case.name === run.case)!.case;
  return { image: drawn(golden.images[run.image]!.join('\n')), exported: { kind: run.test, plane, phases } };
}

/** What seven printed digits tell. */
const tolerance = 1e-6;

describe.each(golden.runs)('$image, $test, plane $case', (run) => {
  const { image, exported } = prepare(run);

  test('the numbers of CalculiX', () => {
    const { youngsModulus: E, poissonRatio: nu, thermalExpansion: alpha, stiffness: C } = runVirtualTest(image, exported.phases, exported);
    const ours: Readonly<Record<string, number>> = C
      ? { 'strain 11': C[0]!, 'strain 22': C[4]!, 'shear 12': C[8]! }
      : { 'compression x': E!.x, 'compression y': E!.y };
    expect(Object.keys(run.energies).length).toBeGreaterThan(0);
    for (const [name, value] of Object.entries(ours)) {
      const known = run.energies[name];
      // What the file leaves out carries nothing.
      if (known === undefined) expect(Math.abs(value)).toBeLessThan(1e-9 * exported.phases.white.youngsModulus);
      else expect(value / known - 1).within(-tolerance, tolerance);
    }
    if (run.nuxy === undefined) return;
    expect(nu!.x - run.nuxy).within(-tolerance, tolerance);
    expect(nu!.y - run.nuyx!).within(-tolerance, tolerance);
    expect(alpha!.x / run.alphax! - 1).within(-tolerance, tolerance);
    expect(alpha!.y / run.alphay! - 1).within(-tolerance, tolerance);
  });

  test('the file that was solved is the file of today', () => {
    const written = createExportWriter(image.width, exported)(image, { imageName: 'any.png', caseName: run.case }, 'calculix');
    const data = written.ok ? written.value.text.split('\n').slice(2).filter((line) => !line.startsWith('**')).join('\n') : '';
    expect(createHash('sha256').update(data).digest('hex')).toBe(run.sha256);
  });
});

const phases: PhasePair = {
  white: { name: 'solid', youngsModulus: 1e9, poissonRatio: 0.3, thermalExpansion: 1e-5 },
  black: { name: 'void', youngsModulus: 0, poissonRatio: 0, thermalExpansion: 0 },
};
const compression: ExportedTest = { kind: 'compression', plane: 'plane-stress', phases };
const origin = { imageName: 'cell.png', caseName: 'Porous' };
const island = drawn(`
  ########
  #......#
  #.##...#
  #.##...#
  #......#
  #...####
  #......#
  ########`);

test('only pixels of the solid that carry something are elements, and only their corners are nodes', () => {
  const written = createExportWriter(8, compression)(island, origin, 'abaqus');
  if (!written.ok) throw new Error('refused');
  const { text, findings, loadCases } = written.value;
  const rows = (keyword: string): number[][] => new RegExp(`^\\*${keyword}[^\\n]*\\n((?:[^*\\n]+\\n)+)`, 'm').exec(text)![1]!.trim().split('\n').map((line) => line.split(',').map(Number));
  const elements = rows('ELEMENT').map(([element]) => element!);
  // Without the island; the dead end hangs together with the frame by edges.
  const solid = Array.from(island.data.keys()).filter((p) => island.data[p] === 1 && ![18, 19, 26, 27].includes(p));
  expect(elements).toEqual(solid.map((p) => p + 1));
  const corners = new Set(rows('ELEMENT').flatMap(([, ...nodes]) => nodes));
  expect(rows('NODE').map(([node]) => node!)).toEqual([...corners].toSorted((a, b) => a - b));
  expect(text).not.toContain('BLACK');
  expect([findings, loadCases]).toEqual([[], ['compression x', 'compression y']]);
});

test('corners that are the only connections of the solid are reported', () => {
  const blocks = [...Array<string>(4).fill('####....'), ...Array<string>(4).fill('....####')].join('\n');
  const written = createExportWriter(8, compression)(drawn(blocks), origin, 'abaqus');
  expect(written.ok && written.value.loadCases).toEqual(['compression x', 'compression y']);
  expect(written.ok && written.value.findings).toMatchObject([{ code: 'export-hinges', severity: 'warning', message: expect.stringMatching(/^cell\.png: one corner is all that connects/) as string }]);
});

test('an image that carries nothing has no input file, but fields, and none in its pores', () => {
  const write = createExportWriter(8, compression);
  const alone = drawn('........\n........\n..###...\n..###...\n..###...\n........\n........\n........');
  expect(write(alone, origin, 'abaqus')).toMatchObject({ ok: false, findings: [{ code: 'nothing-to-export', severity: 'error' }] });
  const fields = write(alone, origin, 'vti');
  if (!fields.ok) throw new Error('refused');
  const encoded = /Name="compression_x_stress"[^>]*>([^<]+)</.exec(fields.value.text)![1]!;
  const bytes = Buffer.from(encoded, 'base64').subarray(8);
  const stress = Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i));
  const fromBottom = Array.from({ length: 64 }, (_, p) => alone.data[(7 - Math.floor(p / 8)) * 8 + (p % 8)]!);
  fromBottom.forEach((phase, p) => expect(Number.isNaN(stress[3 * p])).toBe(phase === 0));
});
