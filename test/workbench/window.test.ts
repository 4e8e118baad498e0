/* The extension through its user's eyes, before anything has run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useWorkbench } from './harness/use-workbench';

const workbench = useWorkbench();

test('a misspelt material is underlined, and the hover says what to do', async () => {
  const { window } = workbench;
  const editor = await window.openFile('broken.xdesign');
  const squiggle = editor.locator('.squiggly-error').first();
  await squiggle.waitFor();
  const hover = await window.hover(squiggle, 'Bron');
  expect(await hover.textContent()).toContain('Boron');
  await window.page.keyboard.press('Escape');
});

test('words of the language have colors of their own', async () => {
  const { window } = workbench;
  const editor = await window.openFile('case.xdesign');
  // The editor gives each color a class.
  const colorOf = (text: string): Promise<string | null> => editor.locator('.view-line span span', { hasText: text }).first().getAttribute('class');
  expect(await colorOf('material')).not.toBe(await colorOf('Boron'));
  expect(await colorOf('material')).toBe(await colorOf('database'));
});

test.each([
  { label: 'Stiffness', file: 'stiffness.xdesign', says: 'maximize E along x, y' },
  { label: "Poisson's ratio", file: 'poisson.xdesign', says: 'maximize poisson along x, y' },
  { label: 'Thermal expansion', file: 'expansion.xdesign', says: 'minimize expansion along x, y' },
])('a new specification begins with the benchmark case $label, has no errors, and stays when something is undone', async ({ label, file, says }) => {
  const { window } = workbench;
  await window.command('XDesign: New Specification');
  await window.pick(label, () => window.editor(file).isVisible());
  // Lenses come with the first answer of the server, findings before them.
  await window.codeLens(file, /^Run$/);
  expect(await window.textOf(file)).toContain(says);
  await window.screenshot(`new-${file.replace('.xdesign', '')}`);
  expect(await window.editor(file).locator('.squiggly-error').count()).toBe(0);
  // It is a file with its content, which nothing that can be undone has put there.
  await window.editor(file).locator('.view-line').first().click();
  await window.page.keyboard.press('Control+Z');
  expect(await window.textOf(file)).toContain(says);
  expect(readFileSync(join(workbench.place.workspace, file), 'utf8')).toContain(says);
  expect(await window.page.locator('.tab.active.dirty').count()).toBe(0);
});

test('nothing went wrong on the way', () => {
  expect(workbench.window.troubles).toEqual([]);
});
