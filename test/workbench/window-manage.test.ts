/* Runs through their user's eyes once they are there: cancelled, resumed, compared, opened, forgotten. */
import { expect, test } from 'vitest';
import { useWorkbench } from './harness/use-workbench';

const workbench = useWorkbench({ settings: { 'xdesign.panels.openWithRun': 'training' } });

test('while it runs its panel fills, and the status bar tells stage, rate and time left', async () => {
  const { window } = workbench;
  await window.run('training.xdesign');
  await window.statusBar.getByText(/Patient: learn \d+ % · [\d.]+\/s · .* left/).waitFor();
  const inside = await window.panel('Patient: Training', '.charts canvas');
  const progress = inside.locator('.progress [role=status]');
  const before = await progress.textContent();
  await expect.poll(() => progress.textContent()).not.toBe(before);
  const curve = inside.locator('.charts canvas').first();
  const drawn = await curve.screenshot();
  await expect.poll(async () => drawn.equals(await curve.screenshot())).toBe(false);
  await window.screenshot('training-in-progress');
});

test('the notification of a run cancels it', async () => {
  const { window } = workbench;
  await window.show('runs');
  const notification = window.notifications.locator('.notification-list-item', { hasText: 'Patient' });
  await notification.getByRole('button', { name: 'Cancel' }).click();
  await window.runs('cancelled').first().waitFor();
  await notification.waitFor({ state: 'detached' });
});

test('a cancelled run is resumed, and cancelled again, in the view of runs', async () => {
  const { window } = workbench;
  await window.contextMenu(window.runs('cancelled'), 'Resume Run');
  const going = window.runs(/learn \d+ %/);
  await going.first().waitFor();
  await window.contextMenu(going, 'Cancel Run');
  await window.runs('cancelled').first().waitFor();
});

test('a run is forgotten, when its user says so twice', async () => {
  const { window } = workbench;
  await window.contextMenu(window.runs('cancelled'), 'Delete Run');
  await window.answer('Forget');
  await window.runs('cancelled').first().waitFor({ state: 'detached' });
  await window.runsRows(/^Patient.*never run/).first().waitFor();
});

test('two runs are compared', async () => {
  const { window } = workbench;
  for (const runs of [1, 2]) {
    await window.run('case.xdesign');
    await window.show('runs');
    await expect.poll(() => window.runs('finished').count()).toBe(runs);
  }
  await window.contextMenu(window.runs('finished'), 'Compare Runs');
  await window.pick('Stiffness');
  const comparison = window.page.locator('.monaco-diff-editor');
  for (const side of ['original', 'modified']) await comparison.locator(`.editor.${side} .view-line`, { hasText: 'objective maximize' }).first().waitFor();
  await window.screenshot('compared-runs');
});

test('the report opens in a page of the editor', async () => {
  const { window } = workbench;
  await window.contextMenu(window.runs('finished'), 'Open Report');
  const report = await window.panel('Stiffness: Report', 'h1');
  expect(await report.locator('body').textContent()).toContain('Stiffness');
  await window.screenshot('report');
});

test('the files of a run are shown in the explorer', async () => {
  const { window } = workbench;
  await window.contextMenu(window.runs('finished'), 'Reveal Result Files');
  await window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'report.html' }).first().waitFor();
  await window.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'designs.csv' }).first().waitFor();
});

test('nothing went wrong on the way', () => {
  expect(workbench.window.troubles).toEqual([]);
});
