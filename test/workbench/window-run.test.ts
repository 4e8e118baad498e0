/*
 * A run through its user's eyes: from Run above the case to designs in panels whose numbers are those of the
 * files, in every theme, and after the window was loaded anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FrameLocator } from 'playwright-core';
import { useWorkbench } from './harness/use-workbench';
import { themes, type Theme } from './harness/workbench-window';

const workbench = useWorkbench({
  settings: { 'workbench.colorTheme': themes.light.setting },
  fill: (workspace) => {
    // `npm run pictures` takes the images of the README with more pixels than a test needs.
    const resolution = process.env['XDESIGN_PICTURE_RESOLUTION'];
    if (resolution === undefined) return;
    const plates = join(workspace, 'plates.xdesign');
    writeFileSync(plates, readFileSync(plates, 'utf8').replace('resolution 64', `resolution ${resolution}`));
  },
});

/** A file of the last run's results. */
const resultFile = (name: string): string => join(workbench.place.workspace, '.xdesign/results/Stiffness', name);

/** The best design's row of designs.csv, by the columns' names. */
function bestRow(): Readonly<Record<string, string>> {
  const [header, best] = readFileSync(resultFile('designs.csv'), 'utf8').split('\n').map((line) => line.trim().split(','));
  return Object.fromEntries(header!.map((name, index) => [name, best![index]!]));
}

/** The command that opens each panel, its tab, and what it shows when it has something to show. */
const panels = [
  { command: 'XDesign: Open Designs', tab: 'Stiffness: Designs', shows: 'article.design canvas' },
  { command: 'XDesign: Open Heat Map', tab: 'Stiffness: Heat Map', shows: 'article.heat-map canvas' },
  { command: 'XDesign: Open Skeleton', tab: 'Stiffness: Skeleton', shows: 'article[aria-label^="How design"] canvas' },
  { command: 'XDesign: Browse Database', tab: 'Stiffness: Database', shows: 'article.database canvas' },
  { command: 'XDesign: Open Training', tab: 'Stiffness: Training', shows: '.charts canvas' },
  // This case has none, and the panel says how it gets some.
  { command: 'XDesign: Open Optimization', tab: 'Stiffness: Optimization', shows: '.placeholder .heading' },
] as const;

const shown = ({ tab, shows }: (typeof panels)[number]): Promise<FrameLocator> => workbench.window.panel(tab, shows);

test('Run above the case runs it: the status bar and the notification say how far it is', async () => {
  const { window } = workbench;
  await window.run('plates.xdesign');
  await window.statusBar.getByText('Stiffness:').waitFor();
  await window.page.locator('.notifications-toasts', { hasText: 'Stiffness' }).first().waitFor();
  await window.screenshot('run-in-progress');
  await expect.poll(() => existsSync(resultFile('designs.csv'))).toBe(true);
});

test('the design panel has the numbers of designs.csv', async () => {
  const inside = await shown(panels[0]);
  const row = bestRow();
  const gigapascals = (Number(row['objective_SI']) / 1e9).toFixed(1);
  const heading = inside.locator('article.design h1');
  await expect.poll(() => heading.textContent()).toContain(gigapascals);
  expect(await inside.locator('article.design header').textContent()).toContain('design-001');
  expect(await inside.locator('article.design header').textContent()).toContain((100 * Number(row['volume_fraction'])).toFixed(1));
});

test('the view of runs lists the run with its stages and designs', async () => {
  const { window } = workbench;
  await window.show('runs');
  await window.runsRows('finished').first().click();
  await window.page.keyboard.press('ArrowRight');
  await window.runsRows('Train the network').first().waitFor();
  await window.runsRows('1. E').first().waitFor();
  await window.screenshot('runs-view');
});

