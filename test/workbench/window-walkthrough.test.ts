/* The walkthrough, from an empty folder to a first design, by its own buttons. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { useWorkbench } from './harness/use-workbench';

const workbench = useWorkbench({ fill: (workspace) => readdirSync(workspace).forEach((name) => rmSync(join(workspace, name))) });

/** A step of the walkthrough, unfolded. What is opened beside it may have taken its tab. */
async function step(title: string): Promise<Locator> {
  const { window } = workbench;
  await window.command('Welcome: Open Walkthrough');
  const found = window.page.locator('.getting-started-step', { hasText: title });
  await window.pick('A first design', () => found.isVisible());
  if (!(await found.evaluate((element) => element.classList.contains('expanded')))) await found.locator('.step-title').click();
  return found;
}

const press = async (title: string, button: string): Promise<void> => (await step(title)).locator('.monaco-button', { hasText: button }).click();

test('it offers a specification to begin with', async () => {
  const { window } = workbench;
  await press('Write a specification', 'New Specification');
  const editor = window.editor('stiffness.xdesign');
  await window.pick('Stiffness', () => editor.isVisible());
  await editor.locator('.view-line', { hasText: 'maximize' }).waitFor();
});

test('it runs what was written', async () => {
  const { window } = workbench;
  // As much as a test can wait for.
  await window.type('stiffness.xdesign', 'size 800', 'size 72');
  await window.type('stiffness.xdesign', 'resolution 128', 'resolution 32');
  await window.type('stiffness.xdesign', 'spinodal 25%', 'spinodal 25% { wavenumber 2 .. 6 }');
  await window.type('stiffness.xdesign', 'top 10%', 'top 30%');
  await window.type('stiffness.xdesign', 'construct mirror', 'construct mirror { patch 6  prune 2 }');
  await press('Run the case', 'Run Case');
  await window.statusBar.getByText('Stiffness:').waitFor();
});

test('it ends with a first design', async () => {
  const { window } = workbench;
  await press('Look at your first design', 'Open Designs');
  const inside = await window.panel('Stiffness: Designs', 'article.design canvas');
  expect(await inside.locator('article.design h1').textContent()).toMatch(/\d+\.\d\sGPa/);
  await step('Look at your first design');
  await window.screenshot('walkthrough');
  // All but the heat map.
  await expect.poll(() => window.page.locator('.getting-started-step [role="checkbox"][aria-checked="true"]').count()).toBe(3);
});

test('nothing went wrong on the way', () => {
  expect(workbench.window.troubles).toEqual([]);
});
