/* The virtual test of pictures from disk. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { imageOf } from '#engine/grid/image-2d';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import type { SimulatedImage } from '#runner/simulate';
import { aluminumInFoam } from '#test/support/virtual-test-phases';
import { image } from '#test/support/draw-image';
import { drawPng, type DrawnPng } from '#test/support/draw-png';
import { spottedImage } from '#test/support/spotted-image';
import { buildCommand, type Command, type Ended } from './command';
import { createWorkplace, heatingCase, smallCase, type Workplace } from './workplace';

const spots = spottedImage(32, 3);
const others = spottedImage(32, 4);

let command: Command;
let place: Workplace;
beforeAll(async () => {
  command = await buildCommand();
  place = createWorkplace(heatingCase());
  writeFileSync(join(place.folder, 'stiff.xdesign'), smallCase());
  writeFileSync(join(place.folder, 'spots.png'), encodeBinaryPng(spots));
  writeFileSync(join(place.folder, 'others.png'), encodeBinaryPng(others));
  writeFileSync(join(place.folder, 'large.png'), encodeBinaryPng(spottedImage(64, 3)));
  writeFileSync(join(place.folder, 'wide.png'), encodeBinaryPng(image('##..\n#...')));
  writeFileSync(join(place.folder, 'text.png'), 'no picture');
  writeFileSync(join(place.folder, 'cut.png'), encodeBinaryPng(spots).subarray(0, 60));
});
afterAll(() => {
  place.remove();
  command.remove();
});

const simulate = (...given: string[]): Promise<Ended> => command.run('simulate', place.file, '--case', 'Expansion', ...given);
const picture = (name: string): string => join(place.folder, name);

describe('the result', () => {
  test.each(['compression', 'heating', 'periodic'] as const)('of %s is what the engine says, in SI, with all promised fields', async (kind) => {
    const { code, errors, lines } = await simulate('--image', picture('spots.png'), picture('others.png'), '--test', kind, '--json');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(lines).toHaveLength(1);
    const results = JSON.parse(lines[0]!) as SimulatedImage[];
    const expected = [spots, others].map((each) => runVirtualTest(each, aluminumInFoam, { kind, plane: 'plane-stress' }));
    expect(results.map(({ file, test: name }) => [file, name])).toEqual([[picture('spots.png'), kind], [picture('others.png'), kind]]);
    for (const [i, result] of results.entries()) {
      const { youngsModulus, poissonRatio, shearModulus, thermalExpansion, stiffness, volumeFraction, statistics } = expected[i]!;
      expect(result).toMatchObject({
        volumeFraction,
        Ex: youngsModulus!.x, Ey: youngsModulus!.y, nuxy: poissonRatio!.x, nuyx: poissonRatio!.y,
        solver: statistics.solver, iterations: statistics.iterations, residual: statistics.residual,
      });
      expect(result.errorEstimate).toBe(statistics.errorEstimate);
      expect(result.milliseconds).toBeGreaterThan(0);
      expect([result.alphax, result.alphay]).toEqual([thermalExpansion?.x, thermalExpansion?.y]);
      expect(result.alphax === undefined).toBe(kind === 'compression');
      expect(result.Gxy).toBe(shearModulus);
      expect(result.stiffness?.flat()).toEqual(stiffness && [...stiffness]);
      expect(result.stiffness?.length).toBe(kind === 'periodic' ? 3 : undefined);
    }
  });

  test('is of the case’s own test when none is named, and a line of text without --json', async () => {
    const { code, lines } = await simulate('--image', picture('spots.png'));
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/spots\.png: heating, white \d+\.\d\d %, .*alphax \d+\.\d{3}e-6 1\/K/);
  });
});

test('of a porous picture: what carries nothing has E = 0 and no ratios, which is said and is no error', async () => {
  const text = `material S { young 100 GPa  poisson 0.3  expansion 1e-5 1/K }
    database D { size 400  resolution 32  fraction 0.38 .. 0.41  cells 100% }
    case Porous { white S  black void  from D  test periodic  maximize E along x, y }`;
  writeFileSync(picture('porous.xdesign'), text);
  const bars = imageOf('binary', 32, 32, Uint8Array.from({ length: 1024 }, (_, p) => ((p >> 5) % 16 < 4 ? 1 : 0)));
  writeFileSync(picture('bars.png'), encodeBinaryPng(bars));
  const given = ['simulate', picture('porous.xdesign'), '--case', 'Porous', '--image', picture('bars.png')];
  const { code, errors, lines } = await command.run(...given, '--json');
  expect({ code, errors }).toEqual({ code: 0, errors: expect.stringMatching(/^information no-load-path .*bars\.png: .* along y, so E is 0 there/) as string });
  const [result] = JSON.parse(lines[0]!) as SimulatedImage[];
  expect(result).toMatchObject({ Ex: expect.closeTo(25e9, -2) as number, Ey: 0, Gxy: 0, findings: [{ code: 'no-load-path' }] });
  for (const absent of ['nuxy', 'alphax', 'compliance', 'zenerRatio']) expect(result).not.toHaveProperty(absent);
  expect(result!.stiffness!.flat().slice(1)).toEqual(new Array(8).fill(0));
  expect((await command.run(...given)).lines[0]).toMatch(/Ex 25\.0000 GPa {2}Ey 0 GPa {2}Gxy 0 GPa .* \[no-load-path\]$/);
});

test('phases that differ too much are refused with the modulus that works', async () => {
  const text = `material S { young 100 GPa  poisson 0.3 } material V { young 1e-4 Pa  poisson 0.25 }
    database D { size 400  resolution 32  fraction 0.38 .. 0.41  cells 100% }
    case Far { white S  black V  from D  maximize E along x, y }`;
  writeFileSync(picture('far.xdesign'), text);
  for (const each of [['simulate'], ['export', '--abaqus', '--out', place.folder]]) {
    const { code, errors } = await command.run(each[0]!, picture('far.xdesign'), '--case', 'Far', '--image', picture('spots.png'), ...each.slice(1));
    expect(code).toBe(1);
    expect(errors).toMatch(/contrast-too-high .* at least 108 Pa/);
  }
});

test('periodic also tells compliance, and of a square cell Zener’s ratio, with --json', async () => {
  const square = imageOf('binary', 32, 32, Uint8Array.from({ length: 1024 }, (_, p) => (Math.max(Math.abs((p % 32) - 15.5), Math.abs((p >> 5) - 15.5)) < 9 ? 1 : 0)));
  writeFileSync(picture('square.png'), encodeBinaryPng(square));
  const { lines } = await simulate('--image', picture('square.png'), picture('spots.png'), '--test', 'periodic', '--json');
  const [cell, spotted] = JSON.parse(lines[0]!) as [SimulatedImage, SimulatedImage];
  for (const { stiffness, compliance, Ex } of [cell, spotted]) {
    for (const r of [0, 1, 2]) {
      for (const c of [0, 1, 2]) {
        const product = [0, 1, 2].reduce((sum, k) => sum + stiffness![r]![k]! * compliance![k]![c]!, 0);
        expect(product).toBeCloseTo(r === c ? 1 : 0, 6);
      }
    }
    expect(compliance![0]![0]! * Ex!).toBeCloseTo(1, 12);
  }
  const [c11, c12, c33] = [cell.stiffness![0]![0]!, cell.stiffness![0]![1]!, cell.stiffness![2]![2]!];
  expect(cell.zenerRatio).toBeCloseTo((2 * c33) / (c11 - c12), 9);
  expect(spotted.zenerRatio).toBeUndefined();
});

test('--resolution tests pictures of another size', async () => {
  const { code, lines } = await simulate('--image', picture('large.png'), '--resolution', '64', '--json');
  expect(code).toBe(0);
  const [result] = JSON.parse(lines[0]!) as SimulatedImage[];
  expect(result!.alphax).toBe(runVirtualTest(spottedImage(64, 3), aluminumInFoam, { kind: 'heating', plane: 'plane-stress' }).thermalExpansion!.x);
});

test('a test that does not fit into memory is refused with what it takes, before it is taken', async () => {
  const huge = imageOf('binary', 2048, 2048, new Uint8Array(2048 * 2048).fill(1, 0, 5000));
  writeFileSync(picture('huge.png'), encodeBinaryPng(huge));
  const { code, errors, lines } = await simulate('--image', picture('huge.png'), '--resolution', '2048', '--memory', '64', '--json');
  expect({ code, lines }).toEqual({ code: 1, lines: ['[]'] });
  expect(errors).toMatch(/^error test-exceeds-memory .*huge\.png: The test heating of 2048 × 2048 pixels takes 11\.\d GiB of memory; a solver can have 4\.0 GiB\./);
});

describe('pictures that cannot be tested', () => {
  test('are findings each, the others are tested, and the end is 1', async () => {
    const names = ['large.png', 'spots.png', 'wide.png', 'text.png', 'cut.png', 'nowhere.png', 'others.png'];
    const { code, errors, lines } = await simulate('--image', ...names.map(picture), '--json');
    expect(code).toBe(1);
    expect(errors.trimEnd().split('\n').map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      "error image-wrong-resolution 'large.png'",
      "error image-not-square 'wide.png'",
      "error image-not-png 'text.png'",
      "error image-damaged 'cut.png'",
      "error image-unreadable 'nowhere.png'",
    ]);
    expect((JSON.parse(lines[0]!) as SimulatedImage[]).map(({ file }) => file)).toEqual([picture('spots.png'), picture('others.png')]);
  });
});

describe('what an image may be', () => {
  const threeLevels = { width: 32, height: 32, bitDepth: 8, colorType: 0, pixel: (row, column) => [2 * spots.data[32 * row + column]! || (row === 5 ? 1 : 0)] } as const satisfies DrawnPng;

  test('two headers are an error and bytes after the end a warning; only the error ends with 1, and the others are tested', async () => {
    const png = encodeBinaryPng(spots);
    writeFileSync(picture('two-headers.png'), Buffer.concat([png.subarray(0, 33), encodeBinaryPng(spottedImage(64, 3)).subarray(8, 33), png.subarray(33)]));
    writeFileSync(picture('more.png'), Buffer.concat([png, png]));
    const given = ['--image', picture('two-headers.png'), picture('more.png'), picture('others.png')];
    const { code, errors, lines } = await simulate(...given, '--json');
    expect(code).toBe(1);
    expect(errors).toMatch(/^error image-damaged 'two-headers\.png' is a damaged PNG file: it has two headers\..*\nwarning image-irregular 'more\.png' is read, but \d+ bytes after its end are ignored\..*\n$/);
    expect((JSON.parse(lines[0]!) as SimulatedImage[]).map(({ file }) => file)).toEqual([picture('more.png'), picture('others.png')]);
    expect(await simulate('--image', picture('more.png'), '--json')).toMatchObject({ code: 0, errors: expect.stringMatching(/^warning image-irregular/) });
    const exported = await command.run('export', place.file, '--case', 'Expansion', '--abaqus', '--out', place.folder, ...given);
    expect(exported).toMatchObject({ code: 1, errors: expect.stringMatching(/image-damaged.*\n.*image-irregular/) });
    expect(exported.lines).toHaveLength(2);
  });

  test('three levels need --white-above, which takes a brightness', async () => {
    writeFileSync(picture('levels.png'), drawPng(threeLevels));
    const refused = await simulate('--image', picture('levels.png'));
    expect(refused).toMatchObject({ code: 1, lines: [], errors: expect.stringContaining('such as by `--white-above 1`') });
    const { code, errors, lines } = await simulate('--image', picture('levels.png'), picture('spots.png'), '--white-above', '1', '--json');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const [levels, same] = JSON.parse(lines[0]!) as [SimulatedImage, SimulatedImage];
    expect({ ...levels, file: '', milliseconds: 0 }).toEqual({ ...same, file: '', milliseconds: 0 });
    expect(await simulate('--image', picture('levels.png'), '--white-above', 'half')).toMatchObject({ code: 2, errors: expect.stringContaining('A number of at least 0 is expected.') });
  });
});

test('heating needs materials that say how they expand', async () => {
  const given = ['simulate', picture('stiff.xdesign'), '--case', 'Stiffness', '--image', picture('spots.png'), '--json'];
  const { code, errors, lines } = await command.run(...given, '--test', 'heating');
  expect({ code, lines }).toEqual({ code: 1, lines: ['[]'] });
  expect(errors).toMatch(/^error missing-expansion The test heats the images, but Boron has no expansion\./);
  expect(await command.run(...given)).toMatchObject({ code: 0, errors: '' });
});

test('another case than the file has is refused with those that it has', async () => {
  const { code, errors } = await command.run('simulate', place.file, '--case', 'expansion', '--image', picture('spots.png'));
  expect({ code, errors }).toEqual({ code: 1, errors: 'error unknown-case There is no case "expansion". The file has "Expansion".\n' });
});

test('leaves no run folder', () => {
  expect(existsSync(place.runFolder)).toBe(false);
});
