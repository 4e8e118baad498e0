import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { readSpecificationFile } from '#cli/read-cases';
import { exportImages, type ExportRequest } from '#runner/export/export-images';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { drawPng } from '#test/support/draw-png';
import { spottedImage } from '#test/support/spotted-image';
import { temporaryFolder } from '#test/support/temporary-folder';

const { cases } = readSpecificationFile(fileURLToPath(new URL('../../golden/calculix/calculix.xdesign', import.meta.url))).specification!;
const plate = cases.find((each) => each.case.name === 'Stress')!.case;

function pictureIn(folder: string, name: string, seed = 1): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), encodeBinaryPng(spottedImage(32, seed)));
  return join(folder, name);
}

const all: Omit<ExportRequest, 'images' | 'folder'> = { formats: ['abaqus', 'calculix', 'vti'] };
const codes = (findings: readonly { readonly code: string }[]): string[] => findings.map(({ code }) => code);

test('each picture gives a file of each format, named after picture and test, in a folder that is made', async () => {
  const home = temporaryFolder();
  const folder = join(home, 'deep', 'out');
  const { files, findings } = await exportImages(plate, { ...all, images: [pictureIn(home, 'a.png'), pictureIn(home, 'b.PNG')], folder });
  expect(findings).toEqual([]);
  const names = ['a-compression.inp', 'a-compression-calculix.inp', 'a-compression.vti', 'b-compression.inp', 'b-compression-calculix.inp', 'b-compression.vti'];
  expect(files.map(({ file }) => file)).toEqual(names.map((name) => join(folder, name)));
  expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
  expect(files[0]).toEqual({ picture: join(home, 'a.png'), file: join(folder, names[0]!), format: 'abaqus', test: 'compression', loadCases: ['compression x', 'compression y'] });
});

test('the same export again gives the same bytes', async () => {
  const home = temporaryFolder();
  const request = { ...all, images: [pictureIn(home, 'a.png')], folder: join(home, 'out'), kind: 'periodic' as const };
  const bytes = async (): Promise<string[]> => (await exportImages(plate, request)).files.map(({ file }) => readFileSync(file, 'utf8'));
  expect(await bytes()).toEqual(await bytes());
});

test('a picture that cannot be read is a finding, and the others are exported', async () => {
  const home = temporaryFolder();
  const { files, findings } = await exportImages(plate, { ...all, images: [join(home, 'nowhere.png'), pictureIn(home, 'a.png')], folder: home });
  expect(codes(findings)).toEqual(['image-unreadable']);
  expect(files).toHaveLength(3);
});

test('an image of three levels is exported with the brightness above which it is white, and a remark about its file stays', async () => {
  const home = temporaryFolder();
  const three = drawPng({ width: 32, height: 32, bitDepth: 8, colorType: 0, pixel: (row, column) => [row < 9 ? 2 : column < 7 ? 1 : 0] });
  writeFileSync(join(home, 'three.png'), Buffer.concat([three, Buffer.from('more')]));
  const request = { formats: ['abaqus'] as const, images: [join(home, 'three.png')], folder: home };
  expect(codes((await exportImages(plate, request)).findings)).toEqual(['image-many-levels']);
  const white = async (whiteAbove: number): Promise<number> => {
    const { files, findings } = await exportImages(plate, { ...request, whiteAbove });
    expect(codes(findings)).toEqual(['image-irregular']);
    // The elements of the set WHITE, one in a line.
    return /^\*ELEMENT, .*ELSET=WHITE\n((?:\d.*\n)+)/m.exec(readFileSync(files[0]!.file, 'utf8'))![1]!.trim().split('\n').length;
  };
  expect([await white(1), await white(0)]).toEqual([9 * 32, 9 * 32 + 23 * 7]);
});

test('two pictures of one name do not overwrite each other', async () => {
  const home = temporaryFolder();
  const first = pictureIn(join(home, 'one'), 'a.png', 1);
  const second = pictureIn(join(home, 'two'), 'a.png', 2);
  const { files, findings } = await exportImages(plate, { formats: ['abaqus'], images: [first, second], folder: home });
  expect(codes(findings)).toEqual(['export-name-changed']);
  expect(files.map(({ picture, file }) => [picture, file])).toEqual([[first, join(home, 'a-compression.inp')], [second, join(home, 'a-2-compression.inp')]]);
  expect(readFileSync(files[0]!.file, 'utf8')).not.toBe(readFileSync(files[1]!.file, 'utf8'));
});

test('names that other programs do not take are changed, told, and still readable within the files', async () => {
  const home = temporaryFolder();
  const { files, findings } = await exportImages(plate, { formats: ['abaqus', 'vti'], images: [pictureIn(home, '1 Probe---b.png')], folder: home });
  expect(codes(findings)).toEqual(['export-name-changed']);
  expect(files.map(({ file }) => basename(file))).toEqual([expect.stringMatching(/^image-1-Probe---b-[0-9a-f]{6}-compression\.inp$/), expect.stringMatching(/-compression\.vti$/)]);
  expect(readFileSync(files[0]!.file, 'utf8')).toContain('Virtual test compression of 1 Probe---b.png');
  // XML takes no two hyphens in a row within a comment.
  expect(readFileSync(files[1]!.file, 'utf8')).toContain('of 1 Probe- - -b.png');
});

test('what the test or the program cannot do is told before anything is written', async () => {
  const home = temporaryFolder();
  const request = { ...all, images: [pictureIn(home, 'a.png')], folder: join(home, 'out') };
  const { thermalExpansion: _, ...bare } = plate.phases.white;
  expect(codes((await exportImages({ ...plate, phases: { ...plate.phases, white: bare } }, { ...request, kind: 'heating' })).findings)).toEqual(['missing-expansion']);
  expect(codes((await exportImages(plate, { ...request, kind: 'periodic', direction: 'x' })).findings)).toEqual(['direction-without-effect']);
  expect(existsSync(join(home, 'out'))).toBe(false);
});

test('a folder that cannot be written is a finding, and no part of a file stays', async () => {
  const home = temporaryFolder();
  const folder = join(home, 'out');
  writeFileSync(folder, 'a file');
  const refused = await exportImages(plate, { ...all, images: [pictureIn(home, 'a.png')], folder });
  expect(refused.files).toEqual([]);
  expect(refused.findings.map(({ code, severity }) => [code, severity])).toEqual([[expect.stringMatching(/^(folder-not-writable|storage-failed)$/), 'error']]);

  const blocked = join(home, 'blocked');
  mkdirSync(join(blocked, 'a-compression.inp'), { recursive: true });
  const late = await exportImages(plate, { ...all, images: [pictureIn(home, 'a.png')], folder: blocked });
  expect(codes(late.findings)).toEqual(['folder-not-writable']);
  expect(readdirSync(blocked)).toEqual(['a-compression.inp']);
});
