/* Labels that come with pictures: taken instead of the test, some of them checked, missing ones computed. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createVirtualTester } from '#engine/api';
import { noSlots, type StageContext } from '#engine/pipeline/stage';
import { generate, solve, type DatabaseImages } from '#engine/pipeline/stages/database';
import { findingsOfTests } from '#engine/pipeline/result/test-findings';
import { createRng } from '#engine/core/rng';
import { imageOf } from '#engine/grid/image-2d';
import { neverAborted } from '#engine/core/run-context';
import { caseFiles, checkFiles } from '#runner/case-files';
import { createImageLibrary, withImages } from '#runner/images/image-library';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { machineFiles, resolveCase } from '#runner/weights/pretrained-file';
import { imageCase, writeFiles } from '#test/support/image-folder';
import { loneExecutor } from '#test/support/lone-executor';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';

const images = Array.from({ length: 25 }, (_, seed) => spottedImage(32, seed + 1));
const phases = { white: { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.3 }, black: { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3 } };
const tester = createVirtualTester(32, phases, { kind: 'compression', plane: 'plane-stress' });
const moduli = images.map((image) => tester.run(image).youngsModulus!);
const nameOf = (i: number): string => `p${String(i).padStart(2, '0')}.png`;

/** A table of some of the pictures, in another order, with moduli in GPa. */
function tableOf(pictures: readonly number[], factor = 1): string {
  return ['name,Ex,Ey', ...pictures.toReversed().map((i) => `${nameOf(i)},${(factor * moduli[i]!.x) / 1e9},${(factor * moduli[i]!.y) / 1e9}`)].join('\n');
}

async function solved(table: string, labels = 'labels "t.csv" { test compression  file "name"  E "Ex", "Ey" GPa }') {
  const folder = temporaryFolder();
  writeFiles(folder, { ...Object.fromEntries(images.map((image, i) => [nameOf(i), encodeBinaryPng(image)])), 't.csv': table });
  const written = imageCase(folder, `images "*.png"  resolution 32  ${labels}`);
  const library = createImageLibrary({ runFolder: join(folder, '.xdesign') });
  const findings = await checkFiles([written], machineFiles(), library);
  const [ready] = withImages([written], library);
  const problem = resolveCase(ready!.case);
  const executor = loneExecutor();
  const context: StageContext = { executor, signal: neverAborted, slots: noSlots, files: caseFiles(machineFiles(), library), rng: createRng(1), progress() {} };
  const made = await generate.run(context, problem, {});
  if (!made.ok) return { findings, problem };
  const database: DatabaseImages = generate.read(made.value);
  const outcome = await solve.run(context, problem, { images: database });
  if (!outcome.ok) throw new Error(outcome.findings[0]!.message);
  return { findings, problem, tests: solve.read(outcome.value) };
}

const all = images.map((_, i) => i);

