/* What a user does with a design: saves it in every format, tests its picture, and sees what a change of the text would do. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawPng } from '#test/support/draw-png';
import { useWorkbench } from './harness/use-workbench';

const workbench = useWorkbench();

const fileOf = (name: string): string => join(workbench.place.workspace, name);
const resultFile = (name: string): string => fileOf(`.xdesign/results/Stiffness/${name}`);

test('a run comes to designs', async () => {
  await workbench.window.run('case.xdesign');
  await expect.poll(() => existsSync(resultFile('designs.csv'))).toBe(true);
  await workbench.window.panel('Stiffness: Designs', 'article.design canvas');
});

/** What a saved file begins with. */
const formats = [
  { button: 'PNG', file: 'Stiffness-explained-1.png', begins: '\u0089PNG' },
  { button: 'SVG', file: 'Stiffness-explained-1.svg', begins: '<svg' },
  { button: 'STL', file: 'Stiffness-explained-1.stl', begins: 'XDesign, ' },
  { button: 'Abaqus', file: 'design-001-compression.inp', begins: '*HEADING' },
  { button: 'VTI', file: 'design-001-compression.vti', begins: '<?xml' },
  { button: 'CSV', file: 'designs.csv', begins: 'arm,rank,file,' },
] as const;

test.each(formats)('saves $button', async ({ button, file, begins }) => {
  const { window } = workbench;
  const inside = await window.panel('Stiffness: Designs', 'article.design canvas');
  await inside.locator('section.save vscode-button', { hasText: button }).click();
  await window.acceptPath(file);
  await expect.poll(() => existsSync(fileOf(file)) && readFileSync(fileOf(file), 'latin1')).toMatch(begins);
});

test('the saved table is that of the run', () => {
  expect(readFileSync(fileOf('designs.csv'), 'utf8')).toBe(readFileSync(resultFile('designs.csv'), 'utf8'));
});

test('a right click on a picture tests it with the case, to the numbers of the design', async () => {
  const { window } = workbench;
  copyFileSync(resultFile('design-001.png'), fileOf('picture.png'));
  await window.show('explorer');
  await window.contextMenu(window.explorerRow('picture.png'), 'XDesign: Simulate with Case…');
  const [header, best] = readFileSync(resultFile('designs.csv'), 'utf8').split('\n').map((line) => line.trim().split(','));
  const gigapascals = (name: string): string => (Number(best![header!.indexOf(name)]) / 1e9).toFixed(1);
  const answer = window.notifications.locator('.notification-list-item', { hasText: 'picture.png with Stiffness' });
  await answer.waitFor();
  expect(await answer.textContent()).toContain(`E x ${gigapascals('Ex_Pa')}\u00a0GPa`);
});

test('a picture of three levels is tested with the brightness above which it is white', async () => {
  const { window } = workbench;
  const edge = readFileSync(resultFile('design-001.png')).readUInt32BE(16);
  writeFileSync(fileOf('levels.png'), drawPng({ width: edge, height: edge, bitDepth: 8, colorType: 0, pixel: (row) => [row < edge / 4 ? 2 : row < edge / 2 ? 1 : 0] }));
  await window.pauseBetweenNotifications();
  await window.contextMenu(window.explorerRow('levels.png'), 'XDesign: Simulate with Case…');
  const refusal = window.notifications.locator('.notification-list-item', { hasText: 'has 3 levels' });
  await refusal.locator('.monaco-button', { hasText: 'Set Brightness…' }).click();
  await window.quickInput.fill('0');
  await window.pauseBetweenNotifications();
  await window.quickInput.press('Enter');
  const answer = window.notifications.locator('.notification-list-item', { hasText: 'levels.png with Stiffness' });
  await answer.waitFor();
  expect(await answer.textContent()).toContain('white 50');
});

test('a design leads to the heat map of the image that it comes from', async () => {
  const { window } = workbench;
  const inside = await window.panel('Stiffness: Designs', 'article.design canvas');
  const image = /in (image \d+)/.exec((await inside.locator('.origin').textContent())!)![1]!;
  await inside.locator('.origin vscode-button', { hasText: 'Heat map' }).click();
  const map = await window.panel('Stiffness: Heat Map', 'article.heat-map canvas');
  await expect.poll(() => map.locator('h1').textContent()).toMatch(new RegExp(image, 'i'));
});

test('typing shows what the text would give for the image of each panel, and nothing is saved', async () => {
  const { window } = workbench;
  const map = await window.panel('Stiffness: Heat Map', 'article.heat-map canvas');
  // Not the image of the best design.
  await map.locator('.thumbnail').nth(3).click();
  await map.locator('h1', { hasText: 'Image' }).waitFor();
  const image = await map.locator('.thumbnail[aria-selected="true"]').getAttribute('aria-label');
  const before = readFileSync(fileOf('case.xdesign'), 'utf8');
  await window.type('case.xdesign', 'prune 2', 'prune 1');
  await map.locator('.preview', { hasText: `image ${/\d+/.exec(image!)![0]}:` }).waitFor();
  await window.screenshot('preview-of-heat-map');
  // The designs are hidden by the heat map: they show the newest text when they come to the front.
  const inside = await window.panel('Stiffness: Designs', '.preview canvas');
  const source = /in (image \d+)/.exec((await inside.locator('.origin').textContent())!)![1]!;
  expect(await inside.locator('.preview').textContent()).toContain(`${source}:`);
  expect(await inside.locator('.preview').textContent()).toMatch(/As the file is now.*GPa/s);
  await window.screenshot('preview');
  expect(readFileSync(fileOf('case.xdesign'), 'utf8')).toBe(before);
});

test('nothing went wrong on the way', () => {
  expect(workbench.window.troubles).toEqual([]);
});
