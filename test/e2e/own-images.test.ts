/* The example of own images runs as it is documented: from 300 micrographs to designs, with what is worth knowing about the micrographs said. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCommand, type Command } from './command';
import { readRunJson } from './run-json';

const example = fileURLToPath(new URL('../../examples/own-images/own-images.xdesign', import.meta.url));
const page = readFileSync(fileURLToPath(new URL('../../docs/own-images.md', import.meta.url)), 'utf8');

let command: Command;
const folder = mkdtempSync(join(tmpdir(), 'xdesign-e2e-'));
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  command.remove();
});

test('micrographs with scale bars, noise and shading become designs that beat them', async () => {
  const { code, lines, errors } = await command.run('run', example, '--out', folder, '--json');
  expect(code).toBe(0);
  const found = errors.split('\n').filter((line) => line.includes('own-images.xdesign:'));
  expect(found).toEqual([
    expect.stringMatching(/ warning doubtful-pixels In 6 of 300 pictures more than 5 % of the pixels are neither clearly black nor clearly white; /),
    expect.stringMatching(/ warning doubtful-pixels 12 of 300 pictures seem to have a scale bar within the images; .* in 24 × 3 pixels from column 58, row 64 on\./),
    expect.stringMatching(/ information images-outside-window 96 images with a fraction outside 0\.36 \.\. 0\.44 are left out; 204 remain\./),
    expect.stringMatching(/ information periodicity-found .* so the images are taken as not periodic\./),
    expect.stringMatching(/ warning labels-of-squares 300 of 300 pictures are not square, .* "micrographs\/001\.png", 72 %\./),
  ]);
  // The page shows the same, without the folder.
  expect(page).toContain(`\`\`\`text\n${found.map((line) => line.slice(line.indexOf('own-images.xdesign:'))).join('\n')}\n\`\`\``);
  const { database, arms: [own, control] } = readRunJson(lines).cases[0]!;
  expect(database.count).toBe(204);
  expect(control!.name).toBe('control');
  expect(control!.designs.length).toBeGreaterThan(10);
  const better = own.designs.filter(({ feasible, beatsDatabase }) => feasible && beatsDatabase);
  expect(better.length).toBeGreaterThan(10);
  expect(page).toContain(`The database has ${database.count} images, and ${better.length} of ${own.designs.length} designs are feasible and beat all of them.`);
  for (const { objectiveValue, percentOfLimit } of better) {
    expect(objectiveValue).toBeGreaterThan(database.best.objectiveValue);
    expect(percentOfLimit).toBeLessThan(100);
  }
  expect(existsSync(join(folder, 'results/Stiffness/report.html'))).toBe(true);
});
