/* The micrographs of examples/own-images: made by their script, and labeled by XDesign's own test. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createVirtualTester, type Image2D, type ImageSettings, makeImages, type Picture, unpackImage } from '#engine/api';
import { createRng } from '#engine/core/rng';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import { readSpecification } from '#language/read-specification';
import { openPictures } from '#runner/pictures/open-pictures';
import { disk } from '#test/language/read-fixture';

const folder = fileURLToPath(new URL('../../examples/own-images/', import.meta.url));
const engine = { createRng, createVirtualTester, generateMicrostructure, makeImages, unpackImage };
interface Script {
  readonly micrographs: readonly number[];
  readonly databaseSettings: ImageSettings;
  nameOf(number: number): string;
  drawMicrograph(modules: typeof engine, number: number): Picture;
  imageOfMicrograph(modules: typeof engine, picture: Picture, number: number): Image2D<'binary'>;
  createLabeler(modules: typeof engine): (image: Image2D<'binary'>) => { readonly x: number; readonly y: number };
}
const script = (await import(join(folder, 'draw.mjs'))) as Script;
const labels = readFileSync(join(folder, 'labels.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
// One of each kind of microstructure, one with a scale bar in its middle, and one that is out of focus.
const chosen = [0, 1, 2, 3, 12, 30];

test('each picture is what the script draws, and has a label', async () => {
  const names = script.micrographs.map(script.nameOf);
  expect(readdirSync(join(folder, 'micrographs')).toSorted()).toEqual(names);
  expect(labels.map(([name]) => name)).toEqual(['name', ...names]);
  for (const number of chosen) {
    const opened = await openPictures(join(folder, 'micrographs', script.nameOf(number)), undefined, script.nameOf(number));
    const read = opened.ok ? await opened.value.read(0) : opened;
    expect(read).toMatchObject({ ok: true, value: { picture: script.drawMicrograph(engine, number), warnings: [] } });
  }
});

test('the labels are those of the test of the specification', () => {
  const { specification, findings } = readSpecification(join(folder, 'own-images.xdesign'), disk);
  expect(findings).toEqual([]);
  const { database, phases, plane, test: kind } = specification!.cases[0]!.case;
  expect(database).toMatchObject(script.databaseSettings);
  const tester = createVirtualTester(database.resolution, phases, { kind, plane });
  const labelOf = script.createLabeler(engine);
  for (const number of chosen) {
    const image = script.imageOfMicrograph(engine, script.drawMicrograph(engine, number), number);
    const { x, y } = tester.run(image).youngsModulus!;
    expect(labelOf(image)).toEqual({ x: x / 1e9, y: y / 1e9 });
    expect(labels[number + 1]!.slice(1).map(Number)).toEqual([x / 1e9, y / 1e9].map((value) => Number(value.toFixed(4))));
  }
});

test('docs/own-images.md shows the specification and the first labels as they are', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/own-images.md', import.meta.url)), 'utf8');
  expect(page).toContain(`\`\`\`xdesign\n${readFileSync(join(folder, 'own-images.xdesign'), 'utf8')}\`\`\``);
  expect(page).toContain(labels.slice(0, 4).map((row) => row.join(',')).join('\n'));
});
