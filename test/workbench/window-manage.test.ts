/* Runs through their user's eyes once they are there: listed, cancelled, resumed, compared, opened, renamed, deleted. */
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { acquireRunFolder } from '#runner/run-folder/run-folder';
import { useWorkbench } from './harness/use-workbench';

const workbench = useWorkbench({ settings: { 'xdesign.panels.openWithRun': 'training' } });

const fileOf = (name: string): string => join(workbench.place.workspace, name);

test('the cases of a folder that was just opened are listed by themselves, with no editor open, and files that come and go outside', async () => {
  const { window } = workbench;
  await window.show('runs');
  await window.runsRows(/^Patient.*training.xdesign, never run/).first().waitFor();
  await window.runsRows(/^Stiffness.*case.xdesign, never run/).first().waitFor();
  copyFileSync(fileOf('case.xdesign'), fileOf('outside.xdesign'));
  await window.runsRows(/^Stiffness.*outside.xdesign, never run/).first().waitFor();
  await window.screenshot('runs-of-folder');
  rmSync(fileOf('outside.xdesign'));
  await window.runsRows('outside.xdesign').first().waitFor({ state: 'detached' });
});

test('a command that can do nothing says why', async () => {
  const { window } = workbench;
  await window.command('XDesign: Cancel Run');
  await window.notifications.getByText('nothing to cancel').first().waitFor();
});

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

test('a run goes on under the name that its file gets meanwhile, and is cancelled there', async () => {
  const { window } = workbench;
  await window.contextMenu(window.runs('cancelled'), 'Resume Run');
  await window.runs(/learn \d+ %/).first().waitFor();
  renameSync(fileOf('training.xdesign'), fileOf('patience.xdesign'));
  await window.runsRows(/^Patient.*patience.xdesign$/).first().waitFor();
  await window.runsRows('training.xdesign').first().waitFor({ state: 'detached' });
  await window.statusBar.getByText(/Patient: learn/).waitFor();
  await window.screenshot('renamed-while-running');
  await window.contextMenu(window.runs(/learn \d+ %/), 'Cancel Run');
  await window.runs('cancelled').first().waitFor();
});

test('a run is deleted, when its user says so twice', async () => {
  const { window } = workbench;
  await window.contextMenu(window.runs('cancelled'), 'Delete Run');
  await window.answer('Delete');
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
  const comparison = window.page.locator('.monaco-diff-editor');
  await window.pick('Stiffness', () => comparison.isVisible());
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

test('while another program runs in the folder, a run says so, waits for it, and starts by itself', async () => {
  const { window } = workbench;
  const folder = acquireRunFolder(fileOf('.xdesign'));
  if (!folder.ok) expect.fail();
  const before = finishedRuns();
  await window.run('case.xdesign');
  const notification = window.notifications.locator('.notification-list-item', { hasText: `Process ${process.pid} runs in` });
  await notification.first().waitFor();
  await window.screenshot('folder-in-use');
  await notification.getByRole('button', { name: 'Run When It Ends' }).click();
  await window.show('runs');
  await window.runs(`waits for process ${process.pid}`).first().waitFor();
  await window.screenshot('run-that-waits');
  folder.value.release();
  // By their records: the rows of an expanded run may leave the others below the edge of the view.
  await expect.poll(finishedRuns).toBe(before + 1);
  await window.runs(`waits for process ${process.pid}`).first().waitFor({ state: 'detached' });
  await window.runs('finished').first().waitFor();
});

/** How many records of the run folder say that their run is finished. */
function finishedRuns(): number {
  const folder = fileOf('.xdesign/runs');
  const records = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return records.filter((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { state: string }).state === 'finished').length;
}

test('runs of a file that is deleted stay in the list, and are assigned to another case', async () => {
  const { window } = workbench;
  rmSync(fileOf('case.xdesign'));
  const gone = window.runsRows(/^Stiffness.*case.xdesign, deleted or moved away/);
  await gone.first().waitFor();
  await window.screenshot('case-that-is-gone');
  await window.contextMenu(gone, 'Assign Runs to Another Case…');
  await window.pick('Stiffness', async () => (await gone.count()) === 0);
  await expect.poll(() => window.runs('finished').count()).toBe(3);
});

test('nothing went wrong on the way', () => {
  expect(workbench.window.troubles).toEqual([]);
});