test('moving the threshold changes the text and the picture; the slider follows what is undone, done again and typed', async () => {
  const { window } = workbench;
  await window.command(panels[1].command);
  const inside = await shown(panels[1]);
  const canvas = inside.locator('article.heat-map canvas').first();
  const before = await canvas.screenshot();
  const slider = inside.locator('input[type=range][aria-label="critical above"]');
  await slider.focus();
  await slider.press('ArrowRight');
  await slider.press('ArrowRight');
  await slider.press('Tab');
  await expect.poll(() => window.textOf('plates.xdesign')).toMatch(/threshold .*0\.[567]2/);
  await expect.poll(async () => before.equals(await canvas.screenshot())).toBe(false);
  await window.screenshot('threshold-moved');
  const written = /threshold (.*)$/m.exec(await window.textOf('plates.xdesign'))![1]!;
  const value = await slider.inputValue();
  // Each key was a move, and each move is one step to undo.
  const text = window.editor('plates.xdesign').locator('.view-line').first();
  await text.click();
  for (const steps of [1, 2]) {
    await window.page.keyboard.press('Control+Z');
    await expect.poll(() => slider.inputValue()).toBe((Number(value) - steps / 100).toFixed(steps === 2 ? 1 : 2));
  }
  expect(await window.textOf('plates.xdesign')).toContain('threshold 0.5, 0.6, 0.7');
  for (let step = 0; step < 2; step++) await window.page.keyboard.press('Control+Y');
  await expect.poll(() => window.textOf('plates.xdesign')).toContain(`threshold ${written}`);
  await expect.poll(() => slider.inputValue()).toBe(value);
  await window.type('plates.xdesign', written, '35%');
  await expect.poll(() => slider.inputValue()).toBe('0.35');
  await slider.focus();
  await slider.press('ArrowLeft');
  await expect.poll(() => window.textOf('plates.xdesign')).toMatch(/threshold 34%$/m);
  await window.screenshot('threshold-followed');
  // The next pictures are those of the run.
  await text.click();
  await window.command('File: Revert File');
  await expect.poll(() => window.textOf('plates.xdesign')).toContain('threshold 0.5, 0.6, 0.7');
  await window.show('runs');
});

/** Keeps how a panel looks in a theme. */
const keep = ({ tab }: (typeof panels)[number], theme: Theme): Promise<string> => workbench.window.screenshot(`${tab.replaceAll(/\W+/g, '-').toLowerCase()}-${theme}`);

test('every panel shows the run', async () => {
  const { window } = workbench;
  await window.themed('light');
  for (const panel of panels) {
    await window.command(panel.command);
    await shown(panel);
    await keep(panel, 'light');
  }
});

test.each(['dark', 'high-contrast'] as const)('every panel comes back when the window is loaded anew, in %s', async (theme) => {
  const { window, server } = workbench;
  const before = await (await shown(panels[0])).locator('article.design h1').textContent();
  server.change({ 'workbench.colorTheme': themes[theme].setting });
  // Settings that change on disk are read when a window is loaded.
  await window.reload();
  await window.themed(theme);
  const again = await shown(panels[0]);
  await expect.poll(() => again.locator('article.design h1').textContent()).toBe(before);
  for (const panel of panels) {
    await shown(panel);
    await keep(panel, theme);
  }
});

test('a study runs from above it; the view of runs has its variants, and a click sorts the table of its report', async () => {
  const { window } = workbench;
  const { workspace } = workbench.place;
  writeFileSync(join(workspace, 'study.xdesign'), `${readFileSync(join(workspace, 'case.xdesign'), 'utf8')}\nstudy Thresholds of Stiffness { threshold 0.3, 0.5 }\n`);
  await window.openFile('study.xdesign');
  await (await window.codeLens('study.xdesign', /^Run study · 2 variants · about/)).click();
  const ended = window.notifications.locator('.notification-list-item', { hasText: 'Study Thresholds has finished. The best of 2 variants is threshold 0.' });
  await ended.first().waitFor();
  await window.show('runs');
  await window.runsRows(/^Thresholds.*study\.xdesign, 2 of 2 variants finished/).first().waitFor();
  await window.runsRows(/^threshold 0\.[35].*GPa.*of the limit, the best/).first().waitFor();
  await expect.poll(() => window.runsRows(/^threshold 0\.[35].*GPa/).count()).toBe(2);
  await window.screenshot('study');
  await ended.getByRole('button', { name: 'Report' }).first().click();
  const report = await window.panel('Thresholds: Report', 'table.sortable');
  const head = report.locator('table.sortable th').first();
  await head.getByRole('button').click();
  await expect.poll(() => head.getAttribute('aria-sort')).not.toBeNull();
  await window.screenshot('study-report');
  await report.locator('table.sortable a').first().click();
  const ofVariant = await window.panel('Thresholds/threshold-0.', 'h1');
  expect(await ofVariant.locator('body').textContent()).toContain('Thresholds/threshold-0.');
});

test('nothing went wrong in a panel, and no policy was broken', () => {
  expect(workbench.window.troubles).toEqual([]);
});
