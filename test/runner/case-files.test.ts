/* PNG files from which optimizations start: what is wrong with them, what a run makes of them, and what its keys hold. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DesignCase } from '#domain/case';
import { type PlacedFinding } from '#domain/finding';
import { assembleCaseResult, bestOfDatabase, caseKeys, keyOfStage, runCase, unpackImage, type Image2D } from '#engine/api';
import { neverAborted } from '#engine/core/run-context';
import type { RunPorts } from '#engine/pipeline/ports';
import { noFiles } from '#engine/pipeline/stage';
import { readSpecification } from '#language/read-specification';
import type { CaseSpecification } from '#language/specification/specification';
import { caseFiles, checkFiles } from '#runner/case-files';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { keyOfDescription } from '#runner/codec/canonical-json';
import { machineFiles, resolveCase } from '#runner/weights/pretrained-file';
import { leastCase, smallCase } from '#test/e2e/workplace';
import { drawPng } from '#test/support/draw-png';
import { loneExecutor } from '#test/support/lone-executor';
import { createMemoryStore } from '#test/support/memory-store';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';

/** The small case with these sources, as a file of the folder would have it. */
function caseIn(folder: string, sources: string, starts = 2): CaseSpecification {
  const text = smallCase(leastCase).replace('compare control\n', `compare optimization { starts ${starts}  from ${sources}  filter 1.5 }\n`);
  return readSpecification(join(folder, 'small.xdesign'), { read: () => text, resolve: (_, target) => target }).specification!.cases[0]!;
}

const shapes = (pixel: (row: number, column: number) => number, size = 32): Buffer =>
  drawPng({ width: size, height: size, bitDepth: 8, colorType: 0, pixel: (row, column) => [pixel(row, column)] });

describe('what is wrong with them is said before a run, in their place', () => {
  const findingsOf = async (bytes: Uint8Array | undefined): Promise<readonly PlacedFinding[]> => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'cells'));
    if (bytes) writeFileSync(join(folder, 'cells/mine.png'), bytes);
    return checkFiles([caseIn(folder, 'noise, "cells/mine.png"')]);
  };

  test.each<[string, Uint8Array | undefined, string, string]>([
    ['missing', undefined, 'image-unreadable', '"cells/mine.png" cannot be read as an image: the file does not exist. Give its path relative to the specification.'],
    ['no PNG', new TextEncoder().encode('not at all'), 'image-not-png', '"cells/mine.png" is not a PNG file. Save the image as PNG.'],
    ['of three levels', shapes((row, column) => (row + column) % 3), 'image-many-levels', /^"cells\/mine\.png" has 3 levels where .*\. Draw each phase in one color, without smoothing\.$/.source],
    ['of one level', shapes(() => 7), 'image-one-phase', '"cells/mine.png" has the color 7 alone; a cell has two phases. Use an image in which both phases occur.'],
    ['of another size', shapes((row) => row % 2, 64), 'image-wrong-resolution',
      '"cells/mine.png" has 64 × 64 pixels; the images of the database have 32 × 32. Scale the image to 32 × 32 pixels without smoothing, or set the database\'s `resolution 64`.'],
  ])('as one is %s', async (_, bytes, code, text) => {
    const findings = await findingsOf(bytes);
    expect(findings.map((finding) => finding.code)).toEqual([code]);
    const [{ message, remedy, severity, place }] = findings as [PlacedFinding];
    expect(severity).toBe('error');
    if (text.startsWith('^')) expect(`${message} ${remedy}`).toMatch(new RegExp(text));
    else expect(`${message} ${remedy}`).toBe(text);
    expect(place.end.character - place.start.character).toBe('"cells/mine.png"'.length);
    expect(place.file).toMatch(/small\.xdesign$/);
  });

  test('and nothing of one that is as it should be', async () => {
    expect(await findingsOf(encodeBinaryPng(spottedImage(32, 5)))).toEqual([]);
  });
});

test('the keys hold the content of a file and not its path', () => {
  const folder = temporaryFolder();
  const [one, other] = [5, 6].map((seed) => encodeBinaryPng(spottedImage(32, seed))) as [Buffer, Buffer];
  for (const [name, bytes] of [['one.png', one], ['same.png', one], ['other.png', other]] as const) writeFileSync(join(folder, name), bytes);
  const keysOf = (file: string): string[] => {
    const keys = caseKeys(resolveCase(caseIn(folder, `noise, "${file}"`).case), keyOfDescription);
    return (['select', 'propose', 'construct'] as const).map((stage) => keyOfStage(keys, stage === 'select' ? { stage } : { stage, arm: 'optimization' }));
  };
  expect(keysOf('same.png')).toEqual(keysOf('one.png'));
  const [before, proposed, constructed] = keysOf('one.png');
  const changed = keysOf('other.png');
  expect(changed[0]).toBe(before);
  expect(changed[1]).not.toBe(proposed);
  expect(changed[2]).not.toBe(constructed);
});

test('an optimization starts from what the file shows: from the pixels of an image it goes as from this image', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const store = createMemoryStore();
  const ports: RunPorts = { store, files: noFiles, executor: loneExecutor(), signal: neverAborted, onStage() {} };
  const tested = await runCase(resolveCase(caseIn(folder, 'noise').case), ports, 'solve');
  if (!tested.ok) throw new Error(tested.findings[0]!.message);
  const { images, tests } = tested.value;
  const { index } = bestOfDatabase(tests!, { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] });
  const best = unpackImage(images!.images, index);
  const unlike: Image2D<'binary'> = spottedImage(32, 5);
  writeFileSync(join(folder, 'best.png'), encodeBinaryPng(best));
  writeFileSync(join(folder, 'unlike.png'), encodeBinaryPng(unlike));

  const files = machineFiles();
  const problem: DesignCase = resolveCase(caseIn(folder, '"unlike.png", "best.png", images', 3).case, {}, files);
  const values = await runCase(problem, { ...ports, files: caseFiles(files) });
  if (!values.ok) throw new Error(values.findings[0]!.message);
  const { proposals, candidates } = values.value.arms['optimization']!;
  expect(proposals!.origins).toEqual([{ kind: 'picture', number: 0 }, { kind: 'picture', number: 1 }, { kind: 'image', image: index }]);
  expect([0, 1].map((number) => unpackImage(proposals!.pictures!, number))).toEqual([unlike, best]);
  const [ofUnlike, ofFile, ofImage] = candidates!.traces!;
  expect(ofFile).toEqual(ofImage);
  expect(ofUnlike!.values).not.toEqual(ofImage!.values);

  const result = assembleCaseResult(problem, values.value, { stages: [], secondsOf: () => 1 })!;
  expect(result.optimization!.groups.map(({ name, runs }) => `${name} ${runs}`)).toEqual(['files 2', 'images 1']);
  const { designs, failures } = result.arms.find(({ name }) => name === 'optimization')!;
  // The image ends with the cell of the file before it.
  expect(new Map(designs.map(({ candidate, source }) => [candidate, source]))).toEqual(new Map([
    [0, { kind: 'picture', number: 0, file: 'unlike.png' }],
    [1, { kind: 'picture', number: 1, file: 'best.png' }],
  ]));
  expect(failures).toMatchObject([{ reason: 'same-cell', count: 1 }]);
});

test('a file that is gone when it is read is a finding', async () => {
  expect(await caseFiles(machineFiles()).picture('0'.repeat(64), 32, 'start')).toMatchObject({ ok: false, findings: [{ code: 'image-unreadable' }] });
});
