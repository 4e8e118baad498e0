/* The extension through its user's eyes, before anything has run. */
import { afterAll, beforeAll, expect, inject, onTestFailed, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchChromium } from './harness/chromium';
import { startCodeServer, type CodeServer } from './harness/code-server';
import { WorkbenchWindow } from './harness/workbench-window';
import { makeWorkplace, type Workplace } from './harness/workplace';

let place: Workplace;
let server: CodeServer;
let browser: Browser;
let window: WorkbenchWindow;

beforeAll(async () => {
  place = makeWorkplace();
  server = await startCodeServer(inject('workbench').codeServer, place.server);
  browser = await launchChromium();
  window = await WorkbenchWindow.open(browser, server.url, place.workspace);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
  place.remove();
});

/** What the window looked like when a test failed. */
function keepPicture(): void {
  onTestFailed(async ({ task }) => void (await window.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`)));
}

test('a misspelt material is underlined, and the hover says what to do', async () => {
  keepPicture();
  const editor = await window.openFile('broken.xdesign');
  const squiggle = editor.locator('.squiggly-error').first();
  await squiggle.waitFor();
  const hover = await window.hover(squiggle, 'Bron');
  expect(await hover.textContent()).toContain('Boron');
  await window.page.keyboard.press('Escape');
});

test('words of the language have colors of their own', async () => {
  keepPicture();
  const editor = await window.openFile('case.xdesign');
  // The editor gives each color a class.
  const colorOf = (text: string): Promise<string | null> => editor.locator('.view-line span span', { hasText: text }).first().getAttribute('class');
  expect(await colorOf('material')).not.toBe(await colorOf('Boron'));
  expect(await colorOf('material')).toBe(await colorOf('database'));
});

test('a new specification begins with a benchmark case and has no errors', async () => {
  keepPicture();
  await window.command('XDesign: New Specification');
  await window.pick("Poisson's ratio");
  const editor = window.editor('poisson.xdesign');
  await editor.locator('.view-line', { hasText: 'maximize' }).waitFor();
  expect(await window.textOf('poisson.xdesign')).toContain('maximize poisson along x, y');
  await window.screenshot('new-specification');
  expect(await editor.locator('.squiggly-error').count()).toBe(0);
});

test('nothing went wrong on the way', () => {
  expect(window.troubles).toEqual([]);
});
