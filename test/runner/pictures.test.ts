/* PNG files as an arm: which files a pattern matches, what is said of them before a run, and that each is a cell as it is. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comparedArms } from '#domain/arms';
import type { PlacedFinding } from '#domain/finding';
import { enlarge, unpackImage } from '#engine/api';
import { noFiles, noSlots, type StageContext } from '#engine/pipeline/stage';
import { construct, propose, testsOf } from '#engine/pipeline/stages/designs';
import { readSpecification } from '#language/read-specification';
import type { CaseSpecification } from '#language/specification/specification';
import { caseFiles, checkFiles } from '#runner/case-files';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { machineFiles, pictureFiles, resolveCase } from '#runner/weights/pretrained-file';
import { smallCase } from '#test/e2e/workplace';
import { drawPng } from '#test/support/draw-png';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';

/** The small case, whose images have 32 × 32 pixels, with these pictures, as a file of the folder would have it. */
function caseIn(folder: string, paths: string): CaseSpecification {
  const text = smallCase().replace('compare control\n', `compare pictures ${paths}\n`);
  return readSpecification(join(folder, 'small.xdesign'), { read: () => text, resolve: (_, target) => target }).specification!.cases[0]!;
}

function folderWith(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const png = (seed: number, size = 32): Uint8Array => encodeBinaryPng(spottedImage(size, seed));
const gray = drawPng({ width: 32, height: 32, bitDepth: 8, colorType: 0, pixel: (row, column) => [(row + column) % 3] });

test('a pattern matches names in code-point order, each file once, in the order of the paths', () => {
  const folder = folderWith({ 'p/b.png': png(1), 'p/B.png': png(2), 'p/a1.png': png(3), 'p/.hidden.png': png(4), 'p/é.png': png(5), 'p/other.jpg': png(6), 'p/inner.png/x.png': png(7), 'last.png': png(8) });
  const namesOf = (paths: string): string[] => pictureFiles(caseIn(folder, paths).case.pictures!, machineFiles()).paths.map(({ file }) => file);
  expect(namesOf('"p/*.png"')).toEqual(['p/B.png', 'p/a1.png', 'p/b.png', 'p/é.png']);
  expect(namesOf('"last.png", "p/?.png", "p/b.png"')).toEqual(['last.png', 'p/B.png', 'p/b.png', 'p/é.png']);
  expect(namesOf('"p/.h*"')).toEqual(['p/.hidden.png']);
  expect(namesOf('"*.png", "./last.png"')).toEqual(['last.png']);
});

describe('before a run', () => {
  const findingsOf = (files: Readonly<Record<string, Uint8Array>>, paths: string): Promise<readonly PlacedFinding[]> => checkFiles([caseIn(folderWith(files), paths)]);

  test.each<[string, Readonly<Record<string, Uint8Array>>, string, string, RegExp]>([
    ['a pattern without a match', { 'a.jpg': png(1) }, '"*.png"', 'pictures-unmatched', /No file matches "\*\.png": no file of the folder has such a name/],
    ['a folder that is not there', {}, '"designs/*.png"', 'pictures-unmatched', /the folder does not exist/],
    ['a missing file', {}, '"a.png"', 'image-unreadable', /"a\.png" cannot be read as an image/],
    ['gray pixels', { 'p/a.png': gray }, '"p/*.png"', 'image-many-levels', /"p\/a\.png" has 3 levels/],
    ['another size', { 'a.png': png(1, 64) }, '"a.png"', 'image-wrong-resolution', /64 × 64 pixels; the images of the database have 32 × 32, .* Test it with `xdesign simulate --resolution 64`/],
  ])('%s is said in its place', async (_, files, paths, code, text) => {
    const [finding, ...others] = await findingsOf(files, paths);
    expect([others, finding!.code, finding!.severity]).toEqual([[], code, 'error']);
    expect(`${finding!.message} ${finding!.remedy}`).toMatch(text);
    expect(finding!.place.end.character - finding!.place.start.character).toBe(paths.length);
  });

  test('two equal pictures are a note, whatever their bytes, and a smaller picture that fits is fine', async () => {
    const small = spottedImage(16, 5);
    const findings = await findingsOf({ 'a.png': encodeBinaryPng(small), 'b.png': encodeBinaryPng(enlarge(small, 2)), 'c.png': png(6) }, '"*.png"');
    expect(findings.map(({ code, severity, message }) => [code, severity, message])).toEqual([['picture-twice', 'information', expect.stringMatching(/^"b\.png" shows the same cell as "a\.png"/)]]);
  });
});

test('each picture is a cell as it is, enlarged by whole pixels, and equal ones are one', async () => {
  const [small, large] = [spottedImage(16, 5), spottedImage(32, 6)];
  const folder = folderWith({ 'a.png': encodeBinaryPng(small), 'b.png': encodeBinaryPng(large), 'c.png': encodeBinaryPng(enlarge(small, 2)) });
  const files = machineFiles();
  const problem = resolveCase(caseIn(folder, '"*.png"').case, {}, files);
  expect(problem.pictures!.map(({ file }) => file)).toEqual(['a.png', 'b.png', 'c.png']);
  const context = { slots: noSlots, files: { ...noFiles, picture: caseFiles(files).picture } } as unknown as StageContext;
  const proposing = propose(comparedArms.pictures);
  const proposed = await proposing.run(context, problem, {});
  if (!proposed.ok) throw new Error(proposed.findings[0]!.message);
  const constructing = construct(comparedArms.pictures);
  const built = await constructing.run(context, problem, { images: { images: { count: 0, resolution: 32, packed: new Uint8Array() } } as never, proposals: proposing.read(proposed.value) });
  if (!built.ok) throw new Error(built.findings[0]!.message);
  const { candidates, cells, refusals } = constructing.read(built.value);
  expect(candidates.map(({ origin }) => origin)).toEqual([{ kind: 'picture', number: 0 }, { kind: 'picture', number: 1 }]);
  expect([0, 1].map((cell) => unpackImage(cells, cell))).toEqual([enlarge(small, 2), large]);
  expect(refusals).toEqual([{ reason: 'same-cell', count: 1 }]);
});

test('cells that are not mirrored are tested under periodicity, too', () => {
  expect(testsOf('compression', comparedArms.pictures)).toEqual(['compression', 'periodic']);
  expect(testsOf('heating', comparedArms.pictures)).toEqual(['heating', 'periodic']);
  expect(testsOf('periodic', comparedArms.pictures)).toEqual(['periodic']);
});