describe('labels', () => {
  test('are taken by the names of the pictures, and twenty of them are checked', async () => {
    const { tests, problem } = await solved(tableOf(all));
    tests!.forEach(({ youngsModulus }, i) => expect(youngsModulus!.x / moduli[i]!.x).toBeCloseTo(1, 9));
    expect(tests!.filter(({ statistics }) => statistics.solver === 'labels')).toHaveLength(25);
    expect(tests!.filter(({ statistics }) => statistics.errorEstimate !== undefined)).toHaveLength(20);
    expect(findingsOfTests({ tests })).toEqual([]);
    expect(solve.describe(problem)).toMatchObject({ labels: true });
  });

  test('that are missing are computed, and that is said', async () => {
    const { tests, findings } = await solved(tableOf(all.slice(3)));
    expect(findings).toContainEqual(expect.objectContaining({ code: 'labels-unmatched', severity: 'warning', message: '3 of 25 pictures have no row in "t.csv" and are computed.' }));
    expect(tests!.map(({ statistics }) => statistics.solver === 'labels')).toEqual(all.map((i) => i >= 3));
    tests!.forEach(({ youngsModulus }, i) => expect(youngsModulus!.y / moduli[i]!.y).toBeCloseTo(1, 6));
  });

  test('that disagree with the test are a warning with numbers', async () => {
    const { tests } = await solved(tableOf(all, 1.1));
    expect(findingsOfTests({ tests })).toMatchObject([{ code: 'labels-disagree', message: expect.stringMatching(/^The labels of 20 of 20 checked images differ by more than 5 % .* difference is 10 %\.$/) as unknown }]);
  });

  test('of another test, or without what the case asks for, are left aside', async () => {
    const { tests, problem } = await solved(tableOf(all), 'labels "t.csv" { test periodic  file "name"  E "Ex", "Ey" GPa }');
    expect(tests!.some(({ statistics }) => statistics.solver === 'labels')).toBe(false);
    expect(solve.describe(problem)).not.toHaveProperty('labels');
  });

  test('without a row for any picture are an error in their place', async () => {
    const { findings } = await solved('name,Ex,Ey\nother,1,1');
    const [finding] = findings.filter(({ severity }) => severity === 'error');
    expect(finding).toMatchObject({ code: 'labels-unmatched' });
    expect(finding!.place.end.character - finding!.place.start.character).toBe('"t.csv"'.length);
  });
});

test('labels of pictures that are not square are those of their middle squares, which is said', async () => {
  const folder = temporaryFolder();
  const wide = { width: 40, height: 32 };
  writeFiles(folder, {
    'a.png': encodeBinaryPng(imageOf('binary', wide.width, wide.height, Uint8Array.from({ length: 1280 }, (_, p) => Number((p % 7) + (p % 40) > 20)))),
    'b.png': encodeBinaryPng(images[0]!),
    't.csv': 'name,Ex,Ey\na,100,110\nb,120,130',
  });
  const written = imageCase(folder, 'images "?.png"  resolution 32  fit resample  periodic no  labels "t.csv" { test compression  file "name"  E "Ex", "Ey" GPa }');
  const findings = await checkFiles([written], machineFiles(), createImageLibrary());
  const found = findings.filter(({ code }) => code === 'labels-of-squares');
  expect(found).toEqual([expect.objectContaining({ severity: 'warning', message: '1 of 2 pictures is not square, so `fit resample` makes images of the squares in their middle, and `labels` must be those of the squares; the square has the least of "a.png", 80 %.' })]);
  const withoutLabels = imageCase(folder, 'images "?.png"  resolution 32  fit resample  periodic no');
  expect((await checkFiles([withoutLabels], machineFiles(), createImageLibrary())).map(({ code }) => code)).not.toContain('labels-of-squares');
});

test('a name in the table is not that of all pictures of a file, but of one', async () => {
  const folder = temporaryFolder();
  const npy = (data: Uint8Array): Buffer => {
    const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 32, 32), }".padEnd(117) + '\n';
    return Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0, 118, 0]), Buffer.from(header), data]);
  };
  const stack = npy(Uint8Array.from([...images[0]!.data, ...images[1]!.data]));
  const withTable = async (table: string) => {
    writeFiles(folder, { 'set.npy': stack, 't.csv': table });
    return (await checkFiles([imageCase(folder, 'images "set.npy"  resolution 32  labels "t.csv" { test compression  file "name"  E "Ex", "Ey" GPa }')], machineFiles(), createImageLibrary())).map(({ code, severity }) => `${severity} ${code}`);
  };
  expect(await withTable('name,Ex,Ey\nset.npy,100,110')).toEqual(['error labels-unmatched']);
  expect(await withTable('name,Ex,Ey\nset.npy[1],100,110')).toContain('warning labels-unmatched');
  expect(await withTable('name,Ex,Ey\nset.npy[1],100,110\nset.npy[0],120,110')).not.toContain('warning labels-unmatched');
});
