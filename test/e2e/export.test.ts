/* Pictures and their virtual test as files for other programs. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportedFile } from '#runner/export/export-images';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { spottedImage } from '#test/support/spotted-image';
import { buildCommand, type Command, type Ended } from './command';
import { createWorkplace, heatingCase, type Workplace } from './workplace';

let command: Command;
let place: Workplace;
beforeAll(async () => {
  command = await buildCommand();
  place = createWorkplace(heatingCase());
  for (const name of ['one', 'two']) writeFileSync(join(place.folder, `${name}.png`), encodeBinaryPng(spottedImage(32, name.length)));
});
afterAll(() => {
  place.remove();
  command.remove();
});

const inPlace = (name: string): string => join(place.folder, name);
const exporting = (...given: string[]): Promise<Ended> => command.run('export', place.file, '--case', 'Expansion', ...given);

test('writes the case’s own test for each picture, and says what is where', async () => {
  const given = ['--image', inPlace('one.png'), inPlace('two.png'), '--abaqus', '--vti', '--out', inPlace('out'), '--json'];
  const { code, errors, lines } = await exporting(...given);
  expect({ code, errors, count: lines.length }).toEqual({ code: 0, errors: '', count: 1 });
  const files = JSON.parse(lines[0]!) as ExportedFile[];
  expect(files.map(({ file }) => file)).toEqual(['one-heating.inp', 'one-heating.vti', 'two-heating.inp', 'two-heating.vti'].map((name) => inPlace(`out/${name}`)));
  expect(readdirSync(inPlace('out'))).toHaveLength(4);
  expect(readFileSync(files[0]!.file, 'utf8')).toMatch(/^\*HEADING\nVirtual test heating of one\.png, plane stress\n[^]*\*END STEP\n$/);
  expect(readFileSync(files[1]!.file, 'utf8')).toMatch(/^<\?xml [^]*Name="heating_displacement"[^]*<\/VTKFile>\n$/);
});

test('one test and one direction for CalculiX, told as text', async () => {
  const given = ['--image', inPlace('one.png'), '--calculix', '--test', 'compression', '--direction', 'y', '--out', inPlace('single')];
  const { code, lines } = await exporting(...given);
  const file = inPlace('single/one-compression-calculix.inp');
  expect({ code, lines }).toEqual({ code: 0, lines: [`${file}: compression of ${inPlace('one.png')} (compression y)`] });
  const text = readFileSync(file, 'utf8');
  expect(text.match(/^\*STEP$/gm)).toHaveLength(1);
  expect(text).toContain('TYPE=ENGINEERING CONSTANTS');
});

test('cells for printing, in a size with units, told as text', async () => {
  const given = ['--image', inPlace('one.png'), '--svg', '--stl', '--edge', '2', 'cm', '--height', '5mm', '--tiles', '2x3', '--nozzle', '0.4 mm', '--out', inPlace('print')];
  const { code, errors, lines } = await exporting(...given);
  expect({ code, errors: errors.replaceAll(/^warning (print-in-pieces|strut-too-thin) .*\n/gm, '') }).toEqual({ code: 0, errors: '' });
  const [svg, stl] = ['svg', 'stl'].map((ending) => inPlace(`print/one-2x3.${ending}`)) as [string, string];
  expect(lines[0]).toMatch(/: 2x3 of .*one\.png, cells of 20 mm, thinnest strut [\d.]+ mm$/);
  expect(lines[1]).toMatch(/: 2x3 of .*one\.png, cells of 20 mm, 5 mm high, thinnest strut [\d.]+ mm$/);
  expect(lines.map((line) => line.split(': ')[0])).toEqual([svg, stl]);
  expect(readFileSync(svg, 'utf8')).toContain('width="40mm" height="60mm"');
  expect(readFileSync(stl).readUInt32LE(80)).toBe((readFileSync(stl).length - 84) / 50);
});

test('trouble is findings and status 1, a wrong command line is status 2', async () => {
  const periodic = await exporting('--image', inPlace('one.png'), '--vti', '--test', 'periodic', '--direction', 'x', '--out', inPlace('none'));
  expect(periodic).toMatchObject({ code: 1, lines: [] });
  expect(periodic.errors).toMatch(/^error direction-without-effect /);
  const missing = await exporting('--image', inPlace('nowhere.png'), '--abaqus', '--out', inPlace('none'), '--json');
  expect(missing).toMatchObject({ code: 1, lines: ['[]'] });
  expect(missing.errors).toMatch(/^error image-unreadable /);
  const nothing = await exporting('--image', inPlace('one.png'));
  expect(nothing.code).toBe(2);
  expect(nothing.errors).toContain("error: nothing to write: give '--abaqus', '--calculix', '--vti', '--svg' or '--stl'");
  expect(existsSync(inPlace('none'))).toBe(false);
  expect(existsSync(place.runFolder)).toBe(false);
});
